/**
 * TOML 1.0 with the place of every part. Loaded only when such a file is read. The parser checks the text and gives the
 * values but no places; these are found by a second look at the text, which may trust that the grammar is kept.
 */
import { parse, TomlDate, TomlError } from 'smol-toml';
import { depthLimit, type Mark, markFinder, type ReadTree, type Tree } from './tree.ts';

type Path = readonly (string | number)[];

/** Reads TOML; dates and times become their text. */
export function readTomlTree(text: string): ReadTree {
  let values: unknown;
  try {
    values = parse(text, { maxDepth: depthLimit });
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [first = ''] = error.message.split('\n');
    const message = first.replace(/^Invalid TOML document: /, '');
    return { problems: [{ at: { line: error.line, column: error.column }, message }] };
  }
  const marks = new Map<string, Mark>();
  const markOf = markFinder(text);
  new Places(text, (path, offset) => {
    const key = pathKey(path);
    if (!marks.has(key)) marks.set(key, markOf(offset));
  }).document();
  return { tree: treeOf(values, [], { line: 1, column: 1 }, marks) };
}

function treeOf(value: unknown, path: Path, above: Mark, marks: ReadonlyMap<string, Mark>): Tree {
  const at = marks.get(pathKey(path)) ?? above;
  if (Array.isArray(value))
    return { kind: 'list', at, items: value.map((item, i) => treeOf(item, [...path, i], at, marks)) };
  if (value instanceof TomlDate) return { kind: 'leaf', at, value: value.toISOString() };
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, part]) => {
      const tree = treeOf(part, [...path, key], at, marks);
      return { key, at: tree.at, value: tree };
    });
    return { kind: 'map', at, entries };
  }
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return { kind: 'leaf', at, value };
  return { kind: 'leaf', at, value: typeof value === 'bigint' ? Number(value) : undefined };
}

function pathKey(path: Path): string {
  return JSON.stringify(path);
}

/** Walks a text that is known to be TOML and says where each key and item begins. */
class Places {
  readonly #text: string;
  readonly #tell: (path: Path, offset: number) => void;
  /** Items so far of each array of tables. */
  readonly #counts = new Map<string, number>();
  #at = 0;

  constructor(text: string, tell: (path: Path, offset: number) => void) {
    this.#text = text;
    this.#tell = tell;
  }

  document(): void {
    let table: Path = [];
    for (this.#trivia(); this.#at < this.#text.length; this.#trivia()) {
      if (this.#peek() === '[') table = this.#header();
      else this.#pair(table);
    }
  }

  /** `[a.b]` or `[[a.b]]`. */
  #header(): Path {
    const start = this.#at;
    const many = this.#text.startsWith('[[', this.#at);
    this.#at += many ? 2 : 1;
    let path: Path = [];
    const keys = this.#keys();
    for (const [i, { key }] of keys.entries()) {
      path = [...path, key];
      this.#tell(path, start);
      if (many && i === keys.length - 1) {
        const index = this.#counts.get(pathKey(path)) ?? 0;
        this.#counts.set(pathKey(path), index + 1);
        path = [...path, index];
        this.#tell(path, start);
      } else {
        const count = this.#counts.get(pathKey(path));
        if (count !== undefined) path = [...path, count - 1];
      }
    }
    this.#at += many ? 2 : 1;
    return path;
  }

  #pair(table: Path): void {
    let path = table;
    for (const { key, at } of this.#keys()) {
      path = [...path, key];
      this.#tell(path, at);
    }
    this.#at++;
    this.#blanks();
    this.#value(path);
  }

  /** Dotted keys up to `=` or `]`. */
  #keys(): readonly { readonly key: string; readonly at: number }[] {
    const keys: { readonly key: string; readonly at: number }[] = [];
    for (;;) {
      this.#blanks();
      const at = this.#at;
      const quote = this.#peek();
      if (quote === '"' || quote === "'") {
        this.#string();
        const raw = this.#text.slice(at, this.#at);
        keys.push({ key: quote === '"' ? String(parse(`k = ${raw}`)['k']) : raw.slice(1, -1), at });
      } else {
        while (/[A-Za-z0-9_-]/.test(this.#peek())) this.#at++;
        keys.push({ key: this.#text.slice(at, this.#at), at });
      }
      this.#blanks();
      if (this.#peek() !== '.') return keys;
      this.#at++;
    }
  }

  #value(path: Path): void {
    const c = this.#peek();
    if (c === '"' || c === "'") this.#string();
    else if (c === '[') this.#array(path);
    else if (c === '{') this.#inline(path);
    else while (this.#at < this.#text.length && !',]}\r\n#'.includes(this.#peek())) this.#at++;
  }

  #array(path: Path): void {
    this.#at++;
    let index = 0;
    for (this.#trivia(); this.#at < this.#text.length && this.#peek() !== ']'; this.#trivia()) {
      this.#tell([...path, index], this.#at);
      this.#value([...path, index++]);
      this.#trivia();
      if (this.#peek() === ',') this.#at++;
    }
    this.#at++;
  }

  #inline(path: Path): void {
    this.#at++;
    for (this.#trivia(); this.#at < this.#text.length && this.#peek() !== '}'; this.#trivia()) {
      this.#pair(path);
      this.#trivia();
      if (this.#peek() === ',') this.#at++;
    }
    this.#at++;
  }

  #string(): void {
    const quote = this.#peek();
    const long = this.#text.startsWith(quote.repeat(3), this.#at);
    const end = long ? quote.repeat(3) : quote;
    this.#at += end.length;
    while (this.#at < this.#text.length && !this.#text.startsWith(end, this.#at))
      this.#at += quote === '"' && this.#peek() === '\\' ? 2 : 1;
    this.#at += end.length;
    // One or two quotes may stand right before the closing three.
    while (long && this.#peek() === quote) this.#at++;
  }

  /** Blanks, line ends and comments. */
  #trivia(): void {
    for (;;) {
      while (this.#at < this.#text.length && ' \t\r\n\ufeff'.includes(this.#peek())) this.#at++;
      if (this.#peek() !== '#') return;
      while (this.#at < this.#text.length && this.#peek() !== '\n') this.#at++;
    }
  }

  #blanks(): void {
    while (this.#peek() === ' ' || this.#peek() === '\t') this.#at++;
  }

  #peek(): string {
    return this.#text.charAt(this.#at);
  }
}
