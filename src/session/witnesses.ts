/**
 * What each log told, kept to be found again when another log tells it: sessions, and the logins, transfers and changes
 * in them. Bounded, and plain data.
 */
import type { Exchange } from '../model.ts';
import { hexIn } from '../number.ts';
import { hash32 } from '../text.ts';

/** A session as logs are compared by it. */
export interface Witness {
  /** Number among those that are kept; -1 if it is not. */
  at: number;
  /** Id of the session that is counted for this connection. */
  readonly id: string;
  readonly source: number;
  /** Number of its log: what one source tells in one dialect of one host. */
  readonly log: number;
  /** Its dialect, apart for layouts of it that name connections and those that do not. */
  readonly form: string;
  /** Who writes the format; '' for formats that many write. */
  readonly program: string;
  readonly side: string;
  /** The log has no words for connections: its sessions are guessed from silence. */
  readonly guessed: boolean;
  /** Where its log was written, and the server that the log names; '' if nothing says so. */
  readonly host: string;
  readonly server: string;
  client: string;
  readonly port: number;
  readonly key: string;
  /** ms since the epoch; without a date {@link undatedBeginning}. */
  readonly opened: number;
  closed: number;
  lastLine: number;
  /** Its log is a copy of that of the session that was told first. */
  copied: boolean;
  /** The user who was named first in it; '' until then. */
  user: string;
  /** What a copy tells before it names a user: it is not known yet whose it is. */
  waiting: Exchange[] | undefined;
  /** Its beginning was counted. */
  begun: boolean;
  /** Its log shows the commands as they were sent. */
  commands: boolean;
  /** Hash of the greeting; 0 if it is not known. */
  greeting: number;
  /** The bit of its form. */
  readonly format: number;
  /** Bits of the formats in which it was told. */
  told: number;
  /** The session of another log that is the same connection. */
  of: Witness | undefined;
  /** What of its exchanges another log told before. */
  echoes: { commands: number; replies: number; unanswered: number; failures: number } | undefined;
}

/** Hash chains over numbered entries. */
interface Chains {
  heads: Int32Array;
  next: Int32Array;
  keys: Int32Array;
  size: number;
}

/** Facts, one column for each of their parts: 44 octets a fact, as objects they would take four times as much. */
interface Facts {
  readonly chains: Chains;
  whats: Int32Array;
  times: Float64Array;
  sizes: Float64Array;
  users: Int32Array;
  /** Bits of the formats that told it. */
  told: Int32Array;
  /** Log that told it last. */
  last: Int32Array;
  sessions: Int32Array;
}

export interface Witnesses {
  readonly sessions: Witness[];
  readonly begun: Chains;
  readonly facts: Facts;
}

/** Sessions and facts that are kept. */
export const keptSessions = 131_072;
export const keptFacts = 524_288;

/** Clocks of two logs differ by this much, most have whole seconds; and a daemon may write to one log later. */
export const clocksDifferMs = 3000;
const bucketMs = 4096;

/** Sessions that begin within this time may be one if something else says so: the same number, or one lies in the other. */
const connectionMs = 64 * 1024;

/** Entries of a chain that are looked at: the nearest in time are entered last. */
const looks = 1024;

export function witnesses(): Witnesses {
  return {
    sessions: [],
    begun: chains(),
    facts: {
      chains: chains(),
      whats: new Int32Array(first),
      times: new Float64Array(first),
      sizes: new Float64Array(first),
      users: new Int32Array(first),
      told: new Int32Array(first),
      last: new Int32Array(first),
      sessions: new Int32Array(first),
    },
  };
}

const first = 64;

function chains(): Chains {
  return { heads: new Int32Array(first), next: new Int32Array(first), keys: new Int32Array(first), size: 0 };
}

/** Enters the next number under a key. */
function link(c: Chains, key: number): number {
  const at = c.size++;
  if (at >= c.next.length) {
    c.next = longer(c.next, Int32Array);
    c.keys = longer(c.keys, Int32Array);
    c.heads = new Int32Array(c.next.length);
    for (let i = 0; i < at; i++) hang(c, i);
  }
  c.keys[at] = key;
  hang(c, at);
  return at;
}

