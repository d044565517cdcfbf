/**
 * From events to exchanges, logins, transfers and sessions: what each kind of event does to its connection, in which order.
 * Each part of it is decided in a file of its own: whose line it is (`identity.ts`, `connections.ts`), what is a whole reply
 * (`replies.ts`), which command it answers (`pairing.ts`), what an answer means (`completion.ts`), what several lines tell
 * of one login or transfer (`login-witnesses.ts`, `held-transfers.ts`), and how sessions end (`ends.ts`).
 */
import type { Aspect, Concealed, Event, Limits, Remark, Side, Tally } from '../model.ts';
import { aboutIn, codeIn, meaningOfRemark } from '../protocol/phrases.ts';
import { keepLatest } from '../protocol/secret-memory.ts';
import { clip } from '../text.ts';
import { Completion } from './completion.ts';
import { type Connection, noneShown, seen } from './connection.ts';
import { Connections } from './connections.ts';
import type { Context } from './context.ts';
import { Ends } from './ends.ts';
import { stated } from './exchanges.ts';
import { HeldTransfers } from './held-transfers.ts';
import { find, keyOf, type Manners, type Scope, scope } from './identity.ts';
import { lacksOf } from './lacks.ts';
import { LoginWitnesses } from './login-witnesses.ts';
import { answered, asks } from './logins.ts';
import { markMixed } from './mixing.ts';
import { Names } from './names.ts';
import type { Observer } from './observer.ts';
import { Pairing } from './pairing.ts';
import { Replies } from './replies.ts';
import { remember, showUser, waitsForPass, withoutAnswer, withoutSecrets } from './secrets.ts';
import { assumeUser, giveName, nameByColumn } from './users.ts';
import { WaitingText } from './waiting-text.ts';

/** Secrets that no decoder took for ones: the latest count. Lines in doubt are read late, and others come in between. */
const mostOverheard = 64;

const noManners: Manners = { serial: false, duplex: false, client: false };

function noNote(): void {}

export class Tracker {
  readonly #context: Context;
  readonly #pairing: Pairing;
  readonly #replies: Replies;
  readonly #logins: LoginWitnesses;
  readonly #transfers: HeldTransfers;
  readonly #ends: Ends;
  readonly #connections: Connections;
  readonly #completion: Completion;
  readonly #waiting: WaitingText;
  #overheard: Concealed[] | undefined;
  /** The connection of the event before. */
  #last: Connection | undefined;

  /** `note` is told what the report should say of the log, once for each time it shows. */
  constructor(observer: Observer, limits: Limits, tally: Tally, note: (text: string) => void = noNote) {
    const context: Context = { observer, limits, tally, note, names: new Names(), scopes: [], source: 0 };
    this.#context = context;
    this.#pairing = new Pairing(context, (c, exchange) => this.#completion.complete(c, exchange));
    this.#replies = new Replies(context, this.#pairing);
    this.#logins = new LoginWitnesses(context);
    this.#transfers = new HeldTransfers(context);
    this.#ends = new Ends(context, this.#replies, this.#pairing, this.#transfers);
    this.#connections = new Connections(context, this.#ends);
    this.#completion = new Completion(context, this.#logins, this.#transfers, this.#ends);
    this.#waiting = new WaitingText(context, this.#replies, this.#pairing);
  }

