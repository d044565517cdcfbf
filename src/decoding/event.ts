/** The only place where events are built: one object shape, no secret in it that could be read, no number or time that cannot be. */
import type { Concealed, Event, EventKind, SecretSort, Statement, Witness } from '../model.ts';
import { codeOf, durationOf, octetsOf, portOf } from '../number.ts';
import { commandOf, verbs } from '../protocol/commands.ts';
import { parseEndpoint } from '../protocol/host-port.ts';
import { conceal, together } from '../protocol/secret-memory.ts';
import { secretSort } from '../protocol/secret-sort.ts';
import { isListOfVerbs, maskFree, maskInner, maskReply, maskReplyLine } from '../protocol/secret-text.ts';
import {
  concealedFrom,
  isPlainArgument,
  maskArgument,
  maskFrom,
  maskPlain,
  maskVerb,
  overheardIn,
  secretStart,
  sortFrom,
} from '../protocol/secrets.ts';
import { isDigit, own, skipBlanks } from '../text.ts';
import { timeOf } from '../timestamp.ts';
import { placeOfWord, shortWord } from '../word-table.ts';

/** Where and when a line was written, as far as the dialect knows. */
export interface Origin {
  readonly line: number;
  readonly time: number;
  readonly session: string;
  readonly peer: string;
  readonly user: string;
}

/** The same, filled anew for each line: events copy what it says, and keep nothing of it. */
export type OpenOrigin = { -readonly [K in keyof Origin]: Origin[K] };

/** For a decoder whose lines tell neither time nor session: only the line is to be set. */
export function bareOrigin(): OpenOrigin {
  return { line: 0, time: Number.NaN, session: '', peer: '', user: '' };
}

function build(
  kind: EventKind,
  at: Origin,
  peerPort: number,
  verb: string,
  arg: string,
  code: number,
  text: string,
  ok: boolean,
  size: number,
  durationMs: number,
  inferred: boolean,
  witness: Witness,
  secret: SecretSort = '',
  concealed: Concealed | undefined = undefined,
): Event {
  return {
    kind,
    line: at.line,
    time: timeOf(at.time),
    session: at.session,
    peer: at.peer,
    peerPort: peerPort === 0 ? 0 : portOf(peerPort),
    user: at.user,
    verb,
    arg,
    code: code === 0 ? 0 : codeOf(code),
    text,
    ok,
    size: octetsOf(size),
    durationMs: durationOf(durationMs),
    inferred,
    witness,
    secret,
    concealed,
  };
}

/** The control connection began. `server` is what was connected to, with or without a port, where the log names it. */
export function openEvent(at: Origin, peerPort = 0, server = ''): Event {
  if (server === '') return build('open', at, peerPort, '', '', 0, '', true, -1, -1, false, 'daemon');
  const { host, port } = parseEndpoint(maskFree(server));
  return build('open', at, peerPort, '', port > 0 ? String(port) : '', 0, host, true, -1, -1, false, 'daemon');
}

/** The control connection is over; `reason` as the log says it. */
export function closeEvent(at: Origin, reason = ''): Event {
  return build('close', at, 0, '', '', 0, maskReply(reason), true, -1, -1, false, 'daemon');
}

/** A record that can be read in more than one way. `at` names a client and user only where all readings agree. */
export function ambiguousEvent(at: Origin): Event {
  return build('ambiguous', at, 0, '', '', 0, '', false, -1, -1, false, 'daemon');
}

/** What was sent here is missing from the log: the capture lost it. */
export function gapEvent(at: Origin): Event {
  return build('gap', at, 0, '', '', 0, '', true, -1, -1, false, 'daemon');
}

/** A verb in upper case; the same string object for the same command, and one that keeps no chunk alive. */
export function verbOf(word: string): string {
  const known = commandOf(word);
  if (known !== undefined) return known.verb;
  const upper = word.toUpperCase();
  return (upper === word ? undefined : commandOf(upper)?.verb) ?? own(maskVerb(upper));
}

/** Commands of few letters, as most are: told by their characters, nothing is cut out or hashed for them. */
const places = 2048;
const { shortWords, shortVerbs, shortArePlain } = shortCommands();

