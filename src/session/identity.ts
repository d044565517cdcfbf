/**
 * Which open session a line belongs to. Logs differ more here than anywhere else: a number, an address, a process that
 * changes at login, or nothing but the order of the lines.
 */
import type { Event, Identity, Lacks, Side } from '../model.ts';
import { digits, own } from '../text.ts';
import type { Connection, SessionKey, Shown, Siblings } from './connection.ts';
import { isAnonymous, noneShown } from './connection.ts';
import { siblings } from './logins.ts';
import type { Names } from './names.ts';

/** What is known of the programs that speak in a log. */
export interface Manners {
  readonly serial: boolean;
  readonly duplex: boolean;
  /** A client wrote it: it says when it connects, perhaps while another connection is open. */
  readonly client: boolean;
}

/** The open sessions of one log (or of one log over several rotated files). */
export interface Scope {
  readonly dialect: string;
  /** That wrote it; '' if it is not known. */
  readonly host: string;
  readonly identity: Identity;
  readonly side: Side;
  /** What no log in this dialect tells. */
  readonly lacks: Lacks;
  readonly manners: Manners;
  readonly names: Names;
  /** What was seen in the current source. */
  shown: Shown;
  readonly open: Map<SessionKey, Connection>;
  readonly handover: Handover;
  /** Latest time of a line. */
  newest: number;
  /** When idle sessions were last looked for. */
  swept: number;
  /** Last key and its session: neighbouring lines mostly belong together. */
  lastKey: SessionKey;
  last: Connection | undefined;
}

export function scope(
  dialect: string,
  identity: Identity,
  side: Side,
  lacks: Lacks,
  manners: Manners,
  host: string,
  names: Names,
): Scope {
  return {
    dialect,
    host,
    manners,
    names,
    side,
    lacks,
    shown: noneShown(),
    identity,
    open: new Map(),
    handover: { waiting: new Map(), granted: new Map(), logins: siblings() },
    newest: Number.NEGATIVE_INFINITY,
    swept: Number.NEGATIVE_INFINITY,
    lastKey: '\n',
    last: undefined,
  };
}

/** The key under which an event's session is kept. */
export function keyOf(s: Scope, event: Event): SessionKey {
  if (s.identity === 'order') return '';
  if (s.identity === 'peer') return event.session !== '' ? event.session : event.peer;
  return numeric(event.session);
}

/**
 * Process numbers, as most logs have them, as numbers of nine digits at most: {@link loginTarget} looks for those near
 * by. What is no such number stays a text, has no neighbours, and is in no arithmetic.
 */
function numeric(text: string): SessionKey {
  const first = text.charCodeAt(0);
  if (text.length > 9 || (first === 48 && text.length > 1)) return text;
  const n = digits(text, 0, text.length);
  return n < 0 ? text : n;
}

export function find(s: Scope, key: SessionKey): Connection | undefined {
  if (key === s.lastKey) return s.last;
  const found = s.open.get(key);
  if (found !== undefined) {
    s.lastKey = found.mapKey;
    s.last = found;
  }
  return found;
}

export function keep(s: Scope, key: SessionKey, c: Connection): void {
  const kept = typeof key === 'string' ? own(key) : key;
  c.mapKey = kept;
  s.open.set(kept, c);
  s.lastKey = kept;
  s.last = c;
}

/** Forgets a session, if its key is still its own. */
export function forget(s: Scope, c: Connection): void {
  if (s.open.get(c.mapKey) === c) s.open.delete(c.mapKey);
  if (s.last === c) {
    s.last = undefined;
    s.lastKey = '\n';
  }
}

/**
 * vsftpd logs CONNECT, USER and PASS from the process before login, `OK LOGIN` from its parent, and all that follows from
 * a third process (seen in vsftpd 3.0.3). The parent's number is near below the first one, mostly but not always by one.
 * `waiting`: sessions before login, `granted`: sessions whose login was stated and whose third process has not been seen,
 * both by client; the user must agree where both are known.
 */
export interface Handover {
  readonly waiting: Held;
  readonly granted: Held;
  readonly logins: Siblings;
}

