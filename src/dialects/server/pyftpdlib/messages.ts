/**
 * pyftpdlib's log (1.5.7 recorded, 0.7 to 2.0 from its source, handlers.py and log.py), at level INFO and DEBUG.
 *
 *   [I 2026-11-22 09:59:36] 192.0.2.7:33718-[] FTP session opened (connect)
 *   [D 2026-11-22 09:59:43] 192.0.2.7:56170-[alice] <- CWD pub              received from the client
 *   [D 2026-11-22 09:59:43 4725] 2001:db8::7:56170-[alice] -> 250 "/pub" is the current directory.
 *   [I 13-02-19 10:55:42] 192.0.2.7:34178-[] FTP session opened (connect)   before 1.5.8
 *   INFO:pyftpdlib:192.0.2.7:33718-[] FTP session opened (connect)          under logging.basicConfig, or any order
 *   2026-11-22 10:05:00,123 - pyftpdlib - INFO - 192.0.2.7:40000-[bob] …    of the parts
 *   [1203 | DEBUG | 2026-11-22 10:05:00] 192.0.2.7:40000-[bob] <- PWD       or whatever a program puts in front
 *
 * A record with line feeds goes on in lines that begin with four blanks. A user name may hold `] ` and a whole record.
 */

import { share } from '../../../decoding/detect.ts';
import {
  ambiguousEvent,
  closeEvent,
  commandEvent,
  exchangeEvent,
  loginEvent,
  type Origin,
  openEvent,
  replyEvent,
  replyLine,
  transferEvent,
  verbOf,
} from '../../../decoding/event.ts';
import { Clients } from '../../../decoding/readings.ts';
import { withoutTelnet, wordEnd } from '../../../decoding/wire-line.ts';
import type { Decoder, DecoderOptions, EventSink, Sample, Understanding } from '../../../model.ts';
import { msOfSeconds, numberIn } from '../../../number.ts';
import { codeAt, replyCode } from '../../../protocol/reply-line.ts';
import { digits, isDigit, skipDigits } from '../../../text.ts';
import { Clock } from '../../../timestamp.ts';

const indent = '    ';
const oddNameLimit = 64;
const heldChars = 64 * 1024;

/** What the server says of itself. */
const notes: readonly string[] = [
  'concurrency model:',
  'masquerade (NAT) address:',
  'passive ports:',
  '>>> ',
  'poller:',
  'authorizer:',
  'use sendfile',
  'handler:',
  'max connections',
  'timeout:',
  'banner:',
  'max login attempts:',
  '[debug] ',
  'received interrupt signal',
  'using preset listening socket',
  'prefork',
  'pre-fork',
  'shutting down',
  'starting FTP',
  'backlog',
  'unhandled exception',
  'Traceback (most',
];

/** Words of the log that are two: `SITE CHMOD /path 200`. */
const sitePrefix = 'SITE ';

class Pyftpdlib implements Decoder {
  readonly #emit: EventSink;
  readonly #clock: Clock;
  /** User names that hold a bracket: they could forge a record. */
  readonly #oddNames = new Set<string>();
  /** The names given last. */
  readonly #users = new Clients();
  /** Commands are logged: a reply answers one of them. */
  #protocol = false;
  /** A record that may go on in the next line. */
  #held = '';
  #heldAt: Origin | undefined;
  /** An indented line continues: 'reply' a reply whose lines are told as they come, 'note' nothing of ours. */
  #after: '' | 'held' | 'reply' | 'note' = '';
  #replyAt: Origin | undefined;

  constructor(options: DecoderOptions, emit: EventSink) {
    this.#emit = emit;
    this.#clock = new Clock(options);
  }

  line(text: string, line: number): Understanding {
    if (text.startsWith(indent)) return this.#continued(text, line);
    this.end();
    const start = headEnd(text);
    if (start < 0) return 'unparsed';
    const mark = text.indexOf('-[', start);
    const blank = text.indexOf(' ', start);
    if (mark < 0 || blank < mark || !isDigit(text, mark - 1)) return this.#note(text, start);
    const colon = text.lastIndexOf(':', mark);
    const port = digits(text, colon + 1, mark);
    const session = text.slice(start, mark);
    const close = this.#userEnd(text, mark + 2, session);
    if (close === unclear) {
      const at = { line, time: this.#timeOf(text), session, peer: text.slice(start, colon), user: '' };
      this.#emit(ambiguousEvent(at));
      return 'event';
    }
    if (colon <= start || port < 0 || close < 0) return 'unparsed';
    const at: Origin = {
      line,
      time: this.#timeOf(text),
      session,
      peer: text.slice(start, colon),
      user: text.slice(mark + 2, close),
    };
    return this.#record(text, close + 2, at, port);
  }

  #timeOf(text: string): number {
    const from = timeAt(text);
    const isShort = text.charCodeAt(from + 2) === 45 && text.charCodeAt(from + 5) === 45;
    return isShort ? this.#clock.numeric(text, 'ymd', from) : this.#clock.iso(text, from);
  }

