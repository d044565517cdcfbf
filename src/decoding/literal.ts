/** String literals as `repr` of Python and `util.inspect` of Node print them. */
import { hexIn } from '../number.ts';

export interface Literal {
  readonly value: string;
  /** Index behind the closing quote. */
  readonly end: number;
}

const backslash = 92;

/** The literal at `at`: `'…'`, `"…"`, `` `…` ``, also `b'…'` and `u'…'`; undefined if none stands there. */
export function literalAt(text: string, at: number): Literal | undefined {
  const prefix = text.charCodeAt(at);
  const start = prefix === 98 || prefix === 117 ? at + 1 : at;
  const quote = text.charCodeAt(start);
  if (quote !== 39 && quote !== 34 && quote !== 96) return undefined;
  let close = text.indexOf(text.charAt(start), start + 1);
  if (close < 0) close = text.length;
  const slash = text.indexOf('\\', start + 1);
  if (slash < 0 || slash > close) return { value: text.slice(start + 1, close), end: close + 1 };
  return unescaped(text, start + 1, quote);
}

function unescaped(text: string, from: number, quote: number): Literal {
  let value = '';
  let done = from;
  let octets = false;
  let i = from;
  while (i < text.length) {
    const c = text.charCodeAt(i);
    if (c === quote) break;
    if (c !== backslash) {
      i++;
      continue;
    }
    value += text.slice(done, i);
    const kind = text.charCodeAt(i + 1);
    const width = kind === 120 ? 2 : kind === 117 ? 4 : kind === 85 ? 8 : 0;
    const point = width === 0 ? simple(kind) : hexIn(text.slice(i + 2, i + 2 + width));
    if (point >= 0 && point <= 0x10ffff) value += String.fromCodePoint(point);
    if (width === 2 && point >= 0x80) octets = true;
    i += 2 + width;
    done = i;
  }
  value += text.slice(done, i);
  return { value: octets ? fromOctets(value) : value, end: i + 1 };
}

function simple(kind: number): number {
  if (kind === 110) return 10;
  if (kind === 114) return 13;
  if (kind === 116) return 9;
  if (kind === 98) return 8;
  if (kind === 102) return 12;
  if (kind === 118) return 11;
  if (kind === 48) return 0;
  return Number.isNaN(kind) ? -1 : kind;
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** Text whose characters are octets of UTF-8 (Python 2, Node's `binary`), as what it means; unchanged if it is not that. */
export function fromOctets(text: string): string {
  const octets = new Uint8Array(text.length);
  let ascii = true;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c > 0xff) return text;
    if (c > 0x7f) ascii = false;
    octets[i] = c;
  }
  if (ascii) return text;
  const decoded = utf8.decode(octets);
  // Octets that are no UTF-8 become U+FFFD, unless they are that character.
  return decoded.includes('\ufffd') && !text.includes('\xef\xbf\xbd') ? text : decoded;
}
