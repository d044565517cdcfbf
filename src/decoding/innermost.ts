/** Collectors put the sensor's object into one of their own. */
import { isObject, type JsonObject, jsonObject } from './json.ts';

/** The sensor's object: inside `_source` (Elasticsearch), `result._raw` (Splunk), `message` (Filebeat), or the object itself. */
export function innermost(text: string): JsonObject | undefined {
  const object = jsonObject(text);
  if (object === undefined) return undefined;
  const source = object['_source'];
  if (isObject(source)) return source;
  const result = object['result'];
  const raw = isObject(result) ? result['_raw'] : object['_raw'];
  if (typeof raw === 'string') return jsonObject(raw) ?? object;
  const message = object['message'];
  if (typeof message === 'string' && message.charCodeAt(0) === 123) return jsonObject(message) ?? object;
  return object;
}
