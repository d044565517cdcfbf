/** String helpers with no meaning of their own. */
import { isPlainAscii, replaceHidden } from './hidden.ts';

let asked = 0;

/**
 * A copy that does not keep the chunk it was cut from alive. V8 cuts strings of 13 characters or more as views: 2,000
 * kept views held 135 MB of chunks, as copies 4 MB. Two parts joined are written out as one when a character is asked
 * for; a map finds and compares such a string in half the time of one cut out of a longer.
 */
export function own(text: string): string {
  if (text.length < 13) return text;
  const last = text.length - 1;
  const copy = text.slice(0, last) + text.charAt(last);
  asked = copy.charCodeAt(0);
  return asked < 0 ? text : copy;
}

const internLimit = 65_536;

/**
 * One string object for equal texts of a kind (clients, users), so that maps keyed by them compare objects and not
 * characters. A memory of a pure function: it forgets all when it is full.
 */
export function interner(make: (text: string) => string = own): (text: string) => string {
  const known = new Map<string, string>();
  return (text: string): string => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const made = make(text);
    if (known.size >= internLimit) known.clear();
    known.set(own(text), made);
    return made;
  };
}

/** At most `limit` characters, and no half of a surrogate pair at the end. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const last = text.charCodeAt(limit - 1);
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? limit - 1 : limit);
}

/** True if the character at `at` is an ASCII digit. */
export function isDigit(text: string, at: number): boolean {
  // Behind the end `charCodeAt` is no number, and V8 compiles it anew, slower.
  if (at >= text.length) return false;
  const c = text.charCodeAt(at);
  return c >= 48 && c <= 57;
}

/** Stands for every number that is too large to be exact. */
const tooLarge = 2 ** 53;

/**
 * The number written in decimal digits from `from` (inclusive) to `to` (exclusive); -1 if anything else stands there. At
 * most 2^53, whatever stands there: that one is in no range of `number.ts`.
 */
export function digits(text: string, from: number, to: number): number {
  if (to <= from || to > text.length) return -1;
  let value = 0;
  for (let i = from; i < to; i++) {
    const c = text.charCodeAt(i) - 48;
    if (c < 0 || c > 9) return -1;
    value = value * 10 + c;
  }
  return value < tooLarge ? value : tooLarge;
}

/** Digits behind the point that a number keeps. */
const keptPlaces = 15;

/** The number written like `43020.37` from `from` (inclusive) to `to` (exclusive); -1 if anything else stands there. */
export function decimal(text: string, from: number, to: number): number {
  const point = text.indexOf('.', from);
  if (point < 0 || point >= to) return digits(text, from, to);
  const whole = digits(text, from, point);
  const end = Math.min(to, point + 1 + keptPlaces);
  const fraction = digits(text, point + 1, end);
  return whole < 0 || fraction < 0 || skipDigits(text, end) < to ? -1 : whole + fraction / 10 ** (end - point - 1);
}

/** Index of the first character from `from` on that is not a digit. */
export function skipDigits(text: string, from: number): number {
  let i = from;
  while (i < text.length && isDigit(text, i)) i++;
  return i;
}

/** Index of the first character from `from` on that is neither a blank nor a tab. */
export function skipBlanks(text: string, from: number): number {
  let i = from;
  for (; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c !== 32 && c !== 9) break;
  }
  return i;
}

/** True if every character is a blank or a control character. */
export function isBlank(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 32) return false;
  return true;
}

/**
 * Characters that show nothing (`hidden.ts`) as visible escapes (`\n`, `\x1b`, `\u202e`, `\u{e0069}`), so that text from
 * a log can do nothing to a terminal and tells a reader, or a program that reads for one, nothing unseen.
 */
export function printable(text: string): string {
  return isPlainAscii(text) ? text : replaceHidden(text, escaped);
}

function escaped(character: string): string {
  const c = character.codePointAt(0) ?? 0;
  if (c === 9) return '\\t';
  if (c === 10) return '\\n';
  if (c === 13) return '\\r';
  if (c < 0x100) return `\\x${c.toString(16).padStart(2, '0')}`;
  return c < 0x10000 ? `\\u${c.toString(16).padStart(4, '0')}` : `\\u{${c.toString(16)}}`;
}

/** Lone surrogates replaced by U+FFFD: valid in UTF-8 and in JSON. */
export function wellFormed(text: string): string {
  return text.isWellFormed() ? text : text.toWellFormed();
}

/** Orders strings by UTF-16 units, the same on every machine. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** 32-bit FNV-1a over UTF-16 units: a hash with no secret, the same on every machine. */
export function hash32(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

/**
 * Paths as short as they can be told apart: the base name, with as many folders in front as it takes. `a/s.log` and
 * `b/s.log` stay as they are, `a/s.log` alone is `s.log`.
 */
export function shortestNames(paths: Iterable<string>): ReadonlyMap<string, string> {
  const short = new Map<string, string>();
  let open = new Set(paths);
  for (let depth = 1; open.size > 0; depth++) {
    const users = new Map<string, string[]>();
    for (const path of open) {
      const name = lastParts(path, depth);
      const list = users.get(name);
      if (list === undefined) users.set(name, [path]);
      else list.push(path);
    }
    open = new Set();
    for (const [name, list] of users) {
      if (list.length === 1) short.set(list[0] as string, name);
      else
        for (const path of list) {
          if (name === path) short.set(path, name);
          else open.add(path);
        }
    }
  }
  return short;
}

/** The last `n` parts of a path, or all of it. */
function lastParts(path: string, n: number): string {
  let at = path.length;
  for (let i = 0; i < n && at >= 0; i++) at = path.lastIndexOf('/', at - 1);
  return at <= 0 ? path : path.slice(at + 1);
}