function hang(c: Chains, at: number): void {
  const slot = slotOf(c, c.keys[at] as number);
  c.next[at] = c.heads[slot] as number;
  c.heads[slot] = at + 1;
}

function slotOf({ heads }: Chains, key: number): number {
  return Math.imul(key, 0x9e3779b1) & (heads.length - 1);
}

function longer<A extends Int32Array | Float64Array>(from: A, Kind: new (length: number) => A): A {
  const grown = new Kind(from.length * 2);
  grown.set(from);
  return grown;
}

/** The key of a fact in a stretch of time. */
function keyAt(what: number, bucket: number): number {
  return Math.imul(what ^ bucket, 0x01000193) ^ (what >>> 15);
}

function bucketOf(time: number): number {
  return Math.floor(time / bucketMs);
}

/** Sessions without a date are found by the line they begin at, in copies of a log: ten seconds stand for a line. */
export function undatedBeginning(line: number): number {
  return -5e14 - line * 10_000;
}

/** Keeps a session; false if there is no room. */
export function keepSession(w: Witnesses, s: Witness): boolean {
  if (w.sessions.length >= keptSessions) return false;
  s.at = w.sessions.push(s) - 1;
  const client = hash32(s.client);
  link(w.begun, keyAt(client, bucketOf(s.opened)));
  link(w.begun, keyAt(anyClient, bucketOf(s.opened)));
  link(w.begun, keyAt(~client, minuteOf(s.opened)));
  link(w.begun, keyAt(numberHash(s), minuteOf(s.opened)));
  return true;
}

const anyClient = 1;

function minuteOf(time: number): number {
  return Math.floor(time / connectionMs);
}

function numberHash({ program, key }: Witness): number {
  return hash32(`${program}\n${key}`);
}

/**
 * How near a session must be: begun within the clocks' difference, by the same client or any; or within a minute, by the
 * same client or with the same number.
 */
export type Nearness = 'client' | 'any' | 'minute' | 'number';

function whatOf(s: Witness, nearness: Nearness): number {
  if (nearness === 'any') return anyClient;
  if (nearness === 'number') return numberHash(s);
  return nearness === 'minute' ? ~hash32(s.client) : hash32(s.client);
}

/** The session nearest in time to `s` for which `fits` holds. */
export function nearestSession(
  w: Witnesses,
  s: Witness,
  nearness: Nearness,
  fits: (one: Witness) => boolean,
): Witness | undefined {
  const minute = nearness === 'minute' || nearness === 'number';
  const what = whatOf(s, nearness);
  const bucket = minute ? minuteOf(s.opened) : bucketOf(s.opened);
  let found: Witness | undefined;
  let apart = (minute ? connectionMs : clocksDifferMs) + 1;
  for (let b = bucket - 1; b <= bucket + 1; b++) {
    const key = keyAt(what, b);
    let left = looks;
    for (let i = w.begun.heads[slotOf(w.begun, key)] as number; i > 0 && left > 0; i = w.begun.next[i - 1] as number) {
      if (w.begun.keys[i - 1] !== key) continue;
      left--;
      const one = w.sessions[Math.floor((i - 1) / 4)] as Witness;
      const distance = Math.abs(one.opened - s.opened);
      if (distance >= apart || !fits(one)) continue;
      found = one;
      apart = distance;
    }
  }
  return found;
}

/** A fact as it is looked for. */
export interface Fact {
  /** {@link factHash}. */
  what: number;
  time: number;
  /** Hash; 0 if unknown. */
  user: number;
  /** Octets; -1 if unknown. */
  size: number;
  log: number;
}

/**
 * Number of the fact that another log told, nearest in time, of which `fits` says that it may be the same; -1 if there
 * is none. Each fact is told once by each log.
 */