  /** Emits the record that might have gone on. */
  end(): void {
    this.#after = '';
    const at = this.#heldAt;
    if (at === undefined) return;
    const held = this.#held;
    this.#held = '';
    this.#heldAt = undefined;
    if (held.charCodeAt(0) === 60) this.#command(at, held.slice(3));
    else this.#emit(replyEvent(at, codeAt(held, 3), held.slice(7)));
  }

  #note(text: string, start: number): Understanding {
    for (const known of notes) {
      if (!text.startsWith(known, start)) continue;
      this.#after = 'note';
      return 'noise';
    }
    return 'unparsed';
  }

  #continued(text: string, line: number): Understanding {
    if (this.#after === '') return 'unparsed';
    if (this.#after === 'note') return 'noise';
    const rest = text.slice(indent.length);
    const at = this.#replyAt;
    if (this.#after === 'reply' && at !== undefined) this.#emit(replyLine({ ...at, line }, rest));
    else if (this.#held.length < heldChars) this.#held += `\n${rest}`;
    return 'event';
  }

  #record(text: string, at: number, origin: Origin, port: number): Understanding {
    const c = text.charCodeAt(at);
    if (c === 60 && text.startsWith('<- ', at)) {
      this.#protocol = true;
      return this.#hold(text.slice(at), origin);
    }
    if (c === 45 && text.startsWith('-> ', at)) {
      const code = codeAt(text, at + 3);
      if (code < 0) return 'unparsed';
      if (!this.#protocol && (code === 331 || code === 501)) return this.#alone(code, text.slice(at + 7), origin);
      if (text.charCodeAt(at + 6) !== 45) return this.#hold(text.slice(at), origin);
      this.#emit(replyLine(origin, text.slice(at + 3)));
      this.#after = 'reply';
      this.#replyAt = origin;
      return 'event';
    }
    if (c === 70 && text.startsWith('FTP session ', at)) {
      this.#users.forget(origin.session);
      if (text.startsWith('opened', at + 12)) {
        this.#users.learn(origin.session, '');
        this.#emit(openEvent(origin, port));
      } else this.#emit(closeEvent(origin));
      return 'event';
    }
    if (c === 85 && text.startsWith("USER '", at)) return this.#login(text, at + 6, origin);
    return this.#action(text, at, origin);
  }

  #hold(record: string, origin: Origin): Understanding {
    this.#held = record;
    this.#heldAt = origin;
    this.#after = 'held';
    return 'event';
  }

  #command(at: Origin, wire: string): void {
    if (wire.startsWith('USER ')) {
      const name = wire.slice(5);
      if (name.includes(']')) this.#remember(name);
      this.#users.forget(at.session);
      this.#users.learn(at.session, name);
    }
    this.#emit(commandEvent(at, withoutTelnet(wire)));
  }

  /** At INFO a few replies are logged without their command: what they answer is concluded. */
  #alone(code: number, said: string, origin: Origin): Understanding {
    const verb = code === 331 ? 'USER' : said.startsWith('Rejected data connection') ? 'PORT' : '';
    if (verb === '') this.#emit(replyEvent(origin, code, said));
    else this.#emit(exchangeEvent(origin, verb, '', code, { text: said, inferred: true }));
    return 'event';
  }

  /** `USER 'alice' logged in.`, `USER 'alice' failed login.` */
  #login(text: string, at: number, origin: Origin): Understanding {
    const ok = text.endsWith("' logged in.");
    if (!ok && !text.endsWith("' failed login.")) return 'unparsed';
    const user = text.slice(at, text.length - (ok ? 12 : 15));
    if (user.includes(']')) this.#remember(user);
    this.#emit(loginEvent({ ...origin, user }, ok));
    return 'event';
  }

  /** `RETR /a b completed=1 bytes=4 seconds=0.001`, `CWD /a b 550 'No such file or directory.'`, `RNFR /a b 350` */
  #action(text: string, at: number, origin: Origin): Understanding {
    const end = wordEnd(text, at);
    const verb = verbOf(text.slice(at, end));
    if (end - at < 3 || (text.charCodeAt(end) !== 32 && end !== text.length)) return 'unparsed';
    const done = text.lastIndexOf(' completed=');
    if (done > end && text.startsWith(' bytes=', done + 12)) return this.#moved(text, verb, end, done, origin);
    const codeAt = finalCode(text);
    if (codeAt <= end || !isLoggedVerb(text, at)) return 'unparsed';
    const code = digits(text, codeAt, codeAt + 3);
    const said = text.length > codeAt + 4 ? text.slice(codeAt + 5, -1) : '';
    this.#emit(exchangeEvent(origin, verb, text.slice(end + 1, Math.max(end + 1, codeAt - 1)), code, { text: said }));
    return 'event';
  }

  #moved(text: string, verb: string, end: number, done: number, origin: Origin): Understanding {
    const bytesAt = done + 19;
    const bytesEnd = skipDigits(text, bytesAt);
    const seconds = text.startsWith(' seconds=', bytesEnd) ? numberIn(text.slice(bytesEnd + 9)) : -1;
    const size = digits(text, bytesAt, bytesEnd);
    const ok = text.charCodeAt(done + 11) === 49;
    this.#emit(transferEvent(origin, verb, text.slice(end + 1, done), ok, size, msOfSeconds(seconds)));
    return 'event';
  }

  #remember(name: string): void {
    if (this.#oddNames.size < oddNameLimit) this.#oddNames.add(name);
  }

  /** Index of the bracket that ends the user name at `at`; {@link unclear} if it could be more than one. */
  #userEnd(text: string, at: number, session: string): number {
    for (const name of this.#oddNames) {
      if (text.startsWith(name, at) && text.startsWith('] ', at + name.length)) return at + name.length;
    }
    const first = text.indexOf('] ', at);
    if (first < 0 || text.indexOf('] ', first + 2) < 0) return first;
    const twice = sameNameEnd(text, at);
    if (twice > 0) return twice;
    let found = -1;
    for (let end = first; end >= 0; end = text.indexOf('] ', end + 1)) {
      if (!startsRecord(text, end + 2)) continue;
      if (found >= 0) {
        const name = this.#users.of(session);
        if (name === undefined) return unclear;
        // Before USER is carried out the brackets are empty.
        if (first === at) return at;
        return text.startsWith(`${name}] `, at) ? at + name.length : unclear;
      }
      found = end;
    }
    return found < 0 ? first : found;
  }
}

