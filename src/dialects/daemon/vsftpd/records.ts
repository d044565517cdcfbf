/**
 * vsftpd's own lines (3.0.3, recorded; logging.c): `log_ftp_protocol=YES` and the default log, with date and pid in
 * front, or behind a syslog header without them.
 *
 *   Sun Nov 22 09:58:57 2026 [pid 24544] CONNECT: Client "127.0.0.1"
 *   Sun Nov 22 09:58:57 2026 [pid 24544] [alice] FTP response: Client "127.0.0.1", "331 Please specify the password."
 *   Sun Nov 22 09:58:57 2026 [pid 24545] [alice] OK DOWNLOAD: Client "127.0.0.1", "/a b", 20000 bytes, 43020.37Kbyte/sec
 *
 * Nothing is escaped: a text ends at the last quote, and a user name may hold a whole forged record:
 *   [x] OK LOGIN: Client "10.0.0.5"] FAIL LOGIN: Client "127.100.1.1"     ← one failure of 127.100.1.1
 * Bytes outside printable ASCII are `?` each, so the CR LF of inner reply lines is `??`.
 */

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
} from '../../../decoding/event.ts';
import { decided, type Form, fieldOf, formOf, type Reading, readingsOf } from '../../../decoding/readings.ts';
import { lazy } from '../../../lazy.ts';
import type { EventSink, Understanding } from '../../../model.ts';
import { decimal, digits, own, skipDigits } from '../../../text.ts';

const clientMark = ': Client "';
const oddNameLimit = 64;
/** Connections that are remembered, to tell which client a record can be about. */
const connectLimit = 1024;
/** Numbers above that of the process that states a login in which the process of the connection is found. */
const nearest = 16;

/** The records (logging.c). */
function formsOf(): readonly Form[] {
  const client = 'Client "{peer:address}"';
  const forms = [
    formOf('connect', `CONNECT: ${client}`),
    formOf('connect', `CONNECT: ${client}, "{said}"`),
    formOf('refused', `[{user}] FAIL LOGIN: ${client}`),
    formOf('refused', `[{user}] FAIL LOGIN: ${client}, anon password "{said}"`),
    formOf('login', `[{user}] OK LOGIN: ${client}`),
    formOf('login', `[{user}] OK LOGIN: ${client}, anon password "{said}"`),
  ];
  for (const user of ['', '[{user}] '])
    for (const what of ['FTP command', 'FTP response', 'DEBUG'])
      forms.push(formOf('protocol', `${user}${what}: ${client}, "{said}"`));
  for (const what of ['DOWNLOAD', 'UPLOAD', 'MKDIR', 'RMDIR', 'DELETE', 'RENAME', 'CHMOD']) {
    const moves = what.endsWith('LOAD');
    const tails = moves ? [', {bytes:digits} bytes, {rate:number}Kbyte/sec', ', {rate:number}Kbyte/sec'] : [''];
    for (const ok of ['OK', 'FAIL'])
      for (const tail of [...tails, ', {bytes:digits} bytes'])
        forms.push(formOf('done', `[{user}] ${ok} ${what}: ${client}, "{said}"${tail}`));
  }
  return forms;
}

const forms = lazy(formsOf);

/** Reads what stands behind `[pid n] ` (or behind the syslog header). */
export class VsftpdLine {
  readonly #emit: EventSink;
  /** Lines of the protocol were seen: then what an action line says is said by command and reply already. */
  #protocol = false;
  /** User names that hold a bracket, as given with USER: they could forge a record. */
  readonly #oddNames = new Set<string>();
  /** The latest connections, by process, in a ring. */
  readonly #connects: { readonly pid: number; readonly peer: string }[] = [];
  #connected = 0;

  constructor(emit: EventSink) {
    this.#emit = emit;
  }

