/**
 * One event, one count. Two logs of one server tell the same login, transfer, command or session: the second is a
 * corroboration of the first. It goes to the rows, where it is marked, and to no table and no rule. A log is what one
 * source tells in one dialect of one host: a syslog or a journal may hold several.
 *
 * The same are two facts of one kind, user, name and size, of clients that may be one, within the clocks' difference, in
 * two logs that one server may have written. Each is used once by each log, so that two equal uploads in one second,
 * told by two logs, are two. Sessions are the same if a fact of theirs is, or if they begin together.
 *
 * A source that is read alone mostly holds one log. After some events of it, nothing more is kept until another begins.
 */
import type { Ambiguous, Exchange, Login, Remark, Session, Transfer } from '../model.ts';
import { later } from '../monoid.ts';
import { hash32 } from '../text.ts';
import { isDated } from '../timestamp.ts';
import { addTransfer } from '../traffic.ts';
import { isAnonymous } from './connection.ts';
import { isBefore, Likeness, type Log, type Told } from './likeness.ts';
import type { Observer } from './observer.ts';
import {
  clocksDifferMs,
  type Fact,
  factHash,
  keepFact,
  keepSession,
  kinds,
  tellAgain,
  undatedBeginning,
  type Witness,
  type Witnesses,
} from './witnesses.ts';

/** What is asked of a log format. */
export interface Format {
  readonly side: string;
  /** The server program that writes it; '' if it belongs to none. */
  readonly program: string;
  /** Sessions are guessed from silence. */
  readonly guessed: boolean;
}

/** Takes what is counted. */
export interface Counting extends Observer {
  /** A session that another log told: what its log adds to it. */
  addition(session: Session): void;
}

/** What is said of it in the report: numbers by what and which sources, `transfers\n1\n0`. Plain data. */
export interface Joins {
  /** What the second source tells that the first told before. */
  readonly joined: Map<string, number>;
  /** Sessions that are called by one number and name no host: a copy, or two servers. */
  readonly numbered: Map<string, number>;
  /** The same in two logs of one format that name no connection: a copy, or two servers. */
  readonly undecided: Map<string, number>;
  /** Events by source for which there was no room. */
  readonly unkept: Map<number, number>;
  /** Events by source of a log that begins in it where nothing was kept any more, told for times before that. */
  readonly late: Map<number, number>;
  /** Lines by source and the one before it, with which the first begins and the other ends: read once. */
  readonly overlaps: Map<string, number>;
  /** Such lines of which nothing tells whether they are two events. */
  readonly equal: Map<string, number>;
  /** By source, the line at which its times go back. */
  readonly back: Map<number, number>;
}

export function joins(): Joins {
  return {
    joined: new Map(),
    numbered: new Map(),
    undecided: new Map(),
    unkept: new Map(),
    late: new Map(),
    overlaps: new Map(),
    equal: new Map(),
    back: new Map(),
  };
}

export function mergeJoins(into: Joins, from: Joins): void {
  addAll(into.joined, from.joined);
  addAll(into.numbered, from.numbered);
  addAll(into.undecided, from.undecided);
  addAll(into.unkept, from.unkept);
  addAll(into.late, from.late);
  addAll(into.overlaps, from.overlaps);
  addAll(into.equal, from.equal);
  addAll(into.back, from.back);
}

function addAll<K>(into: Map<K, number>, from: ReadonlyMap<K, number>): void {
  for (const [key, n] of from) into.set(key, (into.get(key) ?? 0) + n);
}

export type Kind = 'sessions' | 'logins' | 'transfers' | 'commands';
/** By the number that facts have for it. */
export const kindNames: readonly Kind[] = ['logins', 'transfers', 'transfers', 'commands'];

/** Commands that a server states in other words as well. */
const changes: ReadonlySet<string> = new Set(['DELE', 'RMD', 'MKD', 'RNTO', 'XRMD', 'XMKD']);

/** Exchanges of a copy that wait for the name of its user. */
const mostWaiting = 64;

/** Events of a source that is read alone after which it is taken for one log. */
const trialEvents = 4096;

