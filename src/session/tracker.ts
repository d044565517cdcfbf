/**
 * From events to exchanges, logins, transfers and sessions. Holds the open sessions, their limits and their ends; what
 * a reply answers is decided in `pairing.ts`, whose session a line is in `identity.ts`.
 */
import type {
  Aspect,
  Concealed,
  Event,
  Exchange,
  Lacks,
  Limits,
  Login,
  LoginKind,
  SecretSort,
  SessionEnd,
  Side,
  Tally,
  Transfer,
  Witness,
} from '../model.ts';
import { numberIn, portOf } from '../number.ts';
import { accepts } from '../protocol/commands.ts';
import { deviations } from '../protocol/deviations.ts';
import { normalizeAddress } from '../protocol/host-port.ts';
import { namesUnknown, refusalIn } from '../protocol/refusals.ts';
import { codeAt, replyCode } from '../protocol/reply-line.ts';
import { keepLatest } from '../protocol/secret-memory.ts';
import { clip, own } from '../text.ts';
import { isDated } from '../timestamp.ts';
import { addTransfer } from '../traffic.ts';
import { comeBack, findAside, isOutOfTime, mayGoOnAside, parallelNote, setAside } from './aside.ts';
import { beginsWithoutUser, isNewGreeting, startsAnew, takesOver } from './beginnings.ts';
import {
  type Connection,
  clientOf,
  connection,
  isAccountOf,
  isAnonymous,
  isFresh,
  noneShown,
  type SessionKey,
  userName,
  waitingChars,
} from './connection.ts';
import type { Context } from './context.ts';
import { stated as exchangeOf } from './exchanges.ts';
import {
  adopt,
  awaitLogin,
  find,
  forget,
  grant,
  keep,
  keyOf,
  loginTarget,
  type Manners,
  noLonger,
  type Scope,
  scope,
} from './identity.ts';
import { answered, asks, countsOf } from './logins.ts';
import { abandon, extend, type OpenReply, openReply, opens } from './multi-line.ts';
import type { Observer } from './observer.ts';
import { Pairing } from './pairing.ts';
import { mayHoldMore, remember, waitsForPass, withoutAnswer, withoutSecrets } from './secrets.ts';
import { isTransfer, sameFile, transfer, transferOf } from './transfers.ts';
import { enter, transition } from './transitions.ts';

/** Ended sessions that are kept for a command after QUIT. */
const lingerLimit = 64;
/** Secrets that no decoder took for ones: the latest count. Lines in doubt are read late, and others come in between. */
const mostOverheard = 64;
/** Lines of a source on which sessions began, that are remembered to tell those apart that began on the same one. */
const linesOfBeginnings = 4096;
/** Log time between two searches for idle sessions. */
const sweepMs = 60 * 60_000;

const noManners: Manners = { serial: false, duplex: false, client: false };

function noNote(): void {}

export class Tracker {
  readonly #observer: Observer;
  readonly #limits: Limits;
  readonly #tally: Tally;
  readonly #note: (text: string) => void;
  readonly #context: Context;
  readonly #scopes: Scope[] = [];
  readonly #lingering: Connection[] = [];
  /** Of the latest lines of the current source on which sessions began, by the line's last digits: which line, how many. */
  readonly #begunOn = new Float64Array(linesOfBeginnings);
  readonly #beginnings = new Uint32Array(linesOfBeginnings);
  readonly #pairing: Pairing;
  #overheard: Concealed[] | undefined;
  #open = 0;
  /** Text that was kept for replies since what waits was last counted. */
  #waiting = 0;

  /** `note` is told what the report should say of the log, once for each time it shows. */
  constructor(observer: Observer, limits: Limits, tally: Tally, note: (text: string) => void = noNote) {
    this.#note = note;
    this.#observer = observer;
    this.#limits = limits;
    this.#tally = tally;
    this.#context = { observer, limits, tally, note, scopes: this.#scopes, source: 0 };
    this.#pairing = new Pairing(this.#context, (c, exchange) => this.#completed(c, exchange));
  }

