/**
 * The shape of a line, written as the line is:
 *
 *   [{sort:digits}] {time:mail} ({session:digits}) {said}
 *
 * `{name:sort}` is a field; everything else stands there as it is. A shape fits a whole line or none of it.
 *
 *   text       anything, nothing at all too; so is a field without a sort: `{said}`
 *   trimmed    the rest of the line without the blanks at its end
 *   plain      the program's own words, which no client chooses: they end where what follows them first stands
 *   word       no blank in it
 *   letters    A to Z, a to z
 *   digits     0 to 9
 *   number     digits and points
 *   host       letters, digits, and what else stands in names and addresses of hosts: . - _ : %
 *   address    IPv4 or IPv6; `masked`: with an `x` for each part that is hidden
 *   iso ctime clf mail …   a time: see `stamps.ts`
 *   percent    a word whose octets are written %XX where they are no letters
 *   {_}        blanks, or none
 *   {verb=CWD} nothing: the field has this text in every line of the shape
 *   …          anything, at the end of a template: `Connection closed…`
 *
 * A `text` may hold what a client made up to look like the rest of the line. All places where it may end are tried; a line
 * that can then be read in two ways is refused.
 */
import { skipBlanks } from '../text.ts';
import { percentDecoded } from './percent.ts';
import { isStampSort, type StampSort, type Stamps } from './stamps.ts';

/** Bits of the classes of characters that fields are made of. */
const classes = { word: 1, letters: 2, digits: 4, number: 8, host: 16, percent: 32 } as const;
type ClassSort = keyof typeof classes;
type FieldSort = ClassSort | StampSort | 'address' | 'blanks' | 'masked' | 'plain' | 'text' | 'trimmed';

/** How a field's end is found. `run`: of one class of characters. `open`: all places where it may end must be tried. */
const endings = { run: 0, stamp: 1, plain: 2, blanks: 3, rest: 4, trimmed: 5, open: 6 } as const;
type Ending = (typeof endings)[keyof typeof endings];

export interface Field {
  readonly name: string;
  readonly sort: FieldSort;
  /** Bit of its class of characters; 0 if it is of none. */
  readonly bit: number;
  /** Any but `open`: where it ends follows from what it is made of. */
  readonly ending: Ending;
}

/** Steps of the search per line: a hostile line is not worth more. */
const mostSteps = 20_000;

/** Where each field of a reading begins and ends, in turn. */
export type Bounds = readonly number[];

export class Shape {
  /** What stands between the fields: one more than there are fields. */
  readonly literals: readonly string[];
  readonly fields: readonly Field[];
  /** Texts of the fields that no line holds. */
  readonly given: ReadonlyMap<string, string>;
  /** The character with which every line of the shape begins; -1 if a field does. */
  readonly first: number;
  /** Leading fields that end by themselves. */
  readonly #lead: number;
  /** What a field holds may be encoded. */
  readonly #isEncoded: boolean;
  /** A literal and all that follows it. */
  readonly #isPrefix: boolean;
  /** Where the fields of the line that was matched last begin and end. */
  readonly #bounds: number[] = [];
  /** As `#bounds`, of the reading that is being tried. */
  readonly #tried: number[] = [];
  #text = '';
  #steps = 0;
  #found = 0;
  /** Takes the readings where all are asked for. */
  #kept: Bounds[] | undefined;
  #most = 0;

  constructor(template: string) {
    const parts = partsOf(template);
    this.literals = parts.literals;
    this.given = parts.given;
    this.fields = parts.fields.map(({ name, sort }, i) => {
      const next = parts.literals[i + 1] ?? '';
      const isLast = i === parts.fields.length - 1;
      if (next === '' && !isLast && !endsItself(sort)) throw new Error(`nothing ends {${name}} of ${template}`);
      return { name, sort, bit: bitOf(sort), ending: endingOf(sort, next, isLast) };
    });
    const open = this.fields.findIndex((field) => field.ending === endings.open);
    this.#lead = open < 0 ? this.fields.length : open;
    this.#isEncoded = this.has('percent');
    this.#isPrefix = this.fields.length === 1 && this.fields[0]?.ending === endings.rest;
    const begin = this.literals[0] ?? '';
    this.first = begin === '' ? -1 : begin.charCodeAt(0);
  }

  /** Index of a field; -1 if the shape has none of this name. */
  indexOf(name: string): number {
    return this.fields.findIndex((field) => field.name === name);
  }

  get isTimed(): boolean {
    return this.fields.some((field) => field.ending === endings.stamp);
  }

  /** Whether it has a field of this sort. */
  has(sort: FieldSort): boolean {
    return this.fields.some((field) => field.sort === sort);
  }

  /** Every field ends by itself: the shape can stand in front of others. */
  get isHead(): boolean {
    return (
      this.#lead === this.fields.length &&
      !this.fields.some(({ ending }) => ending === endings.rest || ending === endings.trimmed)
    );
  }