  /** `at` is where the optional `[user] ` begins. */
  read(text: string, at: number, line: number, time: number, pid: string): Understanding {
    const mark = text.indexOf(clientMark, at);
    if (mark < 0) return text.startsWith('DEBUG', at) ? 'noise' : 'unparsed';
    const ipAt = mark + clientMark.length;
    const ipEnd = text.indexOf('"', ipAt);
    if (ipEnd < 0) return 'unparsed';
    // A second one: what a client sent, or a record that is not what it seems. It would hold a quote.
    const quote = text.indexOf('"', ipEnd + 4);
    const odd = quote >= 0 && quote < text.length - 1 && text.indexOf(clientMark, ipEnd) > 0;
    const start = odd ? -1 : this.#protocolStart(text, at, mark);
    if (start < 0)
      return odd ? this.#chosen(text, at, line, time, pid) : this.#single(text, at, mark, ipEnd, line, time, pid);
    const user = start === at ? '' : text.slice(at + 1, start - 2);
    return this.#protocolLine(text, start, ipEnd, { line, time, session: pid, peer: text.slice(ipAt, ipEnd), user });
  }

  /** Index of `FTP command` or `FTP response` in front of the client mark, which nearly all lines have; -1 if it does not stand there. */
  #protocolStart(text: string, at: number, mark: number): number {
    const last = text.charCodeAt(mark - 1);
    const start = last === 100 ? mark - 11 : last === 101 ? mark - 12 : -1;
    if (start < at || text.charCodeAt(start) !== 70 || text.charCodeAt(start + 3) !== 32) return -1;
    if (start === at) return start;
    return text.charCodeAt(at) === 91 && text.charCodeAt(start - 2) === 93 && text.charCodeAt(start - 1) === 32
      ? start
      : -1;
  }

  /** A record with one client in it: what stands in front of its last word is the user. */
  #single(
    text: string,
    at: number,
    mark: number,
    ipEnd: number,
    line: number,
    time: number,
    pid: string,
  ): Understanding {
    let start = at;
    let user = '';
    if (text.charCodeAt(at) === 91) {
      let end = mark - 1;
      while (end > at && (text.charCodeAt(end) !== 93 || text.charCodeAt(end + 1) !== 32)) end--;
      if (end === at) return 'unparsed';
      user = text.slice(at + 1, end);
      start = end + 2;
    }
    const peer = text.slice(mark + clientMark.length, ipEnd);
    return this.#record(text, start, mark, ipEnd, { line, time, session: pid, peer, user });
  }

  /** A line that holds more than one client: the reading that is left when what cannot be so is taken away. */
  #chosen(text: string, at: number, line: number, time: number, pid: string): Understanding {
    const readings = readingsOf(text, at, forms());
    const some = readings.found[0];
    if (some === undefined) return 'unparsed';
    const reading = decided(readings, [
      (r) => this.#canBe(r, pid),
      (r) => !this.#protocol || !isOdd(fieldOf(r, 'user')) || this.#oddNames.has(fieldOf(r, 'user')),
    ]);
    if (reading === undefined) {
      const peers = new Set(readings.found.map((r) => fieldOf(r, 'peer')));
      const peer = readings.all && peers.size === 1 ? fieldOf(some, 'peer') : '';
      this.#emit(ambiguousEvent({ line, time, session: pid, peer, user: '' }));
      return 'event';
    }
    const user = fieldOf(reading, 'user');
    const peer = fieldOf(reading, 'peer');
    const start = text.charCodeAt(at) === 91 ? at + user.length + 3 : at;
    const mark = text.indexOf(clientMark, start);
    return this.#record(text, start, mark, mark + clientMark.length + peer.length, {
      line,
      time,
      session: pid,
      peer,
      user,
    });
  }

  #record(text: string, start: number, mark: number, ipEnd: number, origin: Origin): Understanding {
    switch (text.charCodeAt(start)) {
      case 70: // F
        if (text.startsWith('FTP ', start)) return this.#protocolLine(text, start, ipEnd, origin);
        return text.startsWith('FAIL ', start) ? this.#action(text, start + 5, mark, ipEnd, origin, false) : 'unparsed';
      case 79: // O
        return text.startsWith('OK ', start) ? this.#action(text, start + 3, mark, ipEnd, origin, true) : 'unparsed';
      case 67: // C
        return this.#connect(text, start, mark, ipEnd, origin);
      case 68: // D
        return 'noise';
      default:
        return 'unparsed';
    }
  }

  /** What is known of connections does not speak against this reading of a line of process `pid`. */
  #canBe(reading: Reading, pid: string): boolean {
    const peer = fieldOf(reading, 'peer');
    const number = digits(pid, 0, pid.length);
    if (number < 0) return this.#isConnected(peer);
    // The parent states a login; the process of the connection has a number just above.
    if (reading.form.id === 'login' || reading.form.id === 'refused')
      return this.#connects.some((c) => c.peer === peer && c.pid > number && c.pid <= number + nearest);
    const own = this.#connects.find((c) => c.pid === number);
    return own === undefined ? this.#isConnected(peer) : own.peer === peer;
  }

  /** True for a client that connected; also where the ring has forgotten too much to say that one did not. */
  #isConnected(peer: string): boolean {
    return this.#connected > connectLimit || this.#connects.some((connect) => connect.peer === peer);
  }

  #protocolLine(text: string, start: number, ipEnd: number, origin: Origin): Understanding {
    const said = quoted(text, ipEnd);
    this.#protocol = true;
    if (text.charCodeAt(start + 4) === 99) {
      if (said.startsWith('USER ') && isOdd(said)) this.#remember(said.slice(5));
      this.#emit(commandEvent(origin, said));
      return 'event';
    }
    this.#emit(replyLine(origin, endsInCrLf(said) ? said.slice(0, -2) : said));
    return 'event';
  }

  #connect(text: string, start: number, mark: number, ipEnd: number, origin: Origin): Understanding {
    if (text.slice(start, mark) !== 'CONNECT') return 'unparsed';
    const pid = digits(origin.session, 0, origin.session.length);
    this.#connects[this.#connected++ % connectLimit] = { pid, peer: own(origin.peer) };
    this.#emit(openEvent(origin));
    const reason = quoted(text, ipEnd);
    if (reason === '') return 'event';
    // The client was told so with 421, which only the log with commands and replies shows.
    if (!this.#protocol) this.#emit(replyEvent(origin, 421, reason));
    this.#emit(closeEvent(origin, reason));
    return 'event';
  }

  #action(text: string, at: number, mark: number, ipEnd: number, origin: Origin, ok: boolean): Understanding {
    switch (text.slice(at, mark)) {
      case 'LOGIN':
        this.#emit(loginEvent(origin, ok, 'daemon', '', anonymousPassword(text, ipEnd + 1)));
        return 'event';
      case 'DOWNLOAD':
        return this.#moved('RETR', text, ipEnd, origin, ok);
      case 'UPLOAD':
        return this.#moved('STOR', text, ipEnd, origin, ok);
      case 'MKDIR':
        return this.#did('MKD', pathOf(text, ipEnd), origin, ok);
      case 'RMDIR':
        return this.#did('RMD', pathOf(text, ipEnd), origin, ok);
      case 'DELETE':
        return this.#did('DELE', pathOf(text, ipEnd), origin, ok);
      case 'RENAME':
        return this.#did('RNTO', pathOf(text, ipEnd), origin, ok);
      case 'CHMOD':
        return this.#did('SITE', chmodOf(pathOf(text, ipEnd)), origin, ok);
      default:
        return 'unparsed';
    }
  }

  #moved(verb: string, text: string, ipEnd: number, origin: Origin, ok: boolean): Understanding {
    const tail = text.lastIndexOf('", ');
    const path = tail > ipEnd ? text.slice(ipEnd + 4, tail) : pathOf(text, ipEnd);
    const sizeEnd = tail > ipEnd ? skipDigits(text, tail + 3) : -1;
    const size = sizeEnd > 0 && text.startsWith(' bytes', sizeEnd) ? digits(text, tail + 3, sizeEnd) : -1;
    const rate = sizeEnd > 0 ? rateOf(text, size < 0 ? tail + 3 : sizeEnd + bytesBefore.length) : 0;
    const bytes = Math.max(0, size);
    const durationMs = rate > 0 ? Math.round((bytes / 1024 / rate) * 1000) : -1;
    if (!ok && bytes === 0 && this.#protocol) return 'noise';
    this.#emit(transferEvent(origin, verb, path, ok, bytes, durationMs));
    return 'event';
  }

  /** `OK MKDIR` and the like: an exchange of its own only where the commands themselves are not logged. */
  #did(verb: string, arg: string, origin: Origin, ok: boolean): Understanding {
    if (this.#protocol) return 'noise';
    this.#emit(exchangeEvent(origin, verb, arg, 0, { ok, inferred: true }));
    return 'event';
  }

  #remember(name: string): void {
    if (this.#oddNames.size < oddNameLimit) this.#oddNames.add(name);
  }
}

