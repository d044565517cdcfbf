/**
 * Numbers of a log: the one place where its text or JSON becomes a number, and the range that each kind of number has.
 * What is out of its range is no such number: it is unknown, and is in no sum.
 */
import { decimal } from './text.ts';

/** Largest number that is exact, and so still one of the log. */
const largest = Number.MAX_SAFE_INTEGER;
/** A file of a pebibyte: no server holds a larger one, and sums of such stay exact. */
const mostOctets = 2 ** 50;
/** A transfer, or the wait for a reply, lasts at most ten years, in ms. */
const longestMs = 10 * 366 * 86_400_000;

/** The number that a text is, written like `12` or `43020.37`; -1 if it is none, as `1e5`, `0x10`, ` 1` and `` are not. */
export function numberIn(text: string): number {
  return ranged(decimal(text, 0, text.length), largest);
}

/** A value of JSON: a number, also one written as a string; -1 for anything else. */
export function numberOf(value: unknown): number {
  if (typeof value === 'number') return ranged(value, largest);
  return typeof value === 'string' ? numberIn(value) : -1;
}

/** The number that hexadecimal digits write; -1 if they do not. */
export function hexIn(text: string): number {
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    const letter = c | 32;
    if (!((c >= 48 && c <= 57) || (letter >= 97 && letter <= 102))) return -1;
  }
  return text === '' || text.length > 8 ? -1 : Number.parseInt(text, 16);
}

/** Whole ms of seconds; -1 where there are none. */
export function msOfSeconds(seconds: number): number {
  return seconds >= 0 ? Math.round(seconds * 1000) : -1;
}

/** Ms that so many octets took at so many kibibytes a second; -1 where there is no such rate. */
export function msAtRate(octets: number, kibibytesPerSecond: number): number {
  return kibibytesPerSecond > 0 && octets >= 0 ? Math.round((octets / 1024 / kibibytesPerSecond) * 1000) : -1;
}

/** Octets of a file or transfer; -1 if it can be none. */
export function octetsOf(n: number): number {
  return ranged(n, mostOctets);
}

/** A duration in ms; -1 if it can be none. */
export function durationOf(ms: number): number {
  return ranged(ms, longestMs);
}

/** A port; 0 if it can be none. */
export function portOf(n: number): number {
  return n > 0 && n < 65_536 && Number.isInteger(n) ? n : 0;
}

/** A reply code, three digits; 0 if it can be none. */
export function codeOf(n: number): number {
  return n >= 100 && n <= 999 && Number.isInteger(n) ? n : 0;
}

function ranged(n: number, most: number): number {
  return n >= 0 && n <= most ? n : -1;
}