/** No index: more than one way to read the line is left. */
const unclear = -2;

/** `name] USER 'name' logged in.`: index of the bracket; -1 if the record is none of these. */
function sameNameEnd(text: string, at: number): number {
  for (const ending of ["' logged in.", "' failed login."]) {
    if (!text.endsWith(ending)) continue;
    const length = (text.length - at - 8 - ending.length) / 2;
    if (!Number.isInteger(length) || length <= 0 || !text.startsWith("] USER '", at + length)) continue;
    if (text.startsWith(text.slice(at, at + length), at + length + 8)) return at + length;
  }
  return -1;
}

function startsRecord(text: string, at: number): boolean {
  if (text.startsWith('<- ', at) || text.startsWith('FTP session ', at) || text.startsWith("USER '", at)) return true;
  if (text.startsWith('-> ', at)) return replyCode(text, at + 3) > 0;
  return text.charCodeAt(wordEnd(text, at)) === 32 && isLoggedVerb(text, at);
}

/** Index of the message: behind `[I 2026-11-22 09:59:36] `, `… 4725] `, or behind `pyftpdlib:` of another formatter; -1. */
function headEnd(text: string): number {
  if (text.charCodeAt(0) === 91 && text.charCodeAt(2) === 32) {
    const close = text.indexOf('] ', 3);
    const dated = text.charCodeAt(7) === 45 || text.charCodeAt(5) === 45;
    return close > 0 && close < 48 && dated ? close + 2 : -1;
  }
  const mark = text.indexOf('pyftpdlib');
  const user = text.indexOf('-[');
  // Behind the user it is what somebody sent.
  if (mark < 0 || mark > 64 || (user > 0 && user < mark)) return foreignHeadEnd(text);
  const end = afterMarks(text, mark + 9);
  for (const level of levels) if (text.startsWith(level, end)) return afterMarks(text, end + level.length);
  return end;
}

/** Longest head of a formatter that is not known here. */
const longestHead = 120;

/** Index of `192.0.2.7:40000-[`, or of what the server says of itself; -1. */
function foreignHeadEnd(text: string): number {
  const mark = text.indexOf('-[');
  if (mark > 0 && mark < longestHead && isDigit(text, mark - 1)) {
    const colon = text.lastIndexOf(':', mark);
    const start = addressStart(text, colon);
    return start < colon ? start : -1;
  }
  for (const note of notes) {
    const at = text.indexOf(note);
    if (at === 0 || (at > 0 && at < longestHead && text.charCodeAt(at - 1) === 32)) return at;
  }
  return -1;
}