/** CR LF, or `??` in its place. */
function endsInCrLf(said: string): boolean {
  const last = said.charCodeAt(said.length - 1);
  if (last === 63) return said.charCodeAt(said.length - 2) === 63;
  return last === 10 && said.charCodeAt(said.length - 2) === 13;
}

/** A user name in which a record could stand. */
function isOdd(user: string): boolean {
  return user.includes(']') || user.includes(clientMark);
}

const recordStarts: readonly string[] = [
  'FTP command: Client "',
  'FTP response: Client "',
  'OK ',
  'FAIL ',
  'CONNECT: Client "',
  'DEBUG: Client "',
];

/** A whole record stands at `at`. A login ends behind the client or a quoted text; a forged one does not. */
function isRecord(text: string, at: number): boolean {
  if (!recordStarts.some((start) => text.startsWith(start, at))) return false;
  const mark = text.indexOf(clientMark, at);
  if (mark < 0 || mark > at + 24) return false;
  const ipEnd = text.indexOf('"', mark + clientMark.length);
  return ipEnd >= 0 && (ipEnd === text.length - 1 || text.startsWith(', ', ipEnd + 1));
}

/** What stands between the first quote behind the client and the last one of the line. */
function quoted(text: string, ipEnd: number): string {
  const from = ipEnd + 4;
  if (text.length <= from) return '';
  const last = text.length - 1;
  return text.charCodeAt(last) === 34 ? text.slice(from, last) : text.slice(from);
}

