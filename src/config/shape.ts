/** What a part of a configuration may look like: declared once, read from a tree, and told as JSON Schema. */
import type { Entry, Mark, Tree } from './tree.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** Parts of the schema that are named once and used often. */
export type Definitions = Map<string, JsonSchema>;

/** Where problems go, and how to find the word that was meant. */
export interface Reading {
  problem(at: Mark, message: string): void;
  suggest(word: string, known: readonly string[]): readonly string[];
}

/** A kind of value. `read` gives undefined where something is wrong, after it said what. */
export interface Shape<T> {
  /** As in «wants …». */
  readonly wants: string;
  read(tree: Tree, where: string, to: Reading): T | undefined;
  schema(defs: Definitions): JsonSchema;
}

/** A key of a map. */
export interface Field<T> {
  readonly shape: Shape<T>;
  readonly help: string;
  readonly required?: boolean;
}

type Fields = Readonly<Record<string, Field<unknown>>>;

/** The value of a map of these fields: what is absent is undefined. */
export type ValueOf<F extends Fields> = {
  readonly [K in keyof F]: F[K] extends Field<infer T> ? T | undefined : never;
};

/** Refuses a value in the words of all messages. */
export function refuse(
  shape: { readonly wants: string },
  tree: Tree,
  where: string,
  to: Reading,
  hint = '',
): undefined {
  to.problem(
    tree.at,
    `${where === '' ? 'the file' : where} wants ${shape.wants}, not ${shown(tree)}${hint === '' ? '' : ` — ${hint}`}`,
  );
  return undefined;
}

export function shown(tree: Tree): string {
  if (tree.kind === 'map') return 'a map';
  if (tree.kind === 'list') return 'a list';
  if (tree.value === undefined) return 'nothing';
  if (typeof tree.value !== 'string') return String(tree.value);
  return `'${tree.value.length > 60 ? `${tree.value.slice(0, 60)}…` : tree.value}'`;
}

/** A text that `check` takes; it returns what is wrong, or ''. */
export function textOf(
  wants: string,
  check: (text: string) => string = () => '',
  schema: JsonSchema = {},
): Shape<string> {
  const shape: Shape<string> = {
    wants,
    read(tree, where, to) {
      if (tree.kind !== 'leaf' || tree.value === undefined) return refuse(shape, tree, where, to);
      if (typeof tree.value !== 'string') return refuse(shape, tree, where, to, 'put it in quotes');
      const wrong = tree.value === '' ? 'it is empty' : check(tree.value);
      return wrong === '' ? tree.value : refuse(shape, tree, where, to, wrong);
    },
    schema: () => ({ type: 'string', minLength: 1, ...schema }),
  };
  return shape;
}

export function numberIn(least: number, most: number, whole: boolean): Shape<number> {
  const shape: Shape<number> = {
    wants: `a ${whole ? 'whole ' : ''}number from ${least} to ${most}`,
    read(tree, where, to) {
      const value = tree.kind === 'leaf' ? tree.value : undefined;
      if (typeof value !== 'number' || !(value >= least && value <= most) || (whole && !Number.isInteger(value)))
        return refuse(
          shape,
          tree,
          where,
          to,
          typeof value === 'string' && /^\d/.test(value) ? 'without quotes and unit' : '',
        );
      return value;
    },
    schema: () => ({ type: whole ? 'integer' : 'number', minimum: least, maximum: most }),
  };
  return shape;
}

export const yesOrNo: Shape<boolean> = {
  wants: 'true or false',
  read(tree, where, to) {
    if (tree.kind === 'leaf' && typeof tree.value === 'boolean') return tree.value;
    return refuse(yesOrNo, tree, where, to);
  },
  schema: () => ({ type: 'boolean' }),
};

