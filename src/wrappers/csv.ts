/**
 * A conversation in a column of quoted fields, as loggers and exports write it. A field may go over several lines.
 *   "2026-01-05 12:09:08.684";"INFO";"FtpLoggingFilter";"SENT: 220 ready"
 *   "10:00:00","server","220 ready"
 *   "220 ready",
 */
import type { DecoderOptions, Envelope } from '../model.ts';
import { isVerb } from '../protocol/commands.ts';
import { replyCode } from '../protocol/reply-line.ts';
import { isDigit } from '../text.ts';
import { Clock } from '../timestamp.ts';
import { once, type Peel, type Peeled, type Wrapper, within } from './wrapper.ts';

const separators: ReadonlySet<string> = new Set([';', ',', '\t']);
/** Lines after which the column of the conversation no longer changes. */
const settled = 16;
const mostFields = 32;
/** Share of lines that must begin with a quotation mark. */
const mostQuoted = 0.6;

/** The fields of a line, without their quotes; `whole`: the last one is closed. Undefined for lines that are no such row. */
function fieldsOf(text: string): { readonly fields: readonly string[]; readonly whole: boolean } | undefined {
  const fields: string[] = [];
  let at = 0;
  while (at < text.length && fields.length < mostFields) {
    if (text.charAt(at) !== '"') return undefined;
    const end = closingQuote(text, at + 1);
    fields.push(plain(text.slice(at + 1, end < 0 ? text.length : end)));
    if (end < 0) return { fields, whole: false };
    at = end + 1;
    if (at < text.length && !separators.has(text.charAt(at))) return undefined;
    at++;
  }
  return { fields, whole: true };
}

/** Quotation marks within a field are doubled, or have a backslash in front. */
function plain(field: string): string {
  return field.replaceAll('""', '"').replaceAll('\\"', '"');
}

/** Index of the quote that closes the field, -1 if it goes on in the next line; two quotes are one of the text. */
function closingQuote(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    if (text.charCodeAt(i) === 92 && text.charCodeAt(i + 1) === 34) {
      i++;
      continue;
    }
    if (text.charCodeAt(i) !== 34) continue;
    if (text.charCodeAt(i + 1) !== 34 || separators.has(text.charAt(i + 2))) return i;
    i++;
  }
  return -1;
}

/** Whether a field may be what one of the parties said: a reply or a command, behind a label or not. */
function isSaid(field: string): boolean {
  const label = /^[A-Za-z<>-]{1,12}:? +/.exec(field)?.[0].length ?? 0;
  if (replyCode(field) > 0 || replyCode(field, label) > 0) return true;
  const [first = '', second = ''] = field.split(/:? +/, 2);
  return isVerb(first) || isVerb(second);
}

function open(options: DecoderOptions): Peel {
  const clock = new Clock(options);
  const votes = new Array<number>(mostFields).fill(0);
  let lines = 0;
  let column = -1;
  /** A field is open, of the column of the conversation or of another. */
  let inside = false;
  let time = Number.NaN;
  return (text: string, outer: Envelope): Peeled | 'noise' | undefined => {
    if (inside) {
      const end = closingQuote(text, 0);
      inside = end < 0;
      const rest = end < 0 ? text : text.slice(0, end);
      return rest === '' ? 'noise' : once(plain(rest), within(outer, time));
    }
    const row = fieldsOf(text);
    if (row === undefined || row.fields.length === 0) return undefined;
    const { fields, whole } = row;
    inside = !whole;
    if (lines++ < settled) {
      fields.forEach((field, i) => {
        if (isSaid(field)) votes[i] = (votes[i] ?? 0) + 1;
      });
      column = votes.indexOf(Math.max(...votes));
    }
    const said = fields[column];
    if (said === undefined || votes[column] === 0) return 'noise';
    time = stampOf(clock, fields);
    return once(said, within(outer, time));
  };
}

/** The time of the first field that begins with one. */
function stampOf(clock: Clock, fields: readonly string[]): number {
  for (const field of fields) {
    if (!isDigit(field, 0)) continue;
    const time = field.charCodeAt(2) === 58 ? clock.timeOfDay(field) : clock.iso(field);
    if (clock.end > 0) return time;
  }
  return Number.NaN;
}

export const csv: Wrapper = {
  id: 'csv',
  title: 'a conversation in a column of quoted fields',
  evidence: 'pasted',
  example: '"2026-01-05 12:09:08.684";"INFO";"FtpLoggingFilter";"SENT: 220 ready"',
  wears: (lines) => lines.filter((line) => line.startsWith('"')).length >= lines.length * mostQuoted,
  open,
};
