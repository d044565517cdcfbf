/** Attempts to log in: counted once, whoever states them, and given to the name that was asked for. */
import type { Connection, LoginCount, Siblings } from './connection.ts';

/** Counts in each half. Those that were asked for since the last change of halves are never forgotten in the middle of a login. */
const siblingLimit = 65_536;

export function siblings(): Siblings {
  return { recent: new Map(), older: new Map() };
}

/**
 * Where the processes of a session are only guessed, its witnesses may speak of neighbours: four connections of one
 * client guess a password, and a FAIL LOGIN is taken for the wrong one. There client and user count together.
 */
export function countsOf(c: Connection, ok: boolean, name: string): LoginCount {
  const before = ok ? c.passed : c.failed;
  // Mostly the next witness of the same login.
  if (before !== undefined && (c.siblings === undefined || before.name === name)) return before;
  const counts = c.siblings === undefined ? noLogins(name) : sharedCounts(c.siblings, c.client, ok, name);
  if (ok) c.passed = counts;
  else c.failed = counts;
  return counts;
}

function sharedCounts(shared: Siblings, client: string, ok: boolean, name: string): LoginCount {
  const key = `${ok ? '+' : '-'}${client}\n${name}`;
  const known = shared.recent.get(key);
  if (known !== undefined) return known;
  if (shared.recent.size >= siblingLimit) {
    shared.older = shared.recent;
    shared.recent = new Map();
  }
  const counts = shared.older.get(key) ?? noLogins(name);
  shared.recent.set(key, counts);
  return counts;
}

function noLogins(name: string): LoginCount {
  return { name, counted: 0, reply: 0, daemon: 0, authenticator: 0, summary: 0, client: 0 };
}

/** Names that were given with USER and wait for their PASS, at most. */
const waitingNames = 16;

/** Connections of one client that the log does not tell apart ask for several names before the first PASS. */
export function asks(c: Connection, name: string): void {
  if (c.names === undefined) c.names = [];
  else if (c.names.length >= waitingNames) c.names.shift();
  c.names.push(name);
}

/** Whose PASS it is: the user the log names, else who asked first. */
export function answered(names: string[], last: string, named: string): string {
  const at = Math.max(0, names.indexOf(named));
  return names.splice(at, 1)[0] ?? last;
}