/** One of these words. */
export function oneOf<T extends string>(words: readonly T[], wants = `one of ${words.join(', ')}`): Shape<T> {
  const shape: Shape<T> = {
    wants,
    read(tree, where, to) {
      const value = tree.kind === 'leaf' ? tree.value : undefined;
      const found = words.find((word) => word === value);
      if (found !== undefined) return found;
      return refuse(shape, tree, where, to, typeof value === 'string' ? meant(to.suggest(value, words)) : '');
    },
    schema: () => (words.length === 0 ? { not: {} } : { enum: words }),
  };
  return shape;
}

export interface ListOptions {
  /** One value stands for a list of one. */
  readonly single?: boolean;
  /** It may be empty; default: unless one value may stand for it. */
  readonly empty?: boolean;
  readonly most?: number;
}

/** A list of at most 1000 values, unless told otherwise. */
export function listOf<T>(item: Shape<T>, options: ListOptions = {}): Shape<readonly T[]> {
  const { single = false, most = 1000 } = options;
  const { empty = !single } = options;
  const shape: Shape<readonly T[]> = {
    wants: single ? `${item.wants}, or a list of them` : 'a list',
    read(tree, where, to) {
      if (tree.kind !== 'list') {
        if (!single) return refuse(shape, tree, where, to);
        const only = item.read(tree, where, to);
        return only === undefined ? undefined : [only];
      }
      if (tree.items.length > most) {
        to.problem(tree.at, `${where} wants at most ${most} entries, not ${tree.items.length}`);
        return undefined;
      }
      if (!empty && tree.items.length === 0) return refuse(shape, tree, where, to, 'it is empty');
      const values = tree.items.map((part, i) => item.read(part, `'${bare(where)}[${i}]'`, to));
      return values.every((value) => value !== undefined) ? values : undefined;
    },
    schema: (defs) => {
      const list = { type: 'array', items: item.schema(defs), maxItems: most };
      return single ? { anyOf: [item.schema(defs), empty ? list : { ...list, minItems: 1 }] } : list;
    },
  };
  return shape;
}

/** A map with these keys and no others. `check` sees the whole. */
export function mapOf<F extends Fields>(
  fields: F,
  check: (value: ValueOf<F>, at: Mark, to: Reading, where: string) => boolean = () => true,
): Shape<ValueOf<F>> {
  const names = Object.keys(fields);
  const shape: Shape<ValueOf<F>> = {
    wants: 'a map',
    read(tree, where, to) {
      if (tree.kind !== 'map') return refuse(shape, tree, where, to);
      const values = new Map<string, unknown>();
      let whole = true;
      for (const entry of tree.entries) {
        const field = Object.hasOwn(fields, entry.key) ? fields[entry.key] : undefined;
        if (field === undefined) {
          to.problem(entry.at, `unknown key '${keyText(entry.key)}'${within(where)}${hintOf(entry.key, names, to)}`);
          whole = false;
          continue;
        }
        // A section whose entries are all commented out says nothing.
        if (entry.value.kind === 'leaf' && entry.value.value === undefined && field.required !== true) continue;
        const value = field.shape.read(entry.value, inside(where, entry.key), to);
        if (value === undefined) whole = false;
        values.set(entry.key, value);
      }
      for (const name of names) {
        if (fields[name]?.required !== true || tree.entries.some((entry) => entry.key === name)) continue;
        to.problem(tree.at, `${where} lacks '${name}' — ${asHint(fields[name].help)}`);
        whole = false;
      }
      const value = Object.fromEntries(names.map((name) => [name, values.get(name)])) as ValueOf<F>;
      return whole && check(value, tree.at, to, where) ? value : undefined;
    },
    schema: (defs) => ({
      type: 'object',
      properties: Object.fromEntries(names.map((name) => [name, described(fields[name], defs)])),
      ...(names.some((name) => fields[name]?.required)
        ? { required: names.filter((name) => fields[name]?.required) }
        : {}),
      additionalProperties: false,
    }),
  };
  return shape;
}

