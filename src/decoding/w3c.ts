/**
 * W3C extended logs of FTP services: columns by `#Fields:`, wherever it stands and whenever it changes; without it they
 * are learned from a line. UTC; `-` is empty, a blank is written as `+`.
 */

import { isVerb } from '../protocol/commands.ts';
import { digits, isDigit } from '../text.ts';
import { Row } from './row.ts';

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

/** The values of the line read last. */
export class W3cRow extends Row {
  #learned: Columns | undefined;
  /** Index of the line's first plus; -1 if it has none. */
  #plus = -1;

  /** Parts a line at its blanks, or at its TABs. */
  take(text: string): void {
    this.read(text, text.charCodeAt(10) === 9 ? '\t' : ' ');
    this.#plus = text.indexOf('+');
  }

  /** The value, `-` as nothing, `+` as blank. */
  value(column: number): string {
    if (this.isNothing(column)) return '';
    const { text } = this;
    const value = text.slice(this.start(column), this.end(column));
    return this.#plus >= 0 && value.includes('+') ? value.replaceAll('+', ' ') : value;
  }

  /** The reply code in a column; 0 if there is none. */
  code(column: number): number {
    const code = this.number(column);
    return code >= 100 && code <= 999 ? code : 0;
  }

  /** The columns of this line: those of the head, or what stands in it; undefined if it is not of FTP. */
  columns(head: Columns | undefined): Columns | undefined {
    if (head?.count === this.count) return head;
    const last = this.#learned;
    if (last?.count === this.count && isMethod(this.raw(last.method)) && !this.isNothing(last.client)) return last;
    this.#learned = learned(Array.from({ length: this.count }, (_, i) => this.raw(i)));
    return this.#learned;
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
