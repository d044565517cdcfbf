/** What a value of rows and reports may look like: declared once, read from saved JSON, told as JSON Schema, and a type. */
import type { Cell, JsonSchema } from './model.ts';

/** A kind of value. `read` throws a {@link ShapeError} where JSON holds another. */
export interface Shape<T> {
  read(value: unknown, where: string): T;
  schema(defs: Map<string, JsonSchema>): JsonSchema;
  /** How reports for people write the number; absent for a text. */
  readonly format?: 'count' | 'bytes' | 'ms' | 'share' | 'plain';
  /** The schema does not require the key. */
  readonly free?: true;
  /** What an absent key stands for. */
  readonly absent?: { readonly value: T };
}

/** A key that may be left out. */
export interface OptionalShape<T> extends Shape<T> {
  readonly optional: true;
}

export type Fields = Readonly<Record<string, Shape<unknown>>>;

type OptionalKey<F extends Fields> = { [K in keyof F]: F[K] extends OptionalShape<unknown> ? K : never }[keyof F];

export type ValueOf<S> = S extends Shape<infer T> ? T : never;

/** A record of these fields. */
export type ObjectOf<F extends Fields> = { readonly [K in Exclude<keyof F, OptionalKey<F>>]: ValueOf<F[K]> } & {
  readonly [K in OptionalKey<F>]?: ValueOf<F[K]>;
};

export interface ObjectShape<F extends Fields> extends Shape<ObjectOf<F>> {
  readonly fields: F;
}

/** What is wrong, and where. */
export class ShapeError extends Error {}

function wrong(where: string, wanted: string, value: unknown): ShapeError {
  const got = value === undefined ? 'is missing' : `is ${(JSON.stringify(value) ?? String(value)).slice(0, 40)}`;
  return new ShapeError(`${where} ${got}, ${wanted} is wanted`);
}

function plain<T>(wanted: string, schema: JsonSchema, is: (value: unknown) => boolean): Shape<T> {
  return {
    read: (value, where) => {
      if (!is(value)) throw wrong(where, wanted, value);
      return value as T;
    },
    schema: () => schema,
  };
}

function numeric(schema: JsonSchema, format: NonNullable<Shape<number>['format']>): Shape<number> {
  return { ...plain('a number', schema, (value) => typeof value === 'number' && value >= 0), format };
}