/**
 * A map from names to values. `shapeOf` gives the shape of each known name; it is undefined for others. `others` is what the
 * schema says of names that only the file itself knows.
 */
export function recordOf<T>(
  what: string,
  known: readonly string[],
  shapeOf: (name: string) => Shape<T> | undefined,
  others?: Shape<T>,
): Shape<ReadonlyMap<string, T>> {
  const shape: Shape<ReadonlyMap<string, T>> = {
    wants: 'a map',
    read(tree, where, to) {
      if (tree.kind !== 'map') return refuse(shape, tree, where, to);
      const values = new Map<string, T>();
      let whole = true;
      for (const entry of tree.entries) {
        const value = readEntry(entry, where, to);
        if (value === undefined) whole = false;
        else values.set(entry.key, value);
      }
      return whole ? values : undefined;
    },
    schema: (defs) => ({
      type: 'object',
      properties: Object.fromEntries(known.map((name) => [name, shapeOf(name)?.schema(defs) ?? {}])),
      additionalProperties: others === undefined ? false : others.schema(defs),
    }),
  };
  function readEntry(entry: Entry, where: string, to: Reading): T | undefined {
    const own = shapeOf(entry.key);
    if (own !== undefined) return own.read(entry.value, inside(where, entry.key), to);
    to.problem(entry.at, `unknown ${what} '${keyText(entry.key)}'${hintOf(entry.key, known, to)}`);
    return undefined;
  }
  return shape;
}

/** A value of one of two shapes, told apart by `isFirst`. */
export function either<A, B>(first: Shape<A>, second: Shape<B>, isFirst: (tree: Tree) => boolean): Shape<A | B> {
  return {
    wants: `${first.wants}, or ${second.wants}`,
    read: (tree, where, to) => (isFirst(tree) ? first : second).read(tree, where, to),
    schema: (defs) => ({ anyOf: [first.schema(defs), second.schema(defs)] }),
  };
}

/** The same shape, which the schema names and refers to. */
export function named<T>(name: string, shape: Shape<T>): Shape<T> {
  return {
    ...shape,
    schema: (defs) => {
      if (!defs.has(name)) {
        defs.set(name, {});
        defs.set(name, shape.schema(defs));
      }
      return { $ref: `#/$defs/${name}` };
    },
  };
}

/** The same value, turned into another. */
export function mapped<A, B>(shape: Shape<A>, turn: (value: A) => B): Shape<B> {
  return {
    wants: shape.wants,
    schema: shape.schema,
    read(tree, where, to) {
      const value = shape.read(tree, where, to);
      return value === undefined ? undefined : turn(value);
    },
  };
}

/** A help text in the style of messages. */
function asHint(help: string): string {
  return help.charAt(0).toLowerCase() + help.slice(1).replace(/\.$/, '');
}

function described(field: Field<unknown> | undefined, defs: Definitions): JsonSchema {
  return field === undefined ? {} : { description: field.help, ...field.shape.schema(defs) };
}

function inside(where: string, key: string): string {
  return where === '' ? `'${key}'` : `'${bare(where)}.${key}'`;
}

function bare(where: string): string {
  return where.replaceAll("'", '');
}

function within(where: string): string {
  return where === '' ? '' : ` in ${where}`;
}

function keyText(key: string): string {
  return key.length > 60 ? `${key.slice(0, 60)}…` : key;
}

function hintOf(word: string, known: readonly string[], to: Reading): string {
  const camel = word.replace(/[-_]([a-z])/g, (_, c: string) => c.toUpperCase());
  const hint = meant(known.includes(camel) ? [camel] : to.suggest(word, known));
  if (hint !== '') return ` — ${hint}`;
  return known.length === 0 || known.length > 12 ? '' : ` — one of ${known.join(', ')}`;
}

function meant(words: readonly string[]): string {
  return words.length === 0 ? '' : `did you mean '${words.join("' or '")}'?`;
}