  /** Events that follow are of this source. */
  begin(source: number): void {
    this.#context.source = source;
    this.#begunOn.fill(0);
    this.#overheard = undefined;
  }

  /** A secret in a line of the source that was no command to its decoder: any session of the source may show it again. */
  overhear(secret: Concealed): void {
    this.#overheard ??= [];
    keepLatest(this.#overheard, secret, mostOverheard);
  }

  /** The scope of one log. `continues`: a rotated file, whose sessions go on where the file before it ended. */
  scope(
    dialect: string,
    identity: Scope['identity'],
    continues: boolean,
    side: Side,
    lacks: readonly Aspect[] = [],
    manners: Manners = noManners,
    host = '',
  ): Scope {
    const known = continues ? this.#scopes.find((s) => s.dialect === dialect && s.host === host) : undefined;
    if (known !== undefined) {
      known.shown = noneShown();
      return known;
    }
    const fresh = scope(dialect, identity, side, lacksOf(lacks), manners, host);
    this.#scopes.push(fresh);
    return fresh;
  }

  /** Takes the next event of a log of the current source. */
  accept(s: Scope, stated: Event): void {
    if (stated.kind === 'ambiguous') {
      this.#tally.ambiguous++;
      const { line, time } = stated;
      const client = clientOf(stated.peer);
      this.#observer.ambiguous({ source: this.#context.source, dialect: s.dialect, line, time, client });
      return;
    }
    const key = keyOf(s, stated);
    if (stated.kind === 'open') {
      this.#opened(s, key, stated);
      return;
    }
    const found = find(s, key);
    // The end of a connection of which the log shows nothing else.
    if (found === undefined && (stated.kind === 'close' || stated.kind === 'gap')) return;
    if (found?.next !== undefined && beginsNext(found, stated)) this.#goOn(s, key, found);
    const c = this.#sessionOf(s, key, stated);
    const told = this.#overheard === undefined ? stated : withoutSecrets(stated, this.#overheard);
    let event = c.secrets === undefined ? told : withoutSecrets(told, c.secrets);
    if (event.concealed !== undefined) {
      remember(c, event.concealed);
      // The reply of the same line may repeat it.
      if (event.kind === 'exchange' && c.secrets !== undefined) event = withoutSecrets(event, c.secrets);
    }
    if (c.unsure !== undefined) this.#showUser(c);
    c.lastLine = event.line;
    if (!Number.isNaN(event.time)) this.#seen(s, c, event.time);
    if (c.client === '' && event.peer !== '') c.client = clientOf(event.peer);
    if (c.held !== undefined && event.kind !== 'transfer') this.#release(c);
    switch (event.kind) {
      case 'command':
        s.shown.commands = true;
        this.#command(c, c.asksSecret || waitsForPass(c) ? withoutAnswer(c, event) : event);
        return;
      case 'reply-line':
        s.shown.replies = true;
        this.#replyLine(c, event);
        return;
      case 'reply':
        s.shown.replies = true;
        if (c.open !== undefined) this.#closeReply(c, event.code);
        this.#reply(c, event.code, event.text, event.line, event.time);
        return;
      case 'exchange':
        if (!event.inferred) s.shown.commands = true;
        if (event.code > 0) s.shown.replies = true;
        this.#exchange(c, c.asksSecret ? withoutAnswer(c, event) : event);
        return;
      case 'login':
        this.#claim(s, c, event);
        return;
      case 'transfer':
        this.#transfer(c, event);
        return;
      case 'gap':
        this.#torn(c);
        return;
      case 'statement':
        if (event.text === 'tls') c.encrypted = true;
        else c.clear = true;
        return;
      default:
        this.#hungUp(c);
    }
  }

  /** A log without session keys is over (a transcript): its session does not go on in the next source. */
  endScope(s: Scope): void {
    if (s.identity === 'order') this.#finishAll(s);
  }

  #finishAll(s: Scope): void {
    for (const c of [...s.open.values()]) {
      const { next } = c;
      this.#finish(s, c, 'end-of-input');
      if (next !== undefined) this.#finish(s, this.#openNow(s, c.mapKey, next), 'end-of-input');
    }
  }

