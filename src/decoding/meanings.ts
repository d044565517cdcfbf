/**
 * What a declared line means, and who keeps the thread of what the lines say (`declared.ts`).
 *
 * The fields of a line that mean something, by name: `session`, `peer`, `port` of the client, `user`; `said`, which is what
 * either party said or why a connection ended (all behind the head where there is no such field); `server`, where the client connects to; `verb`, `path`, `size` in octets,
 * `ms` or `seconds`, or `rate` in kB/s, of what was done; `code` of its reply. A time is known by its sort. Any other name
 * only says what stands there. A command and a code that the log does not write (`{verb=CWD}`) are concluded.
 */
import type { EventSink, Understanding } from '../model.ts';
import { msAtRate, msOfSeconds, numberIn } from '../number.ts';
import { codeAt, replyCode } from '../protocol/reply-line.ts';
import { digits, own } from '../text.ts';
import { type Conversation, Conversations } from './conversation.ts';
import {
  closeEvent,
  commandEvent,
  exchangeEvent,
  loginEvent,
  type OpenOrigin,
  type Origin,
  openEvent,
  replyLine,
  transferEvent,
  verbOf,
} from './event.ts';
import { pamLogin } from './pam.ts';
import { type Sentences, SessionNotes } from './session-notes.ts';
import type { Shape } from './shape.ts';
import { startsWithVerb } from './wire-line.ts';

/**
 * What a line is. The first line whose shape fits and whose meaning can be so is taken.
 * - `command`, `reply`: either party said it
 * - `told`: a command, a line of a reply or a note, as its words tell
 * - `answer`: a line of a reply, if it begins with a code or a reply is open; the rest has another meaning
 * - `further`: a line of a reply, if one is open
 * - `also`: the same, or the first of another reply that came in one piece with the one on the line before
 * - `sent`: a command, if no reply is open or it begins with a known verb: its mark may stand in the text of a reply
 * - `opened`, `closed`: the control connection began, ended
 * - `connecting`: the client is about to connect to `server`
 * - `login`, `refused`: a login succeeded, failed; `unknown`: it failed, and there is no such user
 * - `retrieved`, `stored`: a file moved to the client, to the server
 * - `unretrieved`, `unstored`: it did not, or in part
 * - `storing`: a file is about to be stored; what tells the end may not name it
 * - `done`, `failed`: what `verb` asks for was done, was not
 * - `pam`: a record of PAM (`pam.ts`)
 * - `note`: what the client says of the connection, in words that many programs use (`statements.ts`)
 * - `noise`: nothing about FTP
 */
export type Meaning =
  | 'also'
  | 'answer'
  | 'closed'
  | 'command'
  | 'connecting'
  | 'done'
  | 'failed'
  | 'further'
  | 'login'
  | 'noise'
  | 'note'
  | 'opened'
  | 'pam'
  | 'refused'
  | 'reply'
  | 'retrieved'
  | 'sent'
  | 'stored'
  | 'storing'
  | 'told'
  | 'unknown'
  | 'unretrieved'
  | 'unstored';

/** Fields that mean something. */
const roles = {
  session: 0,
  peer: 1,
  port: 2,
  user: 3,
  said: 4,
  server: 5,
  verb: 6,
  path: 7,
  size: 8,
  ms: 9,
  seconds: 10,
  rate: 11,
  code: 12,
} as const;
type Role = (typeof roles)[keyof typeof roles];

/** Where the fields of a shape are, by role; -1 for what it does not have. */
function placesOf(shape: Shape): Int8Array {
  return Int8Array.from(Object.keys(roles), (name) => shape.indexOf(name));
}

/** What fields are given, by role; a role that has none is not in it. */
function givenOf(shape: Shape): readonly (string | undefined)[] {
  return Object.keys(roles).map((name) => shape.given.get(name));
}

/** The shape of a line and what it means. */
export class Line {
  readonly meaning: Meaning;
  readonly shape: Shape;
  readonly isNoise: boolean;
  /** What the line says is kept: only the next tells whether it is a command. */
  readonly isKept: boolean;
  readonly isTimed: boolean;
  readonly #places: Int8Array;
  readonly #given: readonly (string | undefined)[];
  readonly #heads: readonly Shape[];
  readonly #headPlaces: readonly Int8Array[];
  /** A session, a client or a user stands in the line or its head. */
  readonly #namesAny: boolean;
  #from = 0;
  #head = 0;

