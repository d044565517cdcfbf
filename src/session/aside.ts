/**
 * Connections that one client has at the same time, in a log that names users and no connections (an ExtendedLog without
 * process numbers): lines without a user are those of a connection that logs in, the others bear a name. Which of two that
 * are logged in as one user a line belongs to, no log of this kind tells.
 */
import type { Event } from '../model.ts';
import { isDated } from '../timestamp.ts';
import type { Connection, SessionKey } from './connection.ts';
import { keep, type Scope } from './identity.ts';

/** Silence after which lines of the same peer are another session, where nothing else parts them. */
const peerSilenceMs = 15 * 60_000;
/** Log time by which a line may be older than the one before, as processes write at the same time. */
const jumpBackMs = 5_000;
/** Connections of a client that are looked through. */
const mostAside = 16;

/** What a report says of such a log. */
export const parallelNote =
  'a log names no connections, and a client had several at once: which of them a command belongs to may be wrong there';

/** Too late for this session; or too early, where excerpts were put together: no session goes back in time. */
export function isOutOfTime(c: Connection, time: number): boolean {
  if (time - c.lastTime > peerSilenceMs) return true;
  return c.lastTime - time > jumpBackMs && isDated(c.lastTime) === isDated(time);
}

/** Whether a session may go on when this line begins another under its key. */
export function mayGoOnAside(c: Connection, event: Event): boolean {
  return c.namedByLog && !c.lingering && !isOutOfTime(c, event.time) && (event.verb !== 'PASS' || event.code === 230);
}

/** Keeps a session under a key that no line has. */
export function setAside(s: Scope, c: Connection): void {
  s.open.delete(c.mapKey);
  keep(s, `${c.mapKey}\n${c.id}`, c);
  let last = c;
  for (let n = 1; last.aside !== undefined && n < mostAside; n++) last = last.aside;
  last.aside = undefined;
}

/** Which session set aside behind `c` a line speaks for, if it is none of `c`. */
export function findAside(c: Connection, event: Event): Connection | undefined {
  const { user } = event;
  if (user === '' || event.verb === 'PASS' || event.verb === 'USER') return undefined;
  if (c.loggedIn && !c.lingering && isUserOf(c, user)) return undefined;
  for (let one = c.aside; one !== undefined; one = one.aside)
    if (!one.finished && !one.lingering && isUserOf(one, user) && !isOutOfTime(one, event.time)) return one;
  return undefined;
}

/** A session that was set aside behind `c`, which is over, gets the key back. */
export function comeBack(s: Scope, key: SessionKey, one: Connection, c: Connection): void {
  let before = c;
  while (before.aside !== undefined && before.aside !== one) before = before.aside;
  before.aside = one.aside;
  one.aside = c.aside;
  s.open.delete(one.mapKey);
  keep(s, key, one);
}

function isUserOf(c: Connection, user: string): boolean {
  return c.user === user || c.account === user;
}
