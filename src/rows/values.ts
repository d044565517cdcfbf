/** Values of rows: what is absent is null, strings are valid UTF-8, times are ISO 8601 UTC, null without a date. */
import { about, optional, text } from '../shapes.ts';
import { wellFormed } from '../text.ts';
import { isDated, isoText } from '../timestamp.ts';

export function textOrNull(text: string): string | null {
  return text === '' ? null : wellFormed(text);
}

export function timeOrNull(time: number): string | null {
  return isDated(time) ? isoText(time) : null;
}

/** A count; null for a zero that the log could not tell. */
export function toldOrNull(n: number, lacking: boolean): number | null {
  return n === 0 && lacking ? null : n;
}

/** Octets of `transfers`, of which `unsized` have no size in the log; null if none has, or if it tells of no transfers. */
export function octetsOrNull(octets: number, transfers: number, unsized: number, lacking: boolean): number | null {
  return transfers > 0 ? (unsized === transfers ? null : octets) : toldOrNull(0, lacking);
}

/** Whole milliseconds or octets; null below zero or unknown. */
export function countOrNull(n: number): number | null {
  return n >= 0 ? Math.round(n) : null;
}

export const corroborated = optional(
  about(
    'Session in which another log told it before, and in which it is counted. Absent where it is told for the first time.',
    text,
  ),
);

/** The mark of a row that another log told before, in that session; none for ''. */
export function corroboration(session: string): { readonly corroborates?: string } {
  return session === '' ? {} : { corroborates: session };
}