  /** The input is over: every session ends here. */
  end(): void {
    for (const s of this.#scopes) this.#finishAll(s);
    this.#lingering.length = 0;
  }

  #opened(s: Scope, key: SessionKey, event: Event): void {
    const before = find(s, key);
    if (before !== undefined && isFresh(before) && before.sawStart && s.identity === 'order') {
      before.announced++;
      serves(before, event);
      return;
    }
    if (before !== undefined) {
      // The replies that are due come first: the new connection begins with its greeting.
      if (s.manners.client && (before.queue.length > 0 || before.open !== undefined)) {
        before.next = event;
        return;
      }
      this.#finish(s, before, 'dropped');
    }
    const c = this.#openNow(s, key, event);
    c.suspect = before !== undefined && mayGoOn(s, before);
  }

  /** The connection that was announced begins. */
  #goOn(s: Scope, key: SessionKey, before: Connection): void {
    const { next } = before;
    if (next === undefined) return;
    before.next = undefined;
    const suspect = mayGoOn(s, before);
    before.mixed ||= suspect && before.queue.length > 0;
    this.#finish(s, before, 'dropped');
    this.#openNow(s, key, next).suspect = suspect;
  }

  #openNow(s: Scope, key: SessionKey, event: Event): Connection {
    const c = this.#create(s, key, event);
    c.sawStart = true;
    c.announced = 1;
    serves(c, event);
    if (event.user !== '') c.user = userName(event.user);
    if (s.identity === 'process-handover') awaitLogin(s, c);
    this.#observer.open(c);
    return c;
  }

  #sessionOf(s: Scope, key: SessionKey, event: Event): Connection {
    const found = find(s, key);
    if (s.identity === 'process-handover') return this.#handedOver(s, key, event, found);
    if (found === undefined) return this.#begun(s, key, event);
    const other = found.aside === undefined ? undefined : this.#speaksAside(s, key, found, event);
    if (other !== undefined) return other;
    if (found.lingering && startsAnew(found, event)) {
      this.#finish(s, found, found.end);
      return this.#begunBehind(found, s, key, event);
    }
    if (s.identity === 'order' && event.kind === 'reply-line' && isNewGreeting(found, event.text)) {
      const suspect = mayGoOn(s, found);
      found.mixed ||= suspect && found.queue.length > 0;
      this.#finish(s, found, 'dropped');
      const c = this.#begun(s, key, event);
      c.suspect = suspect;
      return c;
    }
    if (s.identity === 'peer' && this.#isOtherSession(found, event)) {
      // Such a log shows no ends: that nothing more came does not mean that the connection was lost.
      if (mayGoOnAside(found, event)) {
        // PASS is taken once in a connection: two are logging in.
        if (event.verb === 'PASS') this.#parallel(found);
        setAside(s, found);
      } else this.#finish(s, found, found.end === '' ? 'end-of-input' : found.end);
      return this.#begunBehind(found, s, key, event);
    }
    return found;
  }

  #isOtherSession(c: Connection, event: Event): boolean {
    if (event.session !== '') return false;
    if (isOutOfTime(c, event.time)) return true;
    if (beginsWithoutUser(c, event)) return true;
    // A log without USER, as hosters keep it: who is logged in gives no password.
    if (event.kind === 'exchange' && event.verb === 'PASS' && c.state === 'logged-in') return true;
    return event.kind === 'transfer' && c.user !== '' && event.user !== '' && event.user !== c.user;
  }

  /** The line of a connection that goes on beside the latest of the same client. */
  #speaksAside(s: Scope, key: SessionKey, c: Connection, event: Event): Connection | undefined {
    const before = c.aside;
    if (c.loggedIn && before !== undefined && !before.mixed) {
      // It was silent until the next had logged in: the client had come back.
      c.aside = before.aside;
      this.#finish(s, before, 'end-of-input');
    }
    const other = findAside(c, event);
    if (other === undefined) return undefined;
    this.#parallel(other);
    this.#parallel(c);
    if (!c.lingering) return other;
    this.#finish(s, c, c.end);
    comeBack(s, key, other, c);
    return other;
  }

  #parallel(c: Connection): void {
    if (!c.mixed) this.#note(parallelNote);
    c.mixed = true;
  }

  #handedOver(s: Scope, key: SessionKey, event: Event, found: Connection | undefined): Connection {
    if (event.kind === 'login') return loginTarget(s, event) ?? found ?? this.#begun(s, key, event);
    if (found === undefined) return adopt(s, event, key) ?? this.#begun(s, key, event);
    if (s.handover.granted.size === 0 || !takesOver(found, event)) return found;
    const adopted = adopt(s, event, key);
    if (adopted === undefined) return found;
    this.#finish(s, found, 'dropped');
    keep(s, key, adopted);
    return adopted;
  }

  #begun(s: Scope, key: SessionKey, event: Event): Connection {
    const c = this.#create(s, key, event);
    if (event.kind === 'reply-line' && replyCode(event.text) === 220) c.sawStart = true;
    if (s.identity === 'process-handover') awaitLogin(s, c);
    this.#observer.open(c);
    return c;
  }

  /** The next session of the same key. One that shows no beginning may be a part of the one before, and know its secrets. */
  #begunBehind(before: Connection, s: Scope, key: SessionKey, event: Event): Connection {
    const c = this.#begun(s, key, event);
    c.aside = before.finished ? before.aside : before;
    if (before.secrets !== undefined && !c.sawStart && event.verb !== 'USER') c.secrets = [...before.secrets];
    return c;
  }

  #create(s: Scope, key: SessionKey, event: Event): Connection {
    if (this.#open >= this.#limits.liveSessions) this.#evictOldest();
    const c = connection(this.#id(event.line), s, this.#context.source, event, clientOf(event.peer));
    keep(s, key, c);
    c.serial = s.manners.serial;
    c.duplex = s.manners.duplex;
    if (s.identity === 'process-handover') c.siblings = s.handover.logins;
    this.#open++;
    return c;
  }

  /** `s` and the first line; a second session that begins on the same line gets `.2`. */
  #id(line: number): string {
    const id = this.#context.source === 0 ? `s${line}` : `s${line}@${this.#context.source + 1}`;
    const at = line % linesOfBeginnings;
    const n = this.#begunOn[at] === line ? (this.#beginnings[at] as number) + 1 : 1;
    this.#begunOn[at] = line;
    this.#beginnings[at] = n;
    return n === 1 ? id : `${id}.${n}`;
  }

  #seen(s: Scope, c: Connection, time: number): void {
    c.lastTime = time;
    // Lines may be out of order, and what has no date is earlier than all that has one.
    if (Number.isNaN(c.opened) || (time < c.opened && isDated(time) === isDated(c.opened))) c.opened = time;
    if (!(c.closed > time && isDated(time) === isDated(c.closed))) c.closed = time;
    if (time <= s.newest) return;
    s.newest = time;
    if (time - s.swept < sweepMs) return;
    if (s.swept !== Number.NEGATIVE_INFINITY) this.#sweep(s, time);
    s.swept = time;
  }

  /** Long silence, by the clock of the same log, is an end: but not where the log leaves out most of what happens. */
  #sweep(s: Scope, now: number): void {
    for (const c of [...s.open.values()])
      if (isDated(c.lastTime) === isDated(now) && now - c.lastTime > this.#limits.idleMs)
        this.#finish(s, c, s.lacks.commands ? 'end-of-input' : 'dropped');
  }

  #evictOldest(): void {
    for (const s of this.#scopes) {
      for (const c of s.open.values()) {
        this.#tally.evictedSessions++;
        this.#finish(s, c, 'evicted');
        return;
      }
    }
  }

  #command(c: Connection, event: Event): void {
    const open = c.open;
    if (open !== undefined) {
      if ((c.synchronous && !(c.duplex && c.endsReplies)) || open.candidate > 0) this.#closeReply(c, 0);
      else open.interrupted = true;
    }
    if (c.end === 'service-closing') c.end = '';
    if (event.verb === 'USER') {
      c.loginShown = true;
      if (c.suspect && c.queue.at(-1)?.verb === 'USER') this.#mixed(c);
      c.userGiven = userName(clip(event.arg, this.#limits.textChars));
      if (c.state !== 'logged-in') c.user = c.userGiven;
    } else if (event.verb === 'QUIT') c.sawQuit = true;
    if (event.user !== '' && c.user === '' && event.verb !== 'PASS') {
      // The log begins behind the login, and the daemon names the user on every line.
      c.userGiven = userName(event.user);
      c.user = c.userGiven;
      c.anonymous = isAnonymous(c.userGiven);
    }
    this.#pairing.command(c, event);
    this.#waits(event.arg.length);
  }

  /**
   * Text was kept until a reply comes. That of all sessions together has a limit: when as much was kept since the last look,
   * what still waits is counted, and the oldest goes if it is more than half.
   */
  #waits(chars: number): void {
    this.#waiting += Math.min(chars, this.#limits.textChars);
    const { waitingChars: most } = this.#limits;
    if (this.#waiting <= most) return;
    const open = this.#scopes.flatMap((s) => [...s.open.values()]);
    let kept = open.reduce((sum, c) => sum + waitingChars(c), 0);
    for (const c of open) {
      if (kept <= most / 2) break;
      const chars = waitingChars(c);
      if (chars === 0) continue;
      this.#closeReply(c, 0);
      this.#pairing.drop(c);
      kept -= chars;
    }
    this.#waiting = kept;
  }

  #replyLine(c: Connection, event: Event): void {
    const wire = event.text;
    const open = c.open;
    if (open === undefined) {
      const code = codeAt(wire);
      if (code < 0) return;
      const more = opens(wire);
      if (!more) c.endsReplies = true;
      if (more) c.open = openReply(wire, event.line, event.time, this.#limits.textChars);
      else this.#wholeReply(c, code, wire.slice(4), 1, event.line, event.time);
      return;
    }
    if (open.interrupted) {
      const code = replyCode(wire);
      if (code > 0 && (code !== open.code || isNextReply(c, open, wire, code))) {
        this.#closeReply(c, 0);
        this.#replyLine(c, event);
        return;
      }
    }
    const whole = extend(open, wire, this.#limits.textChars);
    if (whole === undefined) {
      this.#waits(wire.length);
      return;
    }
    c.open = undefined;
    this.#pairing.reply(c, whole, whole.deviations);
  }

  #closeReply(c: Connection, next: number): void {
    const open = c.open;
    if (open === undefined) return;
    c.open = undefined;
    const whole = abandon(open, prefersCandidate(c.queue[0]?.verb ?? '', open.code, open.candidate));
    if (next !== open.code || whole.deviations === 0) this.#pairing.reply(c, whole, whole.deviations);
  }

  /** A reply that was open may have ended in the part that is missing: that is no fault of the server. */
  #torn(c: Connection): void {
    const open = c.open;
    c.open = undefined;
    this.#pairing.tear(c);
    if (open !== undefined) this.#pairing.reply(c, abandon(open, false), deviations.logEdge);
  }

  #reply(c: Connection, code: number, text: string, line: number, time: number): void {
    let lines = 1;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
    this.#wholeReply(c, code, text, lines, line, time);
  }

  #wholeReply(c: Connection, code: number, text: string, lines: number, line: number, time: number): void {
    this.#pairing.reply(c, { code, text: clip(text, this.#limits.textChars), line, lines, time }, 0);
  }

  #exchange(c: Connection, event: Event): void {
    c.commands++;
    if (event.verb === 'USER') {
      c.loginShown = true;
      c.userGiven = userName(event.arg);
      if (c.state !== 'logged-in') c.user = c.userGiven;
      if (c.key === '') asks(c, c.userGiven);
    } else if (event.verb === 'QUIT') c.sawQuit = true;
    else if (event.verb === 'PASS' && c.names !== undefined) c.userGiven = answered(c.names, c.userGiven, event.user);
    if (event.user !== '') c.namedByLog = true;
    if (event.user !== '' && event.user !== c.user && (c.loggedIn || event.verb !== 'PASS' || event.code === 230))
      this.#named(c, event.user);
    if (event.code > 0) c.replies++;
    this.#completed(c, exchangeOf(c, this.#context.source, event, this.#limits.textChars));
  }

  /** Another connection of the client speaks in between. From here on a reply may be for anybody. */
  #mixed(c: Connection): void {
    c.mixed = true;
    c.serial = false;
    this.#note('the lines of several connections are mixed in a log: pairs of commands and replies may be wrong there');
  }

  /** An exchange is complete: update the session, tell the observers. */
  #completed(c: Connection, exchange: Exchange): void {
    const { verb, code } = exchange;
    c.asksSecret = (code > 330 && code < 337) || (verb === 'PASS' && code >= 500);
    if (!c.mixed && isSignOfMixing(c, exchange)) this.#mixed(c);
    // A log that shows no reply at all leaves nothing unanswered.
    if (exchange.outcome === 'unanswered' && c.replies > 0) c.unanswered++;
    else if (code >= 400 && exchange.asked) c.failures++;
    const verdict = exchange.asked ? transition(c, exchange) : this.#greeted(c, code);
    if (c.unsure !== undefined) this.#showUser(c);
    if (c.asksSecret && verb === 'USER' && mayHoldMore(exchange.arg)) c.unsure = exchange;
    else this.#observer.exchange(exchange);
    if (verdict !== 'none') {
      const isUnknown =
        verdict !== 'accepted' && namesUnknown(exchange.replies[exchange.replies.length - 1]?.text ?? '');
      this.#count(c, verdict, 'reply', exchange.line, exchange.time, code, isUnknown, '', exchange.secret);
    }
    if (isTransfer(verb)) this.#transferred(c, exchange);
    else if (exchange.asked) c.transferJustEnded = false;
    if (c.end === 'quit' && !c.lingering) this.#linger(c);
    else if (code === 421)
      c.end = (exchange.deviations & deviations.clientSynthetic) === 0 ? 'service-closing' : 'dropped';
  }

  /** The line behind USER is there: had the name held the password, it would be hidden now. */
  #showUser(c: Connection): void {
    const exchange = c.unsure;
    c.unsure = undefined;
    if (exchange !== undefined) this.#observer.exchange(exchange);
  }

  #greeted(c: Connection, code: number): 'none' {
    if (code === 220) {
      c.sawStart = true;
      if (c.state === 'connected') c.state = 'ready';
    } else if (code === 230 && c.state === 'connected') enter(c, '');
    else if (code === 221 || code === 421) {
      c.end = 'service-closing';
      if (code === 221) c.state = 'closed';
    }
    return 'none';
  }

  /** The connection is closed. It is kept a while: a daemon may state a login only afterwards (pyftpdlib delays refusals). */
  #hungUp(c: Connection): void {
    this.#closeReply(c, 0);
    this.#pairing.abandon(c, false);
    if (c.end === '') c.end = 'dropped';
    c.state = 'closed';
    if (!c.lingering) this.#linger(c);
  }

  #linger(c: Connection): void {
    c.lingering = true;
    this.#lingering.push(c);
    if (this.#lingering.length <= lingerLimit) return;
    const oldest = this.#lingering.shift();
    if (oldest !== undefined && !oldest.finished) this.#finishAnywhere(oldest, oldest.end);
  }

  #finishAnywhere(c: Connection, end: SessionEnd): void {
    const s = this.#scopes.find((one) => one.open.get(c.mapKey) === c);
    if (s !== undefined) this.#finish(s, c, end);
  }

  /** The log's own column names the user: Windows the account, or an anonymous user's mail. A session keeps the name given. */
  #named(c: Connection, user: string): void {
    if (user === c.account) return;
    if (isAccountOf(user, c.userGiven) || isAnonymous(c.userGiven)) {
      c.account = own(user);
      return;
    }
    c.user = userName(user);
    if (c.userGiven === '') c.userGiven = c.user;
  }

  /** A witness other than the reply states a login. */
  #claim(s: Scope, c: Connection, event: Event): void {
    if (c.userGiven === '' && event.user !== '') c.userGiven = userName(event.user);
    if (event.ok) {
      enter(c, event.user === '' ? c.userGiven : userName(event.user));
      if (s.identity === 'process-handover') grant(s, c);
    } else if (c.user === '' && event.user !== '') c.user = userName(event.user);
    this.#count(
      c,
      event.ok ? 'accepted' : refusalIn(event.text),
      event.witness,
      event.line,
      event.time,
      0,
      namesUnknown(event.text),
      event.user,
      event.secret,
    );
  }

  /** Counts an attempt once: each witness has its own count, and only a new highest is a new attempt. */
  #count(
    c: Connection,
    kind: LoginKind,
    witness: Witness,
    line: number,
    time: number,
    code: number,
    unknownUser: boolean,
    user: string,
    secret: SecretSort,
  ): void {
    c.loginShown = true;
    const name =
      user === '' || (isAnonymous(user) && isAnonymous(c.userGiven)) ? c.userGiven || c.user : userName(user);
    const ok = kind === 'accepted';
    const counts = countsOf(c, ok, name);
    counts[witness]++;
    if (counts[witness] <= counts.counted) return;
    counts.counted = counts[witness];
    if (!ok) c.failedLogins++;
    const login: Login = {
      session: c,
      source: this.#context.source,
      line,
      time,
      user: name,
      ok,
      kind,
      code,
      anonymous: isAnonymous(name) || (ok && c.anonymous),
      unknownUser,
      secret,
    };
    this.#observer.login(login);
  }

  /** RETR, STOR … was answered: a transfer, unless a daemon's line has told it already. */
  #transferred(c: Connection, exchange: Exchange): void {
    c.transferJustEnded = exchange.code >= 200;
    const stated = c.held;
    if (stated !== undefined && !stated.fromReply) {
      this.#release(c);
      return;
    }
    const moved = transferOf(exchange);
    if (moved !== undefined) this.#hold(c, moved, true);
  }

  /** A daemon states a transfer, before or after the reply that ends it. */
  #transfer(c: Connection, event: Event): void {
    if (event.user !== '' && c.user === '') {
      c.userGiven = userName(event.user);
      c.user = c.userGiven;
      c.anonymous = isAnonymous(c.userGiven);
      c.loggedIn = true;
    }
    const direction = event.verb === 'RETR' ? 'download' : 'upload';
    const held = c.held;
    const same =
      held?.fromReply === true && held.transfer.direction === direction && sameFile(held.transfer.path, event.arg);
    if (held !== undefined && !same) this.#release(c);
    const stated = transfer(
      c,
      this.#context.source,
      event.line,
      event.time,
      direction,
      own(clip(event.arg, this.#limits.textChars)),
      event.size,
      event.durationMs,
      event.ok,
    );
    c.held = undefined;
    if (same) this.#emit(c, stated);
    else this.#hold(c, stated, false);
    const waits = c.queue[0];
    if (waits === undefined || !isTransfer(waits.verb)) this.#release(c);
  }

  #hold(c: Connection, moved: Transfer, fromReply: boolean): void {
    if (c.held !== undefined) this.#release(c);
    c.held = { transfer: moved, fromReply };
  }

  #release(c: Connection): void {
    const held = c.held;
    if (held === undefined) return;
    if (!held.fromReply && isTransfer(c.queue[0]?.verb ?? '')) return;
    c.held = undefined;
    this.#emit(c, held.transfer);
  }

  #emit(c: Connection, moved: Transfer): void {
    addTransfer(c, moved);
    this.#observer.transfer(moved);
  }

  #finish(s: Scope, c: Connection, end: SessionEnd): void {
    if (c.finished) return;
    c.finished = true;
    this.#closeReply(c, 0);
    this.#pairing.abandon(c, end === 'end-of-input');
    this.#showUser(c);
    const held = c.held;
    if (held !== undefined) {
      c.held = undefined;
      this.#emit(c, held.transfer);
    }
    if (c.end === '') c.end = end;
    c.state = 'closed';
    // A log of a kind that may tell of them and does not: a zero would be a claim.
    const commands = s.lacks.commands || !(c.shown.commands || c.commands > 0);
    const replies = s.lacks.replies || !(c.shown.replies || c.replies > 0);
    if (commands !== s.lacks.commands || replies !== s.lacks.replies) c.lacks = { ...s.lacks, commands, replies };
    if (c.side === 'client') c.lacks = shownBy(c);
    forget(s, c);
    if (s.identity === 'process-handover') noLonger(s, c);
    this.#open--;
    this.#observer.session(c);
  }
}

