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

/** A string, or a number as a string; '' for anything else, and for a number too large to be one (`1e999`). */
export function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : '';
}

/** Each value as text. A list of one text, as most are, comes back as it is. */
export function asTexts(values: readonly unknown[]): readonly string[] {
  const [first] = values;
  return values.length === 1 && typeof first === 'string' ? (values as readonly string[]) : values.map(asText);
}

/** A path into an object, with the ways to write it. */
export interface Path {
  readonly whole: string;
  /** Where a dot may stand for a nested object: what is before it, and the path behind it. */
  readonly splits: readonly (readonly [head: string, rest: Path])[];
}

/** The path of dotted names, made once: `a.b.c` may be `{"a.b.c":…}`, `{"a":{"b.c":…}}`, `{"a.b":{"c":…}}` … */
export function path(whole: string): Path {
  const splits: (readonly [string, Path])[] = [];
  for (let dot = whole.indexOf('.'); dot > 0; dot = whole.indexOf('.', dot + 1))
    splits.push([whole.slice(0, dot), path(whole.slice(dot + 1))]);
  return { whole, splits };
}

/** The value at a path, written nested (`{"a":{"b":1}}`), dotted (`{"a.b":1}`) or mixed. */
export function at(object: JsonObject, where: Path): unknown {
  const whole = object[where.whole];
  if (whole !== undefined) return whole;
  for (const [head, rest] of where.splits) {
    const inner = object[head];
    if (!isObject(inner)) continue;
    const found = at(inner, rest);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The first of some paths that holds anything. */
export function firstAt(object: JsonObject, paths: readonly Path[]): unknown {
  for (const where of paths) {
    const value = at(object, where);
    if (value !== undefined && value !== null) return value;
  }
  return undefined;
}