  /** Events that follow are of this source. */
  begin(source: number): void {
    this.#context.source = source;
    this.#connections.begin();
    this.#overheard = undefined;
    this.#last = undefined;
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
    const { scopes } = this.#context;
    const known = continues ? scopes.find((s) => s.dialect === dialect && s.host === host) : undefined;
    if (known !== undefined) {
      known.shown = noneShown();
      return known;
    }
    const fresh = scope(dialect, identity, side, lacksOf(lacks), manners, host, this.#context.names);
    scopes.push(fresh);
    return fresh;
  }

  /** Takes the next event of a log of the current source. */
  accept(s: Scope, told: Event): void {
    if (told.kind === 'ambiguous') {
      this.#ambiguous(s, told);
      return;
    }
    const key = keyOf(s, told);
    if (told.kind === 'open') {
      this.#connections.open(s, key, told);
      this.#last = find(s, key);
      return;
    }
    let found = find(s, key);
    // The end of a connection of which the log shows nothing else.
    if (found === undefined && (told.kind === 'close' || told.kind === 'gap')) return;
    if (found?.next !== undefined) found = this.#connections.openNext(s, key, found, told);
    const c = this.#connections.of(s, key, told, found);
    this.#last = c;
    const event = this.#withoutSecrets(c, told);
    if (c.unsure !== undefined) showUser(c, this.#context.observer);
    c.lastLine = event.line;
    if (!Number.isNaN(event.time)) {
      seen(c, event.time);
      this.#ends.passTime(s, event.time);
    }
    if (c.client === '' && event.peer !== '') c.client = s.names.client(event.peer);
    if (c.held !== undefined && event.kind !== 'transfer') this.#transfers.release(c);
    switch (event.kind) {
      case 'command':
        s.shown.commands = true;
        this.#command(c, c.asksSecret || waitsForPass(c) ? withoutAnswer(c, event) : event);
        return;
      case 'reply-line': {
        s.shown.replies = true;
        if (c.replies === 0 && event.text.startsWith('SSH-')) this.remark(event.line, event.time, 'ssh', 'control', 0);
        const kept = this.#replies.line(c, event);
        if (kept > 0) this.#waiting.add(kept);
        return;
      }
      case 'reply':
        s.shown.replies = true;
        this.#replies.reply(c, event);
        return;
      case 'exchange':
        if (!event.inferred) s.shown.commands = true;
        if (event.code > 0) s.shown.replies = true;
        this.#exchange(c, c.asksSecret ? withoutAnswer(c, event) : event);
        return;
      case 'login':
        this.#logins.stated(s, c, event);
        return;
      case 'transfer':
        this.#transfers.stated(c, event);
        return;
      case 'gap':
        this.#replies.tear(c);
        return;
      case 'statement':
        if (event.text === 'tls') c.encrypted = true;
        else c.clear = true;
        return;
      default: {
        const meaning = event.text === '' ? '' : meaningOfRemark(event.text);
        if (meaning !== '') this.remark(event.line, event.time, meaning, aboutIn(event.text), codeIn(event.text));
        this.#ends.hangUp(c);
      }
    }
  }

  /** A program says in words what happened to the connection of the event before. */
  remark(line: number, time: number, meaning: string, about: Remark['about'], code: number): void {
    const { observer, source } = this.#context;
    const session = this.#last === undefined || this.#last.finished ? undefined : this.#last;
    observer.remark({ session, source, line, time, meaning, about, code });
  }

  /** A log without session keys is over (a transcript): its session does not go on in the next source. */
  endScope(s: Scope): void {
    if (s.identity === 'order') this.#connections.end(s);
  }

  /** The input is over: every session ends here. */
  end(): void {
    for (const s of this.#context.scopes) this.#connections.end(s);
    this.#ends.forgetLingering();
  }

  #ambiguous(s: Scope, { line, time, peer }: Event): void {
    const { tally, observer, source } = this.#context;
    tally.ambiguous++;
    observer.ambiguous({ source, dialect: s.dialect, line, time, client: s.names.client(peer) });
  }

  /** The event without the secrets that its session or its source has shown; one that it shows itself is remembered. */
  #withoutSecrets(c: Connection, told: Event): Event {
    const heard = this.#overheard === undefined ? told : withoutSecrets(told, this.#overheard);
    const event = c.secrets === undefined ? heard : withoutSecrets(heard, c.secrets);
    if (event.concealed === undefined) return event;
    remember(c, event.concealed);
    // The reply of the same line may repeat it.
    return event.kind === 'exchange' && c.secrets !== undefined ? withoutSecrets(event, c.secrets) : event;
  }

  /** A command, whose reply is still to come. */
  #command(c: Connection, event: Event): void {
    this.#replies.interrupt(c);
    if (c.end === 'service-closing') c.end = '';
    if (event.verb === 'USER') {
      if (c.suspect && c.queue.at(-1)?.verb === 'USER') markMixed(c, this.#context);
      giveName(this.#context.names, c, clip(event.arg, this.#context.limits.textChars));
    } else if (event.verb === 'QUIT') c.sawQuit = true;
    // The log begins behind the login, and the daemon names the user on every line.
    if (event.user !== '' && c.user === '' && event.verb !== 'PASS') assumeUser(this.#context.names, c, event.user);
    this.#pairing.command(c, event);
    this.#waiting.add(event.arg.length);
  }

  /** Command and reply in one line: nothing is to be paired. */
  #exchange(c: Connection, event: Event): void {
    c.commands++;
    if (event.verb === 'USER') {
      giveName(this.#context.names, c, event.arg);
      if (c.key === '') asks(c, c.userGiven);
    } else if (event.verb === 'QUIT') c.sawQuit = true;
    else if (event.verb === 'PASS' && c.names !== undefined) c.userGiven = answered(c.names, c.userGiven, event.user);
    if (event.user !== '') c.namedByLog = true;
    if (event.user !== '' && event.user !== c.user && (c.loggedIn || event.verb !== 'PASS' || event.code === 230))
      nameByColumn(this.#context.names, c, event.user);
    if (event.code > 0) c.replies++;
    const { source, limits } = this.#context;
    this.#completion.complete(c, stated(c, source, event, limits.textChars));
  }
}