/** Each at the place of its characters, seven bits each, in capitals and in small letters. Where two meet, the first counts. */
function shortCommands(): {
  readonly shortWords: Int32Array;
  readonly shortVerbs: readonly string[];
  readonly shortArePlain: Uint8Array;
} {
  const shortWords = new Int32Array(places);
  const shortVerbs = new Array<string>(places).fill('');
  const shortArePlain = new Uint8Array(places);
  for (const spelled of [...verbs, ...verbs.map((verb) => verb.toLowerCase())]) {
    if (spelled.length > shortWord) continue;
    let word = 0;
    for (let i = 0; i < spelled.length; i++) word = (word << 7) | spelled.charCodeAt(i);
    const place = placeOfWord(word, places - 1);
    if (shortWords[place] !== 0) continue;
    const verb = spelled.toUpperCase();
    shortWords[place] = word;
    shortVerbs[place] = verb;
    shortArePlain[place] = isPlainArgument(verb) ? 1 : 0;
  }
  return { shortWords, shortVerbs, shortArePlain };
}

/** A command line as the user-PI sent it: verb, blanks, argument. */
export function commandEvent(at: Origin, wire: string, peerPort = 0): Event {
  const start = skipTelnet(wire, skipBlanks(wire, 0));
  let end = start;
  // Negative from the first character on that does not fit.
  let word = 0;
  for (; end < wire.length; end++) {
    const c = wire.charCodeAt(end);
    if (c <= 32) break;
    word = c < 128 && end - start < 4 ? (word << 7) | c : -1;
  }
  if (end === start && wire.charCodeAt(end) === escapeCode) {
    const bare = wire.slice(start).replace(terminalMarks, '');
    if (bare.length < wire.length - start) return commandEvent(at, bare, peerPort);
  }
  const arg = wire.slice(Math.min(wire.length, end + 1));
  const place = placeOfWord(word, places - 1);
  if (word <= 0 || shortWords[place] !== word) return commandOfParts(at, verbOf(wire.slice(start, end)), arg, peerPort);
  const verb = shortVerbs[place] as string;
  return shortArePlain[place] === 1 ? plainCommand(at, verb, arg, peerPort) : commandOfParts(at, verb, arg, peerPort);
}