/** Sessions by client: mostly one, else in the order in which they came. */
type Held = Map<string, Connection | Set<Connection>>;

/** Numbers above the parent's in which its child is looked for. */
const nearest = 16;
/**
 * Guessing tools leave thousands that never log in, and logs without commands thousands that do nothing after it: so many
 * of the latest of a client are looked through.
 */
const heldPerClient = 256;

/** A session before login may be handed over later. */
export function awaitLogin(s: Scope, c: Connection): void {
  c.awaitsLogin = true;
  hold(s.handover.waiting, c);
}

/** Adds a session to those of its client; the oldest goes if there are too many. */
function hold(held: Held, c: Connection): void {
  const ofClient = held.get(c.client);
  if (ofClient === undefined) held.set(c.client, c);
  else if (!(ofClient instanceof Set)) held.set(c.client, new Set<Connection>().add(ofClient).add(c));
  else {
    ofClient.add(c);
    if (ofClient.size > heldPerClient) ofClient.delete(firstOf(ofClient));
  }
}

function firstOf(all: ReadonlySet<Connection>): Connection {
  return all.values().next().value as Connection;
}

/** Those of a client, the oldest first. */
function heldOf(held: Held, client: string): Iterable<Connection> {
  const ofClient = held.get(client);
  if (ofClient === undefined) return none;
  return ofClient instanceof Set ? ofClient : [ofClient];
}

/** No login will follow (it failed for good, ended, or was handed over). */
export function noLonger(s: Scope, c: Connection): void {
  c.awaitsLogin = false;
  remove(s.handover.waiting, c);
  remove(s.handover.granted, c);
}

function remove(held: Held, c: Connection): void {
  if (held.size === 0) return;
  const ofClient = held.get(c.client);
  if (ofClient === c) held.delete(c.client);
  else if (ofClient instanceof Set && ofClient.delete(c) && ofClient.size === 0) held.delete(c.client);
}

/** The session that a login line of the parent process is about. */
export function loginTarget(s: Scope, event: Event): Connection | undefined {
  const client = s.names.client(event.peer);
  const key = numeric(event.session);
  const parent = typeof key === 'number' ? key : Number.NaN;
  // Mostly the next number. Where one client has thousands of connections, nothing else tells them apart.
  for (let number = parent + 1; number <= parent + nearest; number++) {
    const next = s.open.get(number);
    if (next?.awaitsLogin !== true || next.client !== client || !sameUser(next, event.user)) continue;
    if (number === parent + 1 || next.queue[0]?.verb === 'PASS') return next;
  }
  let chosen: Connection | undefined;
  let chosenDistance = Number.POSITIVE_INFINITY;
  for (const c of heldOf(s.handover.waiting, client)) {
    if (!sameUser(c, event.user)) continue;
    const asked = c.queue[0]?.verb === 'PASS' ? 0 : 1e9;
    const above = typeof c.mapKey === 'number' ? c.mapKey - parent : Number.NaN;
    // What has no number is no nearer than the farthest number.
    const distance = asked + (above > 0 ? above : above <= 0 ? 5e8 - above : 2e9);
    if (distance >= chosenDistance) continue;
    chosen = c;
    chosenDistance = distance;
  }
  return chosen;
}

/** The login of this session was stated: its third process comes next. */
export function grant(s: Scope, c: Connection): void {
  c.awaitsLogin = false;
  remove(s.handover.waiting, c);
  hold(s.handover.granted, c);
}

/** A line of an unknown process: the oldest session of this client and user whose login was granted, now under a new key. */
export function adopt(s: Scope, event: Event, key: SessionKey): Connection | undefined {
  for (const found of heldOf(s.handover.granted, s.names.client(event.peer))) {
    if (!sameUser(found, event.user)) continue;
    remove(s.handover.granted, found);
    forget(s, found);
    keep(s, key, found);
    return found;
  }
  return undefined;
}

const none: readonly Connection[] = [];

function sameUser(c: Connection, user: string): boolean {
  return user === '' || c.userGiven === '' || c.userGiven === user || (user === 'ftp' && isAnonymous(c.userGiven));
}