export const text: Shape<string> = plain('a text', { type: 'string' }, (value) => typeof value === 'string');
export const flag: Shape<boolean> = plain('true or false', { type: 'boolean' }, (value) => typeof value === 'boolean');
export const time: Shape<string> = plain(
  'a time',
  { type: 'string', format: 'date-time' },
  (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
);
const whole = { type: 'integer', minimum: 0 };
export const count = numeric(whole, 'count');
/** A count that is there because there is something to count. */
export const some = numeric({ type: 'integer', minimum: 1 }, 'count');
export const octets = numeric(whole, 'bytes');
export const wholeMs = numeric(whole, 'ms');
/** Of a histogram. */
export const ms = numeric({ type: 'number', minimum: 0 }, 'ms');
export const share = numeric({ type: 'number', minimum: 0, maximum: 1 }, 'share');
export const replyCode = numeric({ ...whole, maximum: 999 }, 'plain');
export const amount = numeric({ type: 'number' }, 'plain');

/** What a cell of a table may hold. */
export const cell: Shape<Cell> = plain(
  'a plain value',
  { type: ['string', 'number', 'boolean', 'null'] },
  (value) => value === null || ['string', 'number', 'boolean'].includes(typeof value),
);

/** This value and no other. */
export function only<T extends string | number>(value: T): Shape<T> {
  return plain(String(value), { const: value }, (other) => other === value);
}

export function oneOf<T extends string>(words: readonly T[]): Shape<T> {
  return plain(`one of ${words.join(', ')}`, { enum: words }, (value) => words.some((word) => word === value));
}

/** A text of this form. */
export function textLike(pattern: string): Shape<string> {
  const form = new RegExp(pattern);
  return plain('another text', { type: 'string', pattern }, (value) => typeof value === 'string' && form.test(value));
}

/** Null where it is unknown. */
export function maybe<T>(shape: Shape<T>): Shape<T | null> {
  return {
    ...(shape.format === undefined ? {} : { format: shape.format }),
    read: (value, where) => (value === null ? null : shape.read(value, where)),
    schema: (defs) => {
      const schema = shape.schema(defs);
      const { type } = schema;
      return type === undefined ? { anyOf: [schema, { type: 'null' }] } : { ...schema, type: [type, 'null'] };
    },
  };
}

export function listOf<T>(item: Shape<T>): Shape<readonly T[]> {
  return {
    read: (value, where) => {
      if (!Array.isArray(value)) throw wrong(where, 'a list', value);
      return value.map((each, i) => item.read(each, `${where}[${i}]`));
    },
    schema: (defs) => ({ type: 'array', items: item.schema(defs) }),
  };
}

/** Keys that a later version added are left out. */
export function objectOf<const F extends Fields>(fields: F): ObjectShape<F> {
  const entries = Object.entries(fields);
  return {
    fields,
    read: (value, where) => {
      const from = entriesOf(value, where === '' ? 'the report' : where);
      const read = entries.flatMap(([key, shape]) => {
        if (from[key] !== undefined) return [[key, shape.read(from[key], where === '' ? key : `${where}.${key}`)]];
        if (shape.absent !== undefined) return [[key, shape.absent.value]];
        return 'optional' in shape ? [] : [[key, shape.read(undefined, where === '' ? key : `${where}.${key}`)]];
      });
      return Object.fromEntries(read) as ObjectOf<F>;
    },
    schema: (defs) => ({
      type: 'object',
      properties: Object.fromEntries(entries.map(([key, shape]) => [key, shape.schema(defs)])),
      ...requiring(entries.filter(([, shape]) => shape.free !== true).map(([key]) => key)),
    }),
  };
}

function requiring(keys: readonly string[]): JsonSchema {
  return keys.length === 0 ? {} : { required: keys };
}

/** Values by a name that is not known before. */
export function byName<T>(item: Shape<T>): Shape<Readonly<Record<string, T>>> {
  return {
    read: (value, where) =>
      Object.fromEntries(
        Object.entries(entriesOf(value, where)).map(([key, each]) => [key, item.read(each, `${where}.${key}`)]),
      ),
    schema: (defs) => ({ type: 'object', additionalProperties: item.schema(defs) }),
  };
}

/** The key may be left out. */
export function optional<T>(shape: Shape<T>): OptionalShape<T> {
  return { ...shape, optional: true, free: true };
}

/** Reports that earlier versions saved do not have the key: it then stands for this value. */
export function added<T>(shape: Shape<T>, value: T): Shape<T> {
  return { ...shape, absent: { value } };
}

/** As {@link added}, and the schema takes reports without it. */
export function addedFreely<T>(shape: Shape<T>, value: T): Shape<T> {
  return { ...shape, absent: { value }, free: true };
}

/** With a sentence for those who read the schema. */
export function about<S extends Shape<unknown>>(description: string, shape: S): S {
  return { ...shape, schema: (defs: Map<string, JsonSchema>) => ({ ...shape.schema(defs), description }) };
}

/** The schema states it once and refers to it. */
export function named<S extends Shape<unknown>>(name: string, shape: S): S {
  return {
    ...shape,
    schema: (defs: Map<string, JsonSchema>) => {
      if (!defs.has(name)) defs.set(name, shape.schema(defs));
      return { $ref: `#/$defs/${name}` };
    },
  };
}

export function entriesOf(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(where, 'an object', value);
  return value as Readonly<Record<string, unknown>>;
}
