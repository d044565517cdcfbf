/** One JSON object a line, as collectors and container engines write: read once, its text fields taken out. */

export type JsonObject = Readonly<Record<string, unknown>>;

/** The object a line holds; undefined if it is none. */
export function jsonObject(text: string): JsonObject | undefined {
  const start = text.charCodeAt(0) === 0x1e ? 1 : 0;
  if (text.charCodeAt(start) !== 123 || text.charCodeAt(text.length - 1) !== 125) return undefined;
  try {
    const value: unknown = JSON.parse(start === 0 ? text : text.slice(start));
    return isObject(value) ? value : undefined;
  } catch {
    // Not JSON: the line does not wear the wrapper, which is what undefined says.
    return undefined;
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The first of these fields that holds text or a number, as text; '' if none does. `a/b` is b within a. */
export function textOf(object: JsonObject, names: readonly string[]): string {
  for (const name of names) {
    const value = fieldOf(object, name);
    if (typeof value === 'string') return value;
    if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  }
  return '';
}

function fieldOf(object: JsonObject, name: string): unknown {
  if (Object.hasOwn(object, name)) return object[name];
  const slash = name.indexOf('/');
  if (slash < 0) return undefined;
  const inner = object[name.slice(0, slash)];
  return isObject(inner) ? fieldOf(inner, name.slice(slash + 1)) : undefined;
}
