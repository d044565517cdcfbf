/** JSON on log lines. */

/** A JSON object of a log; keys are looked up by name only. */
export type JsonObject = { readonly [key: string]: unknown };

/** The object on a line that holds nothing else; undefined if it is none. */
export function jsonObject(text: string): JsonObject | undefined {
  if (text.charCodeAt(0) !== 123 && text.trimStart().charCodeAt(0) !== 123) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** True for an object that is no array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A string, or a number as a string; '' for anything else. */
export function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : '';
}

/** A number, also one written as a string; -1 for anything else. */
export function asNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value === '') return -1;
  const n = Number(value);
  return Number.isNaN(n) ? -1 : n;
}

/** The value at a path, written nested (`{"a":{"b":1}}`), dotted (`{"a.b":1}`) or mixed. */
export function at(object: JsonObject, path: string): unknown {
  const whole = object[path];
  if (whole !== undefined) return whole;
  for (let dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
    const inner = object[path.slice(0, dot)];
    if (!isObject(inner)) continue;
    const found = at(inner, path.slice(dot + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}
