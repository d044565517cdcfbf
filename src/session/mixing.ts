/**
 * Whether several connections speak in one log that does not tell them apart. Nothing can part their lines then: a reply may
 * be for anybody, and the report says so.
 */
import type { Exchange } from '../model.ts';
import { deviations } from '../protocol/deviations.ts';
import { parallelNote } from './aside.ts';
import type { Connection } from './connection.ts';
import type { Context } from './context.ts';
import type { Scope } from './identity.ts';

const mixedNote =
  'the lines of several connections are mixed in a log: pairs of commands and replies may be wrong there';

/** Departures that show it where another connection may go on. */
const signs = deviations.unexpectedReply | deviations.unexpectedCode | deviations.resynchronised;

/** Another connection of the client speaks in between. From here on a reply may be for anybody. */
export function markMixed(c: Connection, context: Context): void {
  c.mixed = true;
  c.serial = false;
  context.note(mixedNote);
}

/** The client had several connections at once, and the log names none. */
export function markParallel(c: Connection, context: Context): void {
  if (!c.mixed) context.note(parallelNote);
  c.mixed = true;
}

/** A client's connection that has neither ended nor said QUIT: its next lines may come among those of another. */
export function mayGoOn(s: Scope, c: Connection): boolean {
  return s.manners.client && c.end === '' && !c.lingering && !c.sawQuit && c.replies > 0;
}

/**
 * What tells that two connections speak in one log: two were announced and both were greeted, or the one before had no end
 * and a reply comes that nobody asked for, or that cannot be.
 */
export function isSignOfMixing(c: Connection, x: Exchange): boolean {
  if (!x.asked && x.code === 220 && c.announced > 1 && c.replies > 1 && c.commands === 0) return true;
  return c.suspect && (x.deviations & signs) !== 0;
}
