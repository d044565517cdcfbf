/** Inputs in words, the same in all reports for people. */
import type { Aspect } from '../model.ts';
import type { Report, SourceRow } from '../report.ts';
import { counted, grouped } from './format.ts';

/** `syslog > proftpd-syslog, xferlog`: what the input was taken for, each format with what stands around its lines. */
export function formatText(source: SourceRow): string {
  if (source.dialects.length === 0) return 'no FTP format recognised';
  return [...new Set(source.dialects.map((d) => [...d.wrappers, d.id].join(' > ')))].join(', ');
}

/** `10 lines, 8 understood, 2 blank`: what became of the lines; the parts add up. */
export function countText({ lines, blank, noise, unparsed, understood }: SourceRow): string {
  const parts = [counted(lines, 'line'), `${grouped(understood)} understood`];
  if (noise > 0) parts.push(`${grouped(noise)} without FTP`);
  if (blank > 0) parts.push(`${grouped(blank)} blank`);
  if (unparsed > 0) parts.push(`${grouped(unparsed)} not understood`);
  return parts.join(', ');
}

/** Commands come last: a format without them may still state the effect of a few. */
const aspectWords: readonly (readonly [Aspect, string])[] = [
  ['replies', 'replies'],
  ['logins', 'logins'],
  ['transfers', 'transfers'],
  ['commands', 'most commands'],
];

/** `xferlog leaves out replies, logins and most commands`; '' if everything is told. */
export function lacksText({ dialects }: SourceRow): string {
  const partial = new Map(dialects.filter((d) => d.lacks.length > 0).map((d) => [d.id, d.lacks]));
  return [...partial].map(([id, lacks]) => `${id} leaves out ${aspectsText(lacks)}`).join('; ');
}

/** `replies, logins and most commands`. */
export function aspectsText(lacks: readonly Aspect[]): string {
  const words = aspectWords.filter(([aspect]) => lacks.includes(aspect)).map(([, word]) => word);
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** What the report says of records that can be read in more than one way. */
export function ambiguousText(n: number): string {
  return `${counted(n, 'record')} can be read in more than one way: nothing was taken from ${n === 1 ? 'it' : 'them'}`;
}

/** Why there is nothing to report; '' if there is. */
export function nothingText({ tally, sources }: Report): string {
  if (tally.understood > 0) return '';
  if (tally.lines > 0)
    return 'No FTP was found in the input. `ftplog dialects` lists the formats; --dialect ID reads it as one of them.';
  return sources.some((source) => source.error !== '') ? 'Nothing was read.' : 'Nothing was read: the input is empty.';
}