function pathOf(text: string, ipEnd: number): string {
  return quoted(text, ipEnd);
}

/** `/file 600` → `CHMOD 600 /file`. */
function chmodOf(said: string): string {
  const blank = said.lastIndexOf(' ');
  return blank < 0 ? `CHMOD ${said}` : `CHMOD ${said.slice(blank + 1)} ${said.slice(0, blank)}`;
}

const passwordMark = ', anon password "';

/** `, anon password "x"` at `at`: what an anonymous user gave; '' if it does not stand there. */
function anonymousPassword(text: string, at: number): string {
  return text.startsWith(passwordMark, at) ? text.slice(at + passwordMark.length, -1) : '';
}

/** What stands between the size and the rate. */
const bytesBefore = ' bytes, ';

/** The rate at `at`, in Kbyte/sec, which ends the line; 0 if there is none. */
function rateOf(text: string, at: number): number {
  return text.endsWith('Kbyte/sec') ? Math.max(decimal(text, at, text.length - 9), 0) : 0;
}

/** A line behind date and pid, or behind a syslog header, is one of vsftpd's. */
export function isVsftpdRecord(text: string, at: number): boolean {
  if (text.charCodeAt(at) !== 91) return isRecord(text, at);
  let end = text.indexOf('] ', at);
  while (end >= 0) {
    if (isRecord(text, end + 2)) return true;
    end = text.indexOf('] ', end + 2);
  }
  return false;
}