export function nearestFact(
  w: Witnesses,
  f: Fact,
  fits: (session: Witness, told: number, last: number, apart: number) => boolean,
): number {
  const { chains: c, times, sizes, users, told, last, sessions } = w.facts;
  const bucket = bucketOf(f.time);
  let found = -1;
  let nearest = clocksDifferMs + 1;
  for (let b = bucket - 1; b <= bucket + 1; b++) {
    const key = keyAt(f.what, b);
    let left = looks;
    for (let i = (c.heads[slotOf(c, key)] as number) - 1; i >= 0 && left > 0; i = (c.next[i] as number) - 1) {
      if (c.keys[i] !== key) continue;
      left--;
      const apart = Math.abs((times[i] as number) - f.time);
      if (apart > nearest || last[i] === f.log) continue;
      const user = users[i] as number;
      if (user !== f.user && user !== 0 && f.user !== 0) continue;
      const size = sizes[i] as number;
      if (size !== f.size && size >= 0 && f.size >= 0) continue;
      if (!fits(w.sessions[sessions[i] as number] as Witness, told[i] as number, last[i] as number, apart)) continue;
      found = i;
      nearest = apart;
    }
  }
  return found;
}

/** The session of a fact, which is now told by this log in this format too. */
export function tellAgain(w: Witnesses, fact: number, { log, format }: Witness): Witness {
  const { told, last, sessions } = w.facts;
  told[fact] = (told[fact] as number) | format;
  last[fact] = log;
  return w.sessions[sessions[fact] as number] as Witness;
}

/** Keeps a fact of a session that is kept; false if there is no room. */
export function keepFact(w: Witnesses, f: Fact, { at: session, format }: Witness, told = format): boolean {
  const { facts } = w;
  if (facts.chains.size >= keptFacts) return false;
  const at = link(facts.chains, keyAt(f.what, bucketOf(f.time)));
  if (at >= facts.times.length) {
    facts.whats = longer(facts.whats, Int32Array);
    facts.times = longer(facts.times, Float64Array);
    facts.sizes = longer(facts.sizes, Float64Array);
    facts.users = longer(facts.users, Int32Array);
    facts.told = longer(facts.told, Int32Array);
    facts.last = longer(facts.last, Int32Array);
    facts.sessions = longer(facts.sessions, Int32Array);
  }
  facts.whats[at] = f.what;
  facts.times[at] = f.time;
  facts.sizes[at] = f.size;
  facts.users[at] = f.user;
  facts.told[at] = told;
  facts.last[at] = f.log;
  facts.sessions[at] = session;
  return true;
}

/** Kinds of facts, in the last two bits of their hash. */
export const kinds = { login: 0, download: 1, upload: 2, change: 3 } as const;

export function kindOf(what: number): number {
  return what & 3;
}

/** What a fact is about: its kind, what became of it or the verb, and the name of a file. */
export function factHash(kind: number, sort: number, path: string): number {
  const hash = kind === kinds.login ? Math.imul(sort + 1, 0x9e3779b1) : nameHash(kind ^ (sort << 2), path);
  return (hash & ~3) | kind;
}

/**
 * Hash of the last part of a path. Logs write what is no letter in their own ways (`_`, `?`, `+`, `%20`): runs of it are
 * one sign.
 */
function nameHash(sort: number, path: string): number {
  let end = path.length;
  while (end > 0 && isSlash(path.charCodeAt(end - 1))) end--;
  let from = end;
  while (from > 0 && !isSlash(path.charCodeAt(from - 1))) from--;
  let h = Math.imul(0x811c9dc5 ^ sort, 0x01000193);
  let odd = false;
  for (let i = from; i < end; i++) {
    let c = path.charCodeAt(i);
    if (c === 37 && i + 2 < end) {
      const code = hexIn(path.slice(i + 1, i + 3));
      if (code >= 0) {
        c = code;
        i += 2;
      }
    }
    const plain = (c >= 48 && c <= 57) || (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 46 || c === 45;
    if (plain) h = Math.imul(h ^ c, 0x01000193);
    else if (!odd) h = Math.imul(h ^ 95, 0x01000193);
    odd = !plain;
  }
  return h;
}

function isSlash(c: number): boolean {
  return c === 47 || c === 92;
}