  /** In how many ways all that stands from `from` on can be read: 0, 1, or 2 for several. The time is left in `stamps`. */
  match(text: string, stamps: Stamps, from = 0): number {
    if (this.#isPrefix) {
      const literal = this.literals[0] as string;
      if (!standsAt(text, literal, from)) return 0;
      this.#bounds[0] = from + literal.length;
      this.#bounds[1] = text.length;
      return 1;
    }
    const at = this.begins(text, stamps, from);
    const i = this.#lead;
    if (at < 0) return 0;
    if (i === this.fields.length) return at === text.length ? 1 : 0;
    this.#search(text, i, at);
    // Where the search was given up, there may be more.
    return this.#steps > mostSteps && this.#found > 0 ? 2 : this.#found;
  }

  /** Index behind the leading fields that end by themselves, and what stands behind them; -1 if they do not stand at `from`. */
  begins(text: string, stamps: Stamps, from: number): number {
    const { literals, fields } = this;
    const bounds = this.#bounds;
    const lead = this.#lead;
    const begin = literals[0] as string;
    if (!standsAt(text, begin, from)) return -1;
    let at = from + begin.length;
    for (let i = 0; i < lead; i++) {
      const field = fields[i] as Field;
      const next = literals[i + 1] as string;
      const end = endOf(text, at, field, next, stamps);
      // The words of the program end where the literal was found.
      if (end < 0 || (field.ending !== endings.plain && !standsAt(text, next, end))) return -1;
      bounds[2 * i] = at;
      bounds[2 * i + 1] = end;
      at = end + next.length;
    }
    return at;
  }

  /** Puts all ways to read the text, of a shape without times, into `kept`. False if there may be more of them. */
  readings(text: string, from: number, kept: Bounds[], most: number): boolean {
    const first = this.literals[0] as string;
    if (!text.startsWith(first, from)) return true;
    this.#kept = kept;
    this.#most = most;
    this.#search(text, 0, from + first.length);
    this.#kept = undefined;
    return this.#steps <= mostSteps && this.#found < 2;
  }

  /** What stands in a field of the text that was matched last; '' for -1. */
  cut(text: string, field: number): string {
    if (field < 0) return '';
    const written = text.slice(this.#bounds[2 * field], this.#bounds[2 * field + 1]);
    return this.#isEncoded && this.fields[field]?.sort === 'percent' ? percentDecoded(written) : written;
  }

  #search(text: string, i: number, at: number): void {
    this.#text = text;
    this.#steps = 0;
    this.#found = 0;
    this.#field(i, at);
  }

  /** Field `i` and all behind it, from `at` on. */
  #field(i: number, at: number): void {
    const field = this.fields[i];
    const text = this.#text;
    if (field === undefined) {
      if (at === text.length) this.#hit();
      return;
    }
    const next = this.literals[i + 1] as string;
    if (field.ending !== endings.open) {
      const end = endOf(text, at, field, next, undefined);
      if (end >= 0 && standsAt(text, next, end)) this.#goOn(i, at, end, next);
    } else if (i === this.fields.length - 1) {
      // Behind the last field nothing may follow but its literal: only one end fits.
      const end = text.length - next.length;
      if (end >= at && text.endsWith(next) && fits(text, at, end, field)) this.#goOn(i, at, end, next);
    } else {
      for (let end = text.indexOf(next, at); end >= at; end = text.indexOf(next, end + 1)) {
        if (this.#steps++ > mostSteps || this.#found > 1) return;
        if (fits(text, at, end, field)) this.#goOn(i, at, end, next);
        // What stands between grows: no later end can fit either.
        else return;
      }
    }
  }