export class Corroboration implements Observer {
  readonly #counting: Counting;
  readonly #rows: Partial<Observer>;
  readonly #formatOf: (dialect: string) => Format;
  readonly #joins: Joins;
  readonly #told: Told;
  readonly #kept: Witnesses;
  readonly #bits: Map<string, number>;
  readonly #logs: Log[];
  readonly #logOf = new Map<string, Log>();
  /** That of the session before. */
  #lastLog: Log | undefined;
  readonly #likeness: Likeness;
  readonly #wanted: Fact = { what: 0, time: Number.NaN, user: 0, size: -1, log: 0 };
  /** Until a second log tells of a session there is nothing to compare. */
  #several = false;
  /** Events for which a source that is read alone is tried; then nothing is kept. */
  #trial: number;
  #keeping = true;
  /** The latest of the facts that were not kept. */
  #until = Number.NaN;

  constructor(
    counting: Counting,
    rows: Partial<Observer>,
    formatOf: (dialect: string) => Format,
    copies: (source: number, of: number) => boolean,
    found: Joins,
    told: Told,
    alone = false,
  ) {
    this.#counting = counting;
    this.#rows = rows;
    this.#formatOf = formatOf;
    this.#told = told;
    this.#kept = told.kept;
    this.#bits = told.bits;
    this.#logs = told.logs;
    this.#likeness = new Likeness(this.#kept, this.#logs, copies);
    this.#joins = found;
    this.#trial = alone ? trialEvents : Number.POSITIVE_INFINITY;
  }

