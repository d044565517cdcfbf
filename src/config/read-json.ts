/** JSON with the place of every part (RFC 8259): `JSON.parse` tells neither places nor double keys. */
import { depthLimit, type Entry, type Mark, markFinder, type Problem, type ReadTree, type Tree } from './tree.ts';

class Refusal extends Error {
  readonly offset: number;

  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

/** Reads JSON; a byte order mark is skipped. */
export function readJsonTree(text: string): ReadTree {
  const markOf = markFinder(text);
  const doubles: Problem[] = [];
  const reader = new JsonReader(text, markOf, doubles);
  try {
    const tree = reader.document();
    return doubles.length > 0 ? { problems: doubles } : { tree };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { problems: [{ at: markOf(error.offset), message: error.message }] };
  }
}

const literals: ReadonlyMap<string, boolean | undefined> = new Map([
  ['true', true],
  ['false', false],
  ['null', undefined],
]);

class JsonReader {
  readonly #text: string;
  readonly #markOf: (offset: number) => Mark;
  readonly #doubles: Problem[];
  #at = 0;

  constructor(text: string, markOf: (offset: number) => Mark, doubles: Problem[]) {
    this.#text = text;
    this.#markOf = markOf;
    this.#doubles = doubles;
    if (text.charCodeAt(0) === 0xfeff) this.#at = 1;
  }

  document(): Tree {
    const tree = this.#value(0);
    this.#skip();
    if (this.#at < this.#text.length) throw this.#wrong('the end of the file');
    return tree;
  }

  #value(depth: number): Tree {
    this.#skip();
    if (depth > depthLimit) throw new Refusal(this.#at, `nested deeper than ${depthLimit} levels`);
    const c = this.#text.charAt(this.#at);
    if (c === '{') return this.#map(depth);
    if (c === '[') return this.#list(depth);
    const at = this.#markOf(this.#at);
    if (c === '"') return { kind: 'leaf', at, value: this.#string() };
    const word = /^(?:true|false|null)\b/.exec(this.#text.slice(this.#at, this.#at + 6))?.[0];
    if (word !== undefined) {
      this.#at += word.length;
      return { kind: 'leaf', at, value: literals.get(word) };
    }
    const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/.exec(this.#text.slice(this.#at, this.#at + 400))?.[0];
    if (number === undefined) throw this.#wrong('a value');
    this.#at += number.length;
    return { kind: 'leaf', at, value: Number(number) };
  }

  #map(depth: number): Tree {
    const at = this.#markOf(this.#at++);
    const entries: Entry[] = [];
    const seen = new Set<string>();
    for (this.#skip(); !this.#takes('}'); ) {
      if (entries.length > 0 && !this.#takes(',')) throw this.#wrong("',' or '}'");
      this.#skip();
      const keyAt = this.#markOf(this.#at);
      if (this.#text.charAt(this.#at) !== '"') throw this.#wrong('a key in double quotes');
      const key = this.#string();
      if (seen.has(key)) this.#doubles.push({ at: keyAt, message: `key '${key}' stands here twice` });
      seen.add(key);
      this.#skip();
      if (!this.#takes(':')) throw this.#wrong("':'");
      entries.push({ key, at: keyAt, value: this.#value(depth + 1) });
      this.#skip();
    }
    return { kind: 'map', at, entries };
  }

  #list(depth: number): Tree {
    const at = this.#markOf(this.#at++);
    const items: Tree[] = [];
    for (this.#skip(); !this.#takes(']'); ) {
      if (items.length > 0 && !this.#takes(',')) throw this.#wrong("',' or ']'");
      items.push(this.#value(depth + 1));
      this.#skip();
    }
    return { kind: 'list', at, items };
  }

  #string(): string {
    let end = this.#at + 1;
    while (end < this.#text.length && this.#text.charAt(end) !== '"') end += this.#text.charAt(end) === '\\' ? 2 : 1;
    try {
      const value: unknown = JSON.parse(this.#text.slice(this.#at, end + 1));
      this.#at = end + 1;
      return String(value);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      throw new Refusal(this.#at, 'a text that does not end, or holds a wrong escape');
    }
  }

  #skip(): void {
    while (this.#at < this.#text.length && ' \t\r\n'.includes(this.#text.charAt(this.#at))) this.#at++;
  }

  #takes(c: string): boolean {
    if (this.#text.charAt(this.#at) !== c) return false;
    this.#at++;
    return true;
  }

  #wrong(wanted: string): Refusal {
    const c = this.#text.charAt(this.#at);
    return new Refusal(this.#at, `${wanted} is wanted, not ${c === '' ? 'the end of the file' : `'${c}'`}`);
  }
}