  #goOn(i: number, at: number, end: number, next: string): void {
    this.#tried[2 * i] = at;
    this.#tried[2 * i + 1] = end;
    this.#field(i + 1, end + next.length);
  }

  #hit(): void {
    if (this.#kept !== undefined) {
      if (this.#kept.push(this.#tried.slice()) >= this.#most) this.#found = 2;
      return;
    }
    this.#found++;
    if (this.#found > 1) return;
    for (let i = 2 * this.#lead; i < this.#tried.length; i++) this.#bounds[i] = this.#tried[i] as number;
  }
}

/** Behind so many characters the call of `startsWith` is worth what it costs, some 30 comparisons. */
const longestCompared = 24;

/**
 * `startsWith`, but sooner: mostly the first character or the last tells. Here as below no character behind the end is
 * asked for: V8 would compile `charCodeAt` anew, for NaN, and slower.
 */
export function standsAt(text: string, literal: string, at: number): boolean {
  const last = literal.length - 1;
  if (last < 0) return true;
  if (at + last >= text.length || text.charCodeAt(at) !== literal.charCodeAt(0)) return false;
  if (last === 0) return true;
  if (text.charCodeAt(at + last) !== literal.charCodeAt(last)) return false;
  if (last > longestCompared) return text.startsWith(literal, at);
  for (let i = 1; i < last; i++) if (text.charCodeAt(at + i) !== literal.charCodeAt(i)) return false;
  return true;
}

/** Index behind a field that ends by itself; -1 if none stands at `at`. */
function endOf(text: string, at: number, field: Field, next: string, stamps: Stamps | undefined): number {
  switch (field.ending) {
    case endings.run:
      return runEnd(text, at, field.bit);
    case endings.rest:
      return text.length;
    case endings.plain:
      return next === '' ? text.length : text.indexOf(next, at);
    case endings.blanks:
      return skipBlanks(text, at);
    case endings.trimmed:
      return trimmedEnd(text, at);
    default:
      return stamps === undefined ? -1 : stamps.read(text, at, field.sort as StampSort);
  }
}

/** Index behind the characters of a class; -1 if there is none. */
function runEnd(text: string, at: number, bit: number): number {
  let end = at;
  for (; end < text.length; end++) {
    const c = text.charCodeAt(end);
    if (((c < 128 ? (ascii[c] as number) : beyondAscii) & bit) === 0) break;
  }
  return end === at ? -1 : end;
}

function trimmedEnd(text: string, from: number): number {
  let end = text.length;
  while (end > from && (text.charCodeAt(end - 1) === 32 || text.charCodeAt(end - 1) === 9)) end--;
  return end;
}

/** Bits of the classes that a character is of. */
function classesOf(c: number): number {
  return c < 128 ? (ascii[c] as number) : beyondAscii;
}

const beyondAscii = classes.word | classes.host | classes.percent;
const ascii = Uint8Array.from({ length: 128 }, (_, c) => {
  const isDecimal = c >= 48 && c <= 57;
  const isLetter = (c >= 65 && c <= 90) || (c >= 97 && c <= 122);
  const isHost = isLetter || isDecimal || '.-_:%'.includes(String.fromCharCode(c));
  return (
    (c > 32 ? classes.word : 0) |
    (c > 32 && c !== 34 ? classes.percent : 0) |
    (isLetter ? classes.letters : 0) |
    (isDecimal ? classes.digits : 0) |
    (isDecimal || c === 46 ? classes.number : 0) |
    (isHost ? classes.host : 0)
  );
});

interface Parts {
  readonly literals: readonly string[];
  readonly fields: readonly Pick<Field, 'name' | 'sort'>[];
  readonly given: ReadonlyMap<string, string>;
}

const givenMark = /\{([a-z]+)=([^}]*)\}/g;

const fieldMark = /\{(_|[a-z]+)(?::([a-z]+))?\}/g;

function partsOf(written: string): Parts {
  const given = new Map<string, string>();
  for (const [, name = '', text = ''] of written.matchAll(givenMark)) given.set(name, text);
  const template = written.replace(givenMark, '').replace(/…$/, '{rest}');
  const literals: string[] = [];
  const fields: Pick<Field, 'name' | 'sort'>[] = [];
  let from = 0;
  for (const match of template.matchAll(fieldMark)) {
    literals.push(template.slice(from, match.index));
    const name = match[1] ?? '';
    const sort = name === '_' ? 'blanks' : (match[2] ?? 'text');
    if (sort !== 'blanks' && !isSort(sort)) throw new Error(`no sort of field: ${sort}`);
    fields.push({ name, sort });
    from = match.index + match[0].length;
    if (sort === 'trimmed') {
      literals.push('');
      fields.push({ name: '_', sort: 'blanks' });
    }
  }
  literals.push(template.slice(from));
  return { literals, fields, given };
}

/** The longest text that stands in every line of a shape. */
export function markOf(template: string): string {
  let longest = '';
  for (const literal of template.replace(givenMark, '').split(/…$|\{(?:_|[a-z]+)(?::[a-z]+)?\}/))
    if (literal.length > longest.length) longest = literal;
  return longest;
}

function isSort(word: string): word is FieldSort {
  return isStampSort(word) || isClass(word) || ['address', 'masked', 'plain', 'text', 'trimmed'].includes(word);
}

function isClass(word: string): word is ClassSort {
  return Object.hasOwn(classes, word);
}

function bitOf(sort: FieldSort): number {
  return isClass(sort) ? classes[sort] : 0;
}

/** Fields that need nothing behind them. */
function endsItself(sort: FieldSort): boolean {
  return isClass(sort) || isStampSort(sort) || sort === 'blanks' || sort === 'trimmed';
}

function endingOf(sort: FieldSort, next: string, isLast: boolean): Ending {
  if (isStampSort(sort)) return endings.stamp;
  if (sort === 'plain' || sort === 'blanks' || sort === 'trimmed') return endings[sort];
  if (sort === 'text') return isLast && next === '' ? endings.rest : endings.open;
  // What stands behind it may be a part of it.
  const isApart = next === '' || (classesOf(next.charCodeAt(0)) & bitOf(sort)) === 0;
  return bitOf(sort) > 0 && isApart ? endings.run : endings.open;
}

function fits(text: string, from: number, to: number, { sort, bit }: Field): boolean {
  if (sort === 'text') return true;
  if (to <= from) return false;
  if (bit === 0) return isAddressAt(text, from, to, sort === 'masked');
  for (let i = from; i < to; i++) if ((classesOf(text.charCodeAt(i)) & bit) === 0) return false;
  return true;
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
