/**
 * Octets of a source as one-byte characters, the form that is fastest to split, and back to text line by line: logs mix
 * UTF-8 and Latin-1 names, and a wrong byte must cost one line at most.
 */
import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';

/** How the octets of a source are to be taken. */
export type Encoding = 'utf8' | 'utf16le' | 'utf16be';

/** Octets that {@link sniff} looks at. */
export const sniffOctets = 64;

/** UTF-16 by its mark, or by a NUL beside every ASCII character; octets to skip for the mark. */
export function sniff(first: Buffer): { readonly encoding: Encoding; readonly skip: number } {
  if (first.length >= 2 && first[0] === 0xff && first[1] === 0xfe) return { encoding: 'utf16le', skip: 2 };
  if (first.length >= 2 && first[0] === 0xfe && first[1] === 0xff) return { encoding: 'utf16be', skip: 2 };
  if (first[0] === 0xef && first[1] === 0xbb && first[2] === 0xbf) return { encoding: 'utf8', skip: 3 };
  const head = first.subarray(0, sniffOctets);
  let even = 0;
  let odd = 0;
  for (let i = 0; i < head.length; i++) if (head[i] === 0) i % 2 === 0 ? even++ : odd++;
  const half = head.length / 2;
  if (head.length >= 8 && odd > half * 0.8 && even === 0) return { encoding: 'utf16le', skip: 0 };
  if (head.length >= 8 && even > half * 0.8 && odd === 0) return { encoding: 'utf16be', skip: 0 };
  return { encoding: 'utf8', skip: 0 };
}

/** UTF-16 octets to UTF-8 octets, over chunk borders. */
export class Utf16 {
  readonly #decoder: TextDecoder;

  constructor(encoding: Encoding) {
    this.#decoder = new TextDecoder(encoding === 'utf16be' ? 'utf-16be' : 'utf-16le');
  }

  take(chunk: Buffer): Buffer {
    return Buffer.from(this.#decoder.decode(chunk, { stream: true }), 'utf8');
  }

  end(): Buffer {
    return Buffer.from(this.#decoder.decode(), 'utf8');
  }
}

/** A line of one-byte characters as text: UTF-8 if it is that, Latin-1 otherwise. */
export function lineText(latin1: string): string {
  for (let i = 0; i < latin1.length; i++) {
    if (latin1.charCodeAt(i) < 0x80) continue;
    const octets = Buffer.from(latin1, 'latin1');
    return isUtf8(octets) ? octets.toString('utf8') : latin1;
  }
  return latin1;
}

/**
 * Takes line ends and padding off: CR (one or more) and NUL at the end, NUL in front, and what a progress meter wrote
 * before it returned to the start of the line. Any other CR inside a line is data and stays.
 */
export function tidy(line: string): string {
  let end = line.length;
  while (end > 0 && isPadding(line.charCodeAt(end - 1))) end--;
  let start = 0;
  while (start < end && line.charCodeAt(start) === 0) start++;
  for (
    let back = line.indexOf('\r', start);
    back >= 0 && back < end && isMeter(line, start, back);
    back = line.indexOf('\r', start)
  )
    start = back + 1;
  return start === 0 && end === line.length ? line : line.slice(start, end);
}

function isPadding(c: number): boolean {
  return c === 13 || c === 0;
}

const meterMarks = '0123456789 %:.,-*#=>|[]()/kKMGTBbs\t+';
const paddedStatus = '        ';

/** Only figures and marks, or a status text padded with blanks: to be overwritten, not to be read. */
function isMeter(line: string, from: number, to: number): boolean {
  if (to - from >= paddedStatus.length && line.startsWith(paddedStatus, to - paddedStatus.length)) return true;
  for (let i = from; i < to; i++) if (!meterMarks.includes(line.charAt(i))) return false;
  return true;
}