  constructor(meaning: Meaning, shape: Shape, heads: readonly Shape[]) {
    this.meaning = meaning;
    this.shape = shape;
    this.isNoise = meaning === 'noise';
    this.isKept = meaning === 'told';
    this.isTimed = shape.isTimed;
    this.#places = placesOf(shape);
    this.#given = givenOf(shape);
    this.#heads = heads;
    this.#headPlaces = heads.map(placesOf);
    const who = [roles.session, roles.peer, roles.user];
    this.#namesAny =
      who.some((role) => this.#given[role] !== undefined) ||
      [this.#places, ...this.#headPlaces].some((places) => who.some((role) => (places[role] as number) >= 0));
  }

  /** Sets who is meant by the text that was matched last, from `from` on, behind the head of this index. */
  fill(at: OpenOrigin, text: string, from: number, head: number): void {
    this.#from = from;
    this.#head = head;
    if (!this.#namesAny) return;
    const session = this.cut(text, roles.session);
    if (session !== '') at.session = session;
    at.peer = this.cut(text, roles.peer);
    const user = this.cut(text, roles.user);
    at.user = user === '-' ? '' : user;
  }

  /** What stands in a field of the text that was matched last, or in its head; '' if there is none. */
  cut(text: string, role: Role): string {
    const place = this.#places[role] as number;
    if (place >= 0) return this.shape.cut(text, place);
    const inHead = this.#headPlaces[this.#head]?.[role] ?? -1;
    return inHead < 0 ? (this.#given[role] ?? '') : (this.#heads[this.#head] as Shape).cut(text, inHead);
  }

  /** The log does not write what this field holds. */
  isGiven(role: Role): boolean {
    return this.#given[role] !== undefined;
  }

  /** What was said, or all that stands behind the head. */
  said(text: string): string {
    return (this.#places[roles.said] as number) < 0 && !this.isGiven(roles.said)
      ? text.slice(this.#from)
      : this.cut(text, roles.said);
  }

  /** The number in a field; -1 if there is none. */
  number(text: string, role: Role): number {
    const written = this.cut(text, role);
    return written === '' ? -1 : numberIn(written);
  }

  /** Octets of what moved. */
  size(text: string): number {
    const written = this.cut(text, roles.size);
    return digits(written, 0, written.length);
  }

  /** How long it took, in ms; -1 if the line does not say it. */
  durationMs(text: string): number {
    const ms = this.number(text, roles.ms);
    if (ms >= 0) return ms;
    const seconds = this.number(text, roles.seconds);
    return seconds >= 0 ? msOfSeconds(seconds) : msAtRate(this.size(text), this.number(text, roles.rate));
  }

  port(text: string): number {
    const written = this.cut(text, roles.port);
    return Math.max(0, digits(written, 0, written.length));
  }
}

/** Who keeps the thread. */
export interface Voice {
  /** Data of a transfer may come now. */
  readonly inData: boolean;
  /** Emits what the line says; undefined if it cannot have this meaning. `at` is of this line only. */
  say(line: Line, text: string, at: OpenOrigin): Understanding | undefined;
}

/** What each line says of itself. `storing`: the file that is stored, if the line names none. */
function stated(line: Line, text: string, at: Origin, sink: EventSink, storing = ''): Understanding | undefined {
  switch (line.meaning) {
    case 'opened':
      sink(openEvent(at, line.port(text), line.cut(text, roles.server)));
      return 'event';
    case 'closed':
      sink(closeEvent(at, line.said(text)));
      return 'event';
    case 'login':
    case 'refused':
      sink(loginEvent(at, line.meaning === 'login', 'daemon', line.cut(text, roles.said)));
      return 'event';
    case 'unknown':
      sink(loginEvent(at, false, 'daemon', 'unknown user'));
      return 'event';
    case 'retrieved':
    case 'stored':
    case 'unretrieved':
    case 'unstored': {
      const ok = line.meaning === 'retrieved' || line.meaning === 'stored';
      const verb = line.cut(text, roles.verb) || (line.meaning.endsWith('stored') ? 'STOR' : 'RETR');
      const path = line.cut(text, roles.path) || storing;
      sink(transferEvent(at, verbOf(verb), path, ok, line.size(text), line.durationMs(text)));
      return 'event';
    }
    case 'done':
    case 'failed': {
      const code = line.number(text, roles.code);
      const detail = { ok: line.meaning === 'done', inferred: code < 0 || line.isGiven(roles.code) };
      sink(
        exchangeEvent(at, verbOf(line.cut(text, roles.verb)), line.cut(text, roles.path), Math.max(0, code), detail),
      );
      return 'event';
    }
    case 'pam':
      return pamLogin(text, at, sink);
    default:
      return undefined;
  }
}

/** Sessions whose file is remembered. */
const storingLimit = 1024;

/** Servers: each line says all, or sentences tell of a session. */
export class ServerVoice implements Voice {
  readonly inData = false;
  readonly #sink: EventSink;
  readonly #notes: SessionNotes | undefined;
  /** The file that a session stores, until it names another or tells the end. */
  readonly #storing = new Map<string, string>();

  constructor(sink: EventSink, sentences: Sentences | 'records') {
    this.#sink = sink;
    this.#notes = sentences === 'records' ? undefined : new SessionNotes(sink, sentences);
  }

  say(line: Line, text: string, at: Origin): Understanding | undefined {
    const { meaning } = line;
    const said = line.cut(text, roles.said);
    const notes = this.#notes;
    if (meaning === 'command' || meaning === 'reply') {
      if (notes !== undefined) return notes.takeSide(at.line, at.time, at.session, said, meaning === 'command');
      this.#sink(meaning === 'command' ? commandEvent(at, said) : replyLine(at, said));
      return 'event';
    }
    if (meaning === 'note') return 'noise';
    if (meaning === 'told' && notes !== undefined) return notes.take(at.line, at.time, at.session, said);
    if (meaning === 'storing') {
      if (this.#storing.size < storingLimit) this.#storing.set(own(at.session), own(line.cut(text, roles.path)));
      return 'noise';
    }
    const storing = this.#storing.size === 0 ? undefined : this.#storing.get(at.session);
    if (storing === undefined) return stated(line, text, at, this.#sink);
    if (meaning === 'closed' || meaning.endsWith('stored')) this.#storing.delete(at.session);
    return stated(line, text, at, this.#sink, meaning.endsWith('stored') ? storing : '');
  }
}

/** A client's view of its connection, or of several that the log names. */
export class ClientVoice implements Voice {
  readonly #sink: EventSink;
  readonly #conversations: Conversations;
  readonly #holdsData: boolean;
  /** Whose reply was read last: data that stands between the lines are of its transfer, and text that goes on is its. */
  #lastSession = '';
  /** The line that the server said last. */
  #receivedAt = 0;
  /** Where the client said that it was about to connect to. */
  #server = '';

  /** `holdsData`: data may stand between the lines. */
  constructor(sink: EventSink, holdsData: boolean) {
    this.#sink = sink;
    this.#conversations = new Conversations(sink);
    this.#holdsData = holdsData;
  }

  get inData(): boolean {
    return this.#conversations.of(this.#lastSession).transferring;
  }

  say(line: Line, text: string, at: OpenOrigin): Understanding | undefined {
    const said = line.cut(text, roles.said);
    if (line.meaning === 'also' || line.meaning === 'further') return this.#goOn(line.meaning, said, at);
    const conversation = this.#conversations.of(at.session);
    switch (line.meaning) {
      case 'answer':
      case 'reply':
        if (line.meaning === 'answer' && !mayAnswer(said, conversation)) return undefined;
        this.#lastSession = at.session;
        this.#receivedAt = at.line;
        conversation.reply(at, said);
        return 'event';
      case 'command':
      case 'sent':
        if (line.meaning === 'sent' && conversation.openCode > 0 && !startsWithVerb(said)) return undefined;
        conversation.command(at, said);
        return 'event';
      case 'told':
        this.#lastSession = at.session;
        return conversation.unmarked(at, said) ? 'event' : undefined;
      case 'connecting':
        this.#server = own(line.cut(text, roles.server));
        return 'noise';
      case 'opened':
        conversation.opened(at, line.cut(text, roles.server) || this.#server);
        return 'event';
      case 'closed':
        return conversation.closed(at, line.said(text)) ? 'event' : 'noise';
      case 'note':
        return conversation.note(at, line.said(text));
      default:
        return stated(line, text, at, this.#sink);
    }
  }

  /** What came from the server goes on: in the session that the line names, or else in the one of the line before. */
  #goOn(meaning: 'also' | 'further', said: string, at: OpenOrigin): Understanding | undefined {
    if (at.session === '') at.session = this.#lastSession;
    const conversation = this.#conversations.of(at.session);
    const begins = meaning === 'also' && at.line === this.#receivedAt + 1 && replyCode(said) > 0;
    const isData = this.#holdsData && conversation.transferring;
    if (conversation.openCode === 0 && (!begins || isData)) return undefined;
    this.#receivedAt = at.line;
    conversation.reply(at, said);
    return 'event';
  }
}

/** A line without a mark can be one of a reply. */
function mayAnswer(said: string, conversation: Conversation): boolean {
  return conversation.openCode > 0 || conversation.interrupted > 0 || codeAt(said) >= 0;
}
