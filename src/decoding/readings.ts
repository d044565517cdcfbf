/**
 * All ways to read a record whose writer escapes nothing of what clients send. A name such as
 *   root] OK LOGIN: Client "198.51.100.1
 * holds what looks like the end of its own field, so the first reading that parses may be the client's invention. A dialect
 * states its records as forms; the readings are all that fit a whole line. Several of them: the line is ambiguous.
 */
import { isDigit, own } from '../text.ts';

/** A record as literals and the fields between them; `literals` is one longer than `fields`. */
export interface Form {
  readonly id: string;
  readonly literals: readonly string[];
  readonly fields: readonly Field[];
}

/**
 * `text`: anything; `word`: no blank in it; `host`: a host name or address; `address`: IPv4 or IPv6; `masked`: an address
 * that may have an `x` for each part that is hidden; `number`: digits and a point; `digits`.
 */
type FieldSort = 'address' | 'digits' | 'host' | 'masked' | 'number' | 'text' | 'word';

interface Field {
  readonly name: string;
  readonly sort: FieldSort;
}

const sorts: ReadonlySet<string> = new Set<FieldSort>([
  'address',
  'digits',
  'host',
  'masked',
  'number',
  'text',
  'word',
]);

function isSort(word: string): word is FieldSort {
  return sorts.has(word);
}

/** Makes a form of `[{user:text}] FAIL LOGIN: Client "{peer:address}"`. A field without a sort may hold anything. */
export function formOf(id: string, pattern: string): Form {
  const literals: string[] = [];
  const fields: Field[] = [];
  let from = 0;
  for (const match of pattern.matchAll(/\{([a-z]+)(?::([a-z]+))?\}/g)) {
    literals.push(pattern.slice(from, match.index));
    const sort = match[2] ?? 'text';
    if (!isSort(sort)) throw new Error(`no sort of field: ${sort}`);
    fields.push({ name: match[1] ?? '', sort });
    from = match.index + match[0].length;
  }
  literals.push(pattern.slice(from));
  return { id, literals, fields };
}

/** One way to read a line. */
export interface Reading {
  readonly form: Form;
  readonly text: string;
  /** Where each field begins and ends, in turn. */
  readonly bounds: readonly number[];
}

/** What a reading has in a field; '' if it has no such field. */
export function fieldOf(reading: Reading, name: string): string {
  const i = reading.form.fields.findIndex((field) => field.name === name);
  return i < 0 ? '' : reading.text.slice(reading.bounds[2 * i], reading.bounds[2 * i + 1]);
}

/** Steps of the search per line: a hostile line is not worth more. */
const mostSteps = 20_000;
/** More readings than this say no more than that the line is ambiguous. */
const mostReadings = 16;

class Search {
  readonly found: Reading[] = [];
  readonly #text: string;
  readonly #bounds: number[] = [];
  #steps = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The search was given up: there may be more readings than those found. */
  get isSpent(): boolean {
    return this.#steps > mostSteps || this.found.length >= mostReadings;
  }