/** Index of the address that ends at `end`: heads may put a blank, a bracket or a colon in front of it. */
function addressStart(text: string, end: number): number {
  let from = end;
  while (from > 0 && (isDigit(text, from - 1) || text.charCodeAt(from - 1) === 46)) from--;
  if (text.slice(from, end).includes('.')) return from;
  while (from > 0 && isHexOrColon(text.charCodeAt(from - 1))) from--;
  if (end - from > 1) return from;
  // A name, or an address that somebody made unreadable: `192.0.2.xx`
  while (from > 0 && !' |]:'.includes(text.charAt(from - 1))) from--;
  return from;
}

function isHexOrColon(c: number): boolean {
  return (c >= 48 && c <= 58) || (c >= 97 && c <= 102);
}

const levels: readonly string[] = ['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'];

/** Index behind blanks, colons, hyphens and brackets, as formatters put them between the parts. */
function afterMarks(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const c = text.charCodeAt(at);
    if (c !== 58 && c !== 32 && c !== 45 && c !== 91 && c !== 93) break;
  }
  return at;
}

/** `[I 2026-…` and a time at the start of the line; else the first that looks like one. */
function timeAt(text: string): number {
  if (text.charCodeAt(0) === 91 && text.charCodeAt(2) === 32) return 3;
  if (isDigit(text, 0)) return 0;
  for (let year = text.indexOf('20'); year > 0 && year < longestHead; year = text.indexOf('20', year + 1))
    if (text.charCodeAt(year + 4) === 45) return year;
  return 0;
}

/** Commands that are logged at INFO (`log_cmds_list`). */
const logged = new Set([
  'DELE',
  'RNFR',
  'RNTO',
  'MKD',
  'RMD',
  'CWD',
  'XMKD',
  'XRMD',
  'XCWD',
  'CDUP',
  'XCUP',
  'REIN',
  'MFMT',
  'MDTM',
  'RETR',
  'STOR',
  'APPE',
  'STOU',
]);

function isLoggedVerb(text: string, at: number): boolean {
  return text.startsWith(sitePrefix, at) || logged.has(text.slice(at, wordEnd(text, at)));
}

/** Index of the code at the end, or of the one before a text in quotes; -1 if there is none. */
function finalCode(text: string): number {
  const length = text.length;
  const last = text.charCodeAt(length - 1);
  if (last !== 39 && last !== 34)
    return digits(text, length - 3, length) > 0 && text.charCodeAt(length - 4) === 32 ? length - 3 : -1;
  for (
    let at = text.lastIndexOf(last === 39 ? " '" : ' "');
    at > 3;
    at = text.lastIndexOf(last === 39 ? " '" : ' "', at - 1)
  ) {
    if (digits(text, at - 3, at) > 0 && text.charCodeAt(at - 4) === 32) return at - 3;
  }
  return -1;
}

const head = /^(\[[DIWEC] (?:20)?\d\d-\d\d-\d\d \d\d:\d\d:\d\d( \d+)?\] |.{0,48}\bpyftpdlib[: -]+)/;
const mine =
  /^(\[[DIWEC] (?:20)?\d\d-\d\d-\d\d \d\d:\d\d:\d\d( \d+)?\] |.{0,48}\bpyftpdlib[: \]-]+([A-Z]+[: \]-]+)?)[0-9a-fA-F.:%]+:\d+-\[/;

/** Its records behind a head that is not known here. */
const elsewhere =
  /^.{0,100}?(?:^|[ \]|])[\w.:%*-]+:\d+-\[[^\]]*\] (?:FTP session (?:opened|closed) \(|<- [A-Za-z]{3}|-> \d{3}[ -]|USER '.*' (?:logged in|failed login)\.|(?:RETR|STOR|APPE) .* completed=[01] bytes=)/;

function isRecord(text: string): boolean {
  return mine.test(text) || elsewhere.test(text);
}

/** All of pyftpdlib's lines count for the dialect whose level occurs. */
export function detectPyftpdlib(sample: Sample, debug: boolean): number {
  if (share(sample, isRecord) === 0) return 0;
  const protocol = share(sample, (text) => isRecord(text) && /\] <- [A-Za-z]/.test(text)) > 0;
  if (protocol !== debug) return 0;
  return share(sample, (text) => head.test(text) || text.startsWith(indent) || elsewhere.test(text));
}

/** The decoder of both dialects. */
export function openPyftpdlib(options: DecoderOptions, emit: EventSink): Decoder {
  return new Pyftpdlib(options, emit);
}