/**
 * What the log of a client leaves out, by what it showed of the session: a session that got in or did something, but shows
 * no login, no command or no reply, is one whose client hides them.
 */
function shownBy(c: Connection): Lacks {
  const { lacks } = c;
  const did = c.loggedIn || c.commands > 0;
  const logins = lacks.logins || (did && !c.loginShown);
  const commands = lacks.commands || (c.loggedIn && c.commands === 0);
  const replies = lacks.replies || (c.loggedIn && c.replies === 0);
  if (logins === lacks.logins && commands === lacks.commands && replies === lacks.replies) return lacks;
  return { ...lacks, logins, commands, replies };
}

/** The server as the opening names it. */
function serves(c: Connection, { text, arg }: Event): void {
  if (text === '') return;
  c.server = own(normalizeAddress(text));
  c.serverPort = portOf(numberIn(arg));
}

function lacksOf(aspects: readonly Aspect[]): Lacks {
  return {
    commands: aspects.includes('commands'),
    replies: aspects.includes('replies'),
    logins: aspects.includes('logins'),
    transfers: aspects.includes('transfers'),
  };
}

/** The candidate's code fits the waiting command and the opening code does not. */
function prefersCandidate(verb: string, code: number, candidate: number): boolean {
  return candidate > 0 && !accepts(verb, code) && accepts(verb, candidate);
}