  form(form: Form, from: number): void {
    const first = form.literals[0] ?? '';
    if (this.#text.startsWith(first, from)) this.#field(form, 0, from + first.length);
  }

  #field(form: Form, i: number, at: number): void {
    const text = this.#text;
    const field = form.fields[i];
    if (field === undefined) {
      if (at === text.length) this.found.push({ form, text, bounds: [...this.#bounds] });
      return;
    }
    const next = form.literals[i + 1] ?? '';
    const last = i === form.fields.length - 1;
    // Behind the last field nothing may follow but its literal: only one end fits.
    const firstEnd = last ? text.length - next.length : next === '' ? text.length : text.indexOf(next, at);
    for (let end = firstEnd; end >= at; end = last ? -1 : text.indexOf(next, end + 1)) {
      if (this.#steps++ > mostSteps || this.isSpent) return;
      if (!text.startsWith(next, end)) return;
      if (!fits(text, at, end, field.sort)) {
        // What stands between grows: no later end can fit either.
        if (field.sort !== 'text') return;
        continue;
      }
      this.#bounds[2 * i] = at;
      this.#bounds[2 * i + 1] = end;
      this.#field(form, i + 1, end + next.length);
    }
  }
}

function fits(text: string, from: number, to: number, sort: FieldSort): boolean {
  if (sort === 'text') return true;
  if (to <= from) return false;
  if (sort === 'address' || sort === 'masked') return isAddressAt(text, from, to, sort === 'masked');
  for (let i = from; i < to; i++) {
    if (sort === 'digits' || sort === 'number') {
      if (!isDigit(text, i) && (sort === 'digits' || text.charCodeAt(i) !== 46)) return false;
    } else if (text.charCodeAt(i) <= 32 || (sort === 'host' && !isHostCharacter(text.charCodeAt(i)))) return false;
  }
  return true;
}

/** Letters, digits, `.`, `-`, `_`, `:` and `%`: what host names and addresses are made of. */
function isHostCharacter(c: number): boolean {
  const letter = c | 32;
  return (
    (letter >= 97 && letter <= 122) || (c >= 48 && c <= 58) || c === 46 || c === 45 || c === 95 || c === 37 || c > 127
  );
}

/** Hexadecimal digits with dots or colons: what may be an address, and no name. */
function isAddressAt(text: string, from: number, to: number, masked: boolean): boolean {
  let marks = 0;
  for (let i = from; i < to; i++) {
    const c = text.charCodeAt(i);
    const letter = c | 32;
    if (c === 46 || c === 58) marks++;
    else if (!((c >= 48 && c <= 57) || (letter >= 97 && letter <= 102) || (masked && letter === 120))) {
      // A zone: fe80::1%eth0.
      return c === 37 && marks > 1 && i + 1 < to;
    }
  }
  return marks > 1;
}

/** The readings of a line, and whether all were found. */
export interface Readings {
  readonly found: readonly Reading[];
  readonly all: boolean;
}

/** All ways to read what stands from `from` on to the end of the line. */
export function readingsOf(text: string, from: number, forms: readonly Form[]): Readings {
  const search = new Search(text);
  for (const form of forms) {
    if (search.isSpent) break;
    search.form(form, from);
  }
  return { found: search.found, all: !search.isSpent };
}

/**
 * The one reading that is left when what others cannot be so is taken away; undefined if none is left, or several.
 * `tests` are tried in turn, each on what the one before left; one that leaves nothing is passed over, for it knows nothing
 * of this line.
 */
export function decided(
  { found, all }: Readings,
  tests: readonly ((reading: Reading) => boolean)[],
): Reading | undefined {
  let left = found;
  for (const test of tests) {
    if (left.length < 2) break;
    const kept = left.filter(test);
    if (kept.length > 0) left = kept;
  }
  return all && left.length === 1 ? left[0] : undefined;
}

/** What all readings of a line have in a field; '' if they differ, or if there may be more of them. */
export function agreed({ found, all }: Readings, name: string): string {
  const first = found[0];
  if (first === undefined || !all) return '';
  const value = fieldOf(first, name);
  return found.every((reading) => fieldOf(reading, name) === value) ? value : '';
}

const clientLimit = 4096;

/** Whose the connections of a log are: clients or users, as lines state it that can be read in one way only. */
export class Clients {
  readonly #bySession = new Map<string, string>();
  #forgotten = false;

  /** Remembers the client of a connection, unless it is known: it does not change. */
  learn(session: string, peer: string): void {
    if (this.#bySession.has(session)) return;
    if (this.#bySession.size >= clientLimit) {
      for (const oldest of this.#bySession.keys()) {
        this.#bySession.delete(oldest);
        break;
      }
      this.#forgotten = true;
    }
    this.#bySession.set(own(session), own(peer));
  }

  /** The client of a connection; undefined where no line stated it. */
  of(session: string): string | undefined {
    return this.#bySession.get(session);
  }

  /** The number of the connection may be given again. */
  forget(session: string): void {
    this.#bySession.delete(session);
  }

  /** The connection may be this client's: it is, or nothing is known of it and the client did connect. */
  canBe(session: string, peer: string): boolean {
    const known = this.#bySession.get(session);
    if (known !== undefined) return known === peer;
    if (this.#forgotten) return true;
    for (const client of this.#bySession.values()) if (client === peer) return true;
    return false;
  }
}
