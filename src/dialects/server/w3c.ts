/**
 * W3C extended logs of FTP services: columns by `#Fields:`, wherever it stands and whenever it changes; without it they
 * are learned from a line. UTC; `-` is empty, a blank is written as `+`.
 */

import { isVerb } from '../../protocol/commands.ts';
import { digits, isDigit } from '../../text.ts';

/** Where the columns are; -1 for those a log does not have. */
export interface Columns {
  readonly date: number;
  readonly time: number;
  readonly client: number;
  readonly clientPort: number;
  readonly user: number;
  readonly method: number;
  readonly stem: number;
  readonly status: number;
  readonly sent: number;
  readonly received: number;
  readonly taken: number;
  readonly session: number;
  readonly count: number;
}

/** The columns that a `#Fields:` line names. */
export function columnsOf(header: string): Columns {
  const names = header
    .slice(header.indexOf(':') + 1)
    .trim()
    .split(/\s+/);
  const of = (...wanted: readonly string[]): number => names.findIndex((name) => wanted.includes(name));
  return {
    date: of('date'),
    time: of('time'),
    client: of('c-ip'),
    clientPort: of('c-port'),
    user: of('cs-username'),
    method: of('cs-method'),
    stem: of('cs-uri-stem', 'cs-uri'),
    status: of('sc-status'),
    sent: of('sc-bytes'),
    received: of('cs-bytes'),
    taken: of('time-taken'),
    session: of('x-session', 'x-session-id', 'x-sessionid', 'cs-session', 's-session', 'session'),
    count: names.length,
  };
}

const mostColumns = 64;
const minus = 45;
const plus = 43;

/** The values of the line read last, cut out when they are asked for. */
export class Row {
  count = 0;
  #text = '';
  /** Where each value begins; one more for the end. */
  readonly #starts = new Int32Array(mostColumns + 1);

  read(text: string): void {
    const starts = this.#starts;
    this.#text = text;
    const mark = text.charCodeAt(10) === 9 ? '\t' : ' ';
    let n = 0;
    let from = 0;
    while (n < mostColumns) {
      starts[n++] = from;
      const end = text.indexOf(mark, from);
      if (end < 0) break;
      from = end + 1;
    }
    starts[n] = text.length + 1;
    this.count = n;
  }

  /** As it stands there; '' where there is no such column. */
  raw(column: number): string {
    if (column < 0 || column >= this.count) return '';
    return this.#text.slice(this.#starts[column], (this.#starts[column + 1] as number) - 1);
  }

  /** The value, `-` as nothing, `+` as blank. */
  value(column: number): string {
    if (column < 0 || column >= this.count) return '';
    const from = this.#starts[column] as number;
    const to = (this.#starts[column + 1] as number) - 1;
    if (to === from || (to === from + 1 && this.#text.charCodeAt(from) === minus)) return '';
    const value = this.#text.slice(from, to);
    for (let i = from; i < to; i++) if (this.#text.charCodeAt(i) === plus) return value.replaceAll('+', ' ');
    return value;
  }

  /** The number in a column; -1 if there is none. */
  number(column: number): number {
    if (column < 0 || column >= this.count) return -1;
    return digits(this.#text, this.#starts[column] as number, (this.#starts[column + 1] as number) - 1);
  }

  /** The reply code in a column; 0 if there is none. */
  code(column: number): number {
    const code = this.number(column);
    return code >= 100 && code <= 999 ? code : 0;
  }

  /** The columns of this line without header, from what stands in them; undefined if it is not of FTP. */
  learned(): Columns | undefined {
    return learned(Array.from({ length: this.count }, (_, i) => this.raw(i)));
  }
}

/** The columns of a line without header, from what stands in them; undefined if it is not of FTP. */
export function learned(values: readonly string[]): Columns | undefined {
  // A user or a host may be called HOST: a verb counts only with a status behind it.
  const method = values.findIndex((value, i) => i >= 2 && isMethod(value) && statusAfter(values, i) >= 0);
  const status = method < 0 ? -1 : statusAfter(values, method);
  const client = values.findIndex((value, i) => i < method && isAddress(value));
  if (status < 0 || client < 0) return undefined;
  return {
    date: isDate(values[0] ?? '') ? 0 : -1,
    time: isDate(values[0] ?? '') ? 1 : 0,
    client,
    clientPort: -1,
    user: client + 1 < method ? client + 1 : -1,
    method,
    stem: method + 1,
    status,
    sent: -1,
    received: -1,
    taken: -1,
    session: values.findIndex(isUuid),
    count: values.length,
  };
}

/** A verb, `[12]VERB`, or what IIS notes of channels. */
export function isMethod(value: string): boolean {
  if (value.endsWith('ChannelOpened') || value.endsWith('ChannelClosed')) return true;
  if (value.charCodeAt(0) === 91 && value.charCodeAt(value.length - 1) !== 93) return isDigit(value, 1);
  return value.length >= 3 && value.length <= 5 && isVerb(value) && value === value.toUpperCase();
}

/** The first value of three digits behind stem and query; the one behind the stem where there is none. */
function statusAfter(values: readonly string[], method: number): number {
  for (let i = method + 2; i < values.length && i < method + 5; i++) {
    const value = values[i] ?? '';
    if (value.length === 3 && digits(value, 0, 3) >= 100) return i;
  }
  return values[method + 2] === '-' ? method + 2 : -1;
}

function isDate(value: string): boolean {
  return value.length === 10 && value.charCodeAt(4) === 45 && value.charCodeAt(7) === 45;
}

function isAddress(value: string): boolean {
  if (isDate(value) || value.length < 7) return false;
  const dots = value.split('.').length === 4 && isDigit(value, 0);
  return dots || (value.split(':').length > 3 && !value.includes('.'));
}

function isUuid(value: string): boolean {
  return (
    value.length === 36 && value.charCodeAt(8) === 45 && value.charCodeAt(13) === 45 && value.charCodeAt(23) === 45
  );
}