  open(s: Session): void {
    if (!this.#isKept(s)) this.#counting.open(s);
    else {
      const own = this.#witness(s);
      own.begun = false;
      if (!own.guessed) {
        if (own.of === undefined) this.#meets(s, own, false);
        if (own.of === undefined) this.#begin(s, own);
      }
    }
    this.#rows.open?.(s);
  }

  exchange(x: Exchange): void {
    const s = x.session;
    if (!this.#keeping) {
      this.#counting.exchange(x);
      this.#rows.exchange?.(x);
      return;
    }
    if (--this.#trial < 0) this.#stop();
    const own = this.#witness(s);
    if (own.user === '') {
      if (own.copied && s.user === '' && x.verb !== 'USER') {
        own.waiting ??= [];
        own.waiting.push(x);
        if (own.waiting.length < mostWaiting) return;
        this.#flush(own);
        return;
      }
      this.#named(s, own, s.user);
    }
    this.#exchange(x, s, own);
  }

  #exchange(x: Exchange, s: Session, own: Witness): void {
    if (own.of === undefined && own.greeting === 0 && own.commands === false) this.#begins(x, s, own);
    if (!x.inferred) own.commands = true;
    own.closed = s.closed;
    own.lastLine = s.lastLine;
    const echo = this.#isTold(x, own);
    if (echo === '') this.#counting.exchange(x);
    else this.#leaveOut(x, s, own);
    this.#rows.exchange?.(x, echo);
  }

  login(l: Login): void {
    const s = l.session;
    if (!this.#keeping) {
      this.#until = later(this.#until, l.time);
      this.#counting.login(l);
      this.#rows.login?.(l);
      return;
    }
    if (--this.#trial < 0) this.#stop();
    const own = this.#witness(s);
    if (own.user === '') this.#named(s, own, l.user);
    const echo = this.#fact(kinds.login, own, s, l.ok ? 1 : 0, '', l, l.user, -1);
    if (echo === '') this.#counting.login(l);
    else if (!l.ok) s.failedLogins--;
    this.#rows.login?.(l, echo);
  }

  transfer(t: Transfer): void {
    const s = t.session;
    if (!this.#keeping) {
      this.#until = later(this.#until, t.time);
      this.#counting.transfer(t);
      this.#rows.transfer?.(t);
      return;
    }
    if (--this.#trial < 0) this.#stop();
    const own = this.#witness(s);
    if (own.user === '') this.#named(s, own, s.user);
    const echo = this.#fact(kinds[t.direction], own, s, 0, t.path, t, s.user, t.bytes);
    if (echo === '') this.#counting.transfer(t);
    else addTransfer(s, t, -1);
    this.#rows.transfer?.(t, echo);
  }

  ambiguous(record: Ambiguous): void {
    this.#counting.ambiguous(record);
    this.#rows.ambiguous?.(record);
  }

  remark(remark: Remark): void {
    this.#counting.remark(remark);
    this.#rows.remark?.(remark);
  }

  session(s: Session): void {
    if (!this.#keeping && s.witness === undefined) {
      this.#counting.session(s);
      this.#rows.session?.(s);
      return;
    }
    const own = this.#witness(s);
    this.#flush(own);
    own.closed = s.closed;
    if (own.of === undefined) this.#meets(s, own, true);
    if (own.of === undefined) {
      if (!own.begun) this.#begin(s, own);
      this.#counting.session(s);
    } else {
      const { echoes } = own;
      if (echoes !== undefined) {
        s.commands = Math.max(0, s.commands - echoes.commands);
        s.replies = Math.max(0, s.replies - echoes.replies);
        s.unanswered = Math.max(0, s.unanswered - echoes.unanswered);
        s.failures = Math.max(0, s.failures - echoes.failures);
      }
      count(this.#joins.joined, 'sessions', own, own.of);
      if (own.copied && this.#likeness.isDoubtful(own, own.of)) count(this.#joins.numbered, 'sessions', own, own.of);
      this.#counting.addition(s);
    }
    s.witness = undefined;
    this.#rows.session?.(s);
  }

  /** A copy names the same user first. Two servers may give one number to two connections of a client in one second. */
  #named(s: Session, own: Witness, user: string): void {
    own.user = user;
    const { of } = own;
    if (own.copied && of !== undefined && user !== '' && of.user !== '' && userHash(user) !== userHash(of.user)) {
      own.copied = false;
      own.of = undefined;
      s.joins = '';
      if (!own.begun) this.#begin(s, own);
    }
    this.#flush(own);
  }

  /** What waited for a user. */
  #flush(own: Witness): void {
    const { waiting } = own;
    if (waiting === undefined) return;
    own.waiting = undefined;
    for (const x of waiting) this.#exchange(x, x.session, own);
  }

  #begin(s: Session, own: Witness): void {
    own.begun = true;
    this.#counting.open(s);
  }

  /** Whether what a session tells is kept: not where a source is read alone and seems to be one log. */
  #isKept(s: Session): boolean {
    const log = this.#log(s);
    if (this.#several) return true;
    if (log.number > 0) {
      this.#several = true;
      this.#keeping = true;
      this.#trial = Number.POSITIVE_INFINITY;
    } else if (this.#keeping && --this.#trial < 0) this.#stop();
    return this.#keeping;
  }

  #stop(): void {
    this.#keeping = false;
    this.#told.whole = false;
  }

  #log({ source, dialect, host }: Session): Log {
    const last = this.#lastLog;
    if (last !== undefined && last.source === source && last.dialect === dialect && last.host === host) return last;
    const key = `${source}\n${dialect}\n${host}`;
    let log = this.#logOf.get(key);
    if (log === undefined) {
      log = { number: this.#logs.length, source, dialect, host };
      this.#logs.push(log);
      this.#logOf.set(key, log);
    }
    this.#lastLog = log;
    return log;
  }

  #witness(s: Session): Witness {
    const known = s.witness as Witness | undefined;
    if (known !== undefined) return known;
    const { side, program, guessed } = this.#formatOf(s.dialect);
    const form = s.key === '' ? s.dialect : `${s.dialect} by connection`;
    s.client = this.#likeness.nameOf(s.client);
    const format = this.#bit(form);
    const own: Witness = {
      at: -1,
      id: s.id,
      source: s.source,
      log: this.#log(s).number,
      form,
      program,
      side,
      guessed,
      host: s.host,
      server: s.server,
      client: s.client,
      port: s.clientPort,
      key: s.key,
      opened: isDated(s.opened) ? s.opened : undatedBeginning(s.firstLine),
      closed: s.closed,
      lastLine: s.lastLine,
      copied: false,
      user: '',
      waiting: undefined,
      // Of a session that is not new its beginning was counted when nothing was kept.
      begun: true,
      commands: false,
      greeting: 0,
      format,
      told: format,
      of: undefined,
      echoes: undefined,
    };
    s.witness = own;
    const copied = this.#several ? this.#likeness.original(own) : undefined;
    if (copied !== undefined) {
      own.copied = true;
      this.#join(s, own, copied);
    }
    if (!keepSession(this.#kept, own)) this.#unkept(own);
    return own;
  }

  /** One bit for each of the first formats, the last for all others. */
  #bit(form: string): number {
    const known = this.#bits.get(form);
    if (known !== undefined) return known;
    const bit = 1 << Math.min(30, this.#bits.size);
    this.#bits.set(form, bit);
    return bit;
  }

  /** The first that a log shows of a session: commands, if it has no words for the beginning, or the greeting. */
  #begins(x: Exchange, s: Session, own: Witness): void {
    if (!x.asked && x.code === 220) own.greeting = hash32(x.replies[0]?.text ?? '');
    if (own.guessed ? x.asked && !x.inferred : own.greeting !== 0) this.#meets(s, own, false);
  }

  /** Looks for the session that another log began at the same time. */
  #meets(s: Session, own: Witness, ended: boolean): void {
    if (!this.#several) return;
    own.client = s.client;
    const same = this.#likeness.session(own, ended);
    if (same !== undefined) this.#join(s, own, same);
  }

  #join(s: Session, own: Witness, one: Witness): void {
    this.#likeness.join(own, one);
    s.joins = one.id;
    s.client = own.client;
  }

  /** Id of the session that told the exchange before; '' if none did. */
  #isTold(x: Exchange, own: Witness): string {
    const { of } = own;
    if (
      of?.commands === true &&
      isWhole(own, of) &&
      (own.copied ? x.line <= of.lastLine : !(x.time > of.closed + clocksDifferMs))
    ) {
      if (x.asked) count(this.#joins.joined, 'commands', own, of);
      return of.id;
    }
    if (!x.asked || !changes.has(x.verb)) return '';
    const verb = x.verb.length === 4 && x.verb.startsWith('X') ? x.verb.slice(1) : x.verb;
    return this.#fact(kinds.change, own, x.session, hash32(verb), x.arg, x, x.session.user, -1);
  }

  #leaveOut(x: Exchange, s: Session, own: Witness): void {
    own.echoes ??= { commands: 0, replies: 0, unanswered: 0, failures: 0 };
    if (x.asked) own.echoes.commands++;
    own.echoes.replies += x.replies.length;
    if (x.outcome === 'unanswered' && s.replies > 0) own.echoes.unanswered++;
    else if (x.code >= 400 && x.asked) own.echoes.failures++;
  }