/** The next connection begins with its greeting; or with the first command of a login, if no reply is due any more. */
function beginsNext(c: Connection, event: Event): boolean {
  if (event.kind === 'close' || event.kind === 'gap') return false;
  if (c.lingering) return true;
  if (event.kind === 'reply-line' || event.kind === 'reply') {
    const code = event.kind === 'reply' ? event.code : c.open === undefined ? replyCode(event.text) : 0;
    return (code === 220 || code === 120) && !accepts(c.queue[0]?.verb ?? '\n', code);
  }
  if (event.kind === 'command') return event.verb === 'USER' || event.verb === 'AUTH' || event.verb === 'HOST';
  return true;
}

/** A client's connection that has neither ended nor said QUIT: its next lines may come among those of another. */
function mayGoOn(s: Scope, c: Connection): boolean {
  return s.manners.client && c.end === '' && !c.lingering && !c.sawQuit && c.replies > 0;
}

/**
 * What tells that two connections speak in one log: two were announced and both were greeted, or the one before had no end
 * and a reply comes that nobody asked for, or that cannot be.
 */
function isSignOfMixing(c: Connection, x: Exchange): boolean {
  if (!x.asked && x.code === 220 && c.announced > 1 && c.replies > 1 && c.commands === 0) return true;
  return c.suspect && (x.deviations & signs) !== 0;
}

const signs = deviations.unexpectedReply | deviations.unexpectedCode | deviations.resynchronised;

/**
 * A reply is open and a command came since: this line, with the same code, is the answer to it, where the client waits for
 * answers and the code fits.
 */
function isNextReply(c: Connection, open: OpenReply, wire: string, code: number): boolean {
  const last = c.queue[c.queue.length - 1];
  return (
    c.serial && c.queue.length > 1 && !open.resumed && !opens(wire) && last !== undefined && accepts(last.verb, code)
  );
}
