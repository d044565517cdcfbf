/** Default bounds; each reached one is counted in the tally. */
import type { Limits, Tally } from './model.ts';

export const defaultLimits: Limits = {
  lineOctets: 65_536,
  textChars: 4096,
  pendingCommands: 20,
  waitingChars: 32 * 1024 * 1024,
  liveSessions: 1_048_576,
  distinctKeys: 50_000,
  idleMs: 24 * 60 * 60_000,
};

export function emptyTally(): Tally {
  return {
    lines: 0,
    blank: 0,
    noise: 0,
    unparsed: 0,
    understood: 0,
    bytes: 0,
    clippedLines: 0,
    clippedTexts: 0,
    droppedCommands: 0,
    evictedSessions: 0,
    ambiguous: 0,
  };
}

export function mergeTally(into: Tally, from: Readonly<Tally>): void {
  for (const key of Object.keys(into) as (keyof Tally)[]) into[key] += from[key];
}

/** Rows per table that may be asked for. */
export const topRange = { least: 0, most: 1_000_000 } as const;

/** Years of the first line that may be asked for. */
export const yearRange = { least: 1970, most: 9999 } as const;

/** Rows per table of what programs read, unless somebody asks for another number: complete for all but the largest logs. */
export const completeRows = 10_000;