  /** Id of the session in which another source told the fact before; '' if none did: then it is kept. */
  #fact(
    kind: number,
    own: Witness,
    s: Session,
    sort: number,
    path: string,
    at: { readonly time: number; readonly line: number },
    user: string,
    size: number,
  ): string {
    own.closed = s.closed;
    own.lastLine = s.lastLine;
    own.client = s.client;
    if (!isDated(at.time)) {
      const { of } = own;
      if (of === undefined || !own.copied || at.line > of.lastLine) return '';
      count(this.#joins.joined, kindNames[kind] as Kind, own, of);
      return of.id;
    }
    const wanted = this.#wanted;
    wanted.what = factHash(kind, sort, path);
    wanted.time = at.time;
    wanted.user = userHash(user);
    wanted.size = size;
    wanted.log = own.log;
    const found = this.#several ? this.#likeness.fact(own, wanted) : -1;
    if (found < 0) {
      if (wanted.time <= this.#until + clocksDifferMs) addTo(this.#joins.late, own.source);
      const twin = this.#several ? this.#likeness.twin : undefined;
      if (twin !== undefined) count(this.#joins.undecided, kindNames[kind] as Kind, own, twin);
      if (own.at < 0 || !keepFact(this.#kept, wanted, own)) this.#unkept(own);
      return '';
    }
    const first = tellAgain(this.#kept, found, own);
    const one = first.of ?? first;
    if (own.of === undefined && isBefore(one, own) && (own.guessed || (one.told & own.format) === 0))
      this.#join(s, own, one);
    // The log that joined this one may come first with what waits for the end here.
    if (first.of === own) count(this.#joins.joined, kindNames[kind] as Kind, first, own);
    else count(this.#joins.joined, kindNames[kind] as Kind, own, first);
    return one.id;
  }

  #unkept({ source }: Witness): void {
    addTo(this.#joins.unkept, source);
  }
}

function addTo(counts: Map<number, number>, source: number): void {
  counts.set(source, (counts.get(source) ?? 0) + 1);
}

/**
 * Whether a log shows all commands of the connection. Two dialects in one source may each have read a part of one
 * transcript, unless both call the connection by the same number.
 */
function isWhole(own: Witness, of: Witness): boolean {
  return own.source !== of.source || (own.key !== '' && own.key === of.key);
}

export function count(counts: Map<string, number>, kind: Kind, own: Witness, first: Witness): void {
  const key = `${kind}\n${own.source}\n${first.source}`;
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** 0 for no name; anonymous users go by several. */
function userHash(user: string): number {
  if (user === '') return 0;
  const bare = user.slice(user.lastIndexOf('\\') + 1).toLowerCase();
  return hash32(isAnonymous(bare) ? 'ftp' : bare) | 1;
}