const escapeCode = 27;
/** What a terminal was told in front of a command. */
const terminalMarks = /^(?:\x1b\[[\d;]*[A-Za-z])+/;
const questionMark = 63;

/**
 * Index behind Telnet codes in front of a known verb, which a log shows as it can (RFC 959 §4.1.3, Synch before ABOR):
 * `ÿôÿòABOR` as Latin-1, `òABOR` without high bytes, `????ABOR` in vsftpd 3.0.3.
 */
function skipTelnet(wire: string, from: number): number {
  let at = from;
  while (isTelnetTrace(wire.charCodeAt(at))) at++;
  if (at === from) return from;
  let end = at;
  while (end < wire.length && wire.charCodeAt(end) > 32) end++;
  return commandOf(wire.slice(at, end).toUpperCase()) === undefined ? from : at;
}

function isTelnetTrace(c: number): boolean {
  return c === questionMark || c >= 0x80;
}

/** A command whose verb and argument the log writes apart. The verb must be in upper case. */
export function commandOfParts(at: Origin, verb: string, arg: string, peerPort = 0): Event {
  if (arg === '' || isPlainArgument(verb)) return plainCommand(at, verb, arg, peerPort);
  const start = secretStart(verb, arg);
  const masked = maskFrom(verb, arg, start);
  if (start < 0) return hearingCommand(at, verb, arg, masked, peerPort);
  const sort = sortFrom(arg, start);
  return build(
    'command',
    at,
    peerPort,
    verb,
    masked,
    0,
    '',
    true,
    -1,
    -1,
    false,
    'reply',
    sort,
    concealedFrom(verb, arg, start, sort),
  );
}

function plainCommand(at: Origin, verb: string, arg: string, peerPort: number): Event {
  return hearingCommand(at, verb, arg, arg === '' ? '' : maskPlain(verb, arg), peerPort);
}

/** A command with no secret of its own: where something was hidden in its argument, that is a further command or the like. */
function hearingCommand(at: Origin, verb: string, arg: string, masked: string, peerPort: number): Event {
  if (masked === arg) return build('command', at, peerPort, verb, masked, 0, '', true, -1, -1, false, 'reply');
  const heard = overheardIn(`${verb} ${arg}`);
  return build(
    'command',
    at,
    peerPort,
    verb,
    heard === undefined ? masked : heard.mask(masked),
    0,
    '',
    true,
    -1,
    -1,
    false,
    'reply',
    '',
    heard,
  );
}

/** A command that is concluded, not logged (331 was seen, so USER was sent). */
export function inferredCommand(at: Origin, verb: string, arg: string): Event {
  return build('command', at, 0, verb, maskArgument(verb, arg), 0, '', true, -1, -1, true, 'reply');
}

/** One line of the server-PI as on the wire, without its end. */
export function replyLine(at: Origin, wire: string): Event {
  if (isDigit(wire, 0)) return build('reply-line', at, 0, '', '', 0, maskReplyLine(wire), true, -1, -1, false, 'reply');
  // Inside a reply: also a command of a conversation that the reply was torn from, and that repeats itself below.
  const secret = isListOfVerbs(wire) ? undefined : overheardIn(wire);
  const text = maskInner(secret === undefined ? wire : secret.mask(wire));
  return build('reply-line', at, 0, '', '', 0, text, true, -1, -1, false, 'reply', '', secret);
}

/** A complete reply: `text` without codes, its lines joined by `\n`. */
export function replyEvent(at: Origin, code: number, text: string): Event {
  if (!text.includes('\n')) return build('reply', at, 0, '', '', code, maskReply(text), true, -1, -1, false, 'reply');
  const heard = overheardIn(text);
  const shown = maskReply(heard === undefined ? text : heard.mask(text));
  return build('reply', at, 0, '', '', code, shown, true, -1, -1, false, 'reply', '', heard);
}

/** The event of a record that tells the password beside it: hidden in it, and in what follows. */
export function besidePassword(event: Event, password: string): Event {
  const secret = secretSort(password) === 'exposed' ? conceal([password]) : undefined;
  return secret === undefined ? event : besideSecret(event, secret);
}

/** The event of a record that tells a secret under a key of its own. */
export function besideSecret(event: Event, secret: Concealed): Event {
  const { arg, text, user, concealed } = event;
  const parts = secret.parts().filter((one) => !one.is(user));
  const hidden = together(
    concealed === undefined ? parts : [concealed, ...parts.filter((one) => !concealed.equals(one))],
  );
  if (hidden === undefined || hidden === concealed) return event;
  return { ...event, arg: hidden.mask(arg), text: hidden.mask(text), concealed: hidden };
}

/** What an exchange says beside command and code. */
export interface ExchangeDetail {
  readonly text?: string;
  /** Octets of the transfer. */
  readonly size?: number;
  readonly durationMs?: number;
  /** Claimed outcome where there is no code. */
  readonly ok?: boolean;
  readonly inferred?: boolean;
  readonly peerPort?: number;
}

const plain: ExchangeDetail = {};

/** Command and final outcome on one line. `code` 0: the log has no code, `detail.ok` says how it ended. */
export function exchangeEvent(
  at: Origin,
  verb: string,
  arg: string,
  code: number,
  detail: ExchangeDetail = plain,
): Event {
  const start = arg === '' ? -1 : secretStart(verb, arg);
  const sort = sortFrom(arg, start);
  const masked = maskFrom(verb, arg, start);
  const secret =
    start >= 0 ? concealedFrom(verb, arg, start, sort) : masked === arg ? undefined : overheardIn(`${verb} ${arg}`);
  return build(
    'exchange',
    at,
    detail.peerPort ?? 0,
    verb,
    secret === undefined || start >= 0 ? masked : secret.mask(masked),
    code,
    detail.text === undefined ? '' : maskReply(detail.text),
    detail.ok ?? code < 400,
    detail.size ?? -1,
    detail.durationMs ?? -1,
    detail.inferred ?? false,
    'reply',
    sort,
    secret,
  );
}

/**
 * A login succeeded or failed, in the words of `witness`. `at.user` is the name that was tried; `reason` is
 * `unknown user` where the server says that it knows none of that name. Of a password only its kind is kept.
 */
export function loginEvent(at: Origin, ok: boolean, witness: Witness = 'daemon', reason = '', password = ''): Event {
  return build(
    'login',
    at,
    0,
    '',
    '',
    0,
    maskReply(reason),
    ok,
    -1,
    -1,
    false,
    witness,
    password === '' ? '' : secretSort(password),
    password === '' ? undefined : conceal([password]),
  );
}

/** A client or daemon says in words what holds of the control connection. */
export function statementEvent(at: Origin, what: Statement): Event {
  return build('statement', at, 0, '', '', 0, what, true, -1, -1, false, 'daemon');
}

/** A file moved, or failed to. `verb` is RETR, STOR, APPE or STOU. */
export function transferEvent(
  at: Origin,
  verb: string,
  path: string,
  ok: boolean,
  size: number,
  durationMs: number,
): Event {
  return build('transfer', at, 0, verb, maskFree(path), 0, '', ok, size, durationMs, false, 'daemon');
}
