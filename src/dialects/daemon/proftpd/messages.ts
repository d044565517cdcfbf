/**
 * ProFTPD's messages (1.2.10 to 1.3.8), behind a syslog header or in its SystemLog:
 *   127.0.0.1 (host.example.net[192.0.2.7]) - USER alice (Login failed): Incorrect password
 *   127.0.0.1 (host.example.net[192.0.2.7]): USER a: no such user found from host.example.net [192.0.2.7] to 192.0.2.1:21
 * User names are the client's own words and may look like the rest of a line: the last mark counts.
 */

import { Beginnings } from '../../../decoding/beginnings.ts';
import { share } from '../../../decoding/detect.ts';
import {
  closeEvent,
  commandEvent,
  exchangeEvent,
  loginEvent,
  type Origin,
  openEvent,
  replyEvent,
  transferEvent,
  verbOf,
} from '../../../decoding/event.ts';
import { pamLogin, processOf } from '../../../decoding/pam.ts';
import { withoutTelnet } from '../../../decoding/wire-line.ts';
import type { Envelope, EventSink, Sample, Understanding } from '../../../model.ts';
import { msOfSeconds, numberIn, portOf } from '../../../number.ts';
import { digits, skipDigits } from '../../../text.ts';
import { Dispatch } from './dispatch.ts';

const pidLimit = 4096;

/** Messages that say nothing about a connection's commands; debug logs hold many more. */
const notes = new Beginnings(`
  ProFTPD … mod_… warning: … error: … notice: … fatal: … debug: … connect from … PAM(… pam_… no such user '…
  Maximum login attempts… received SIG… Reallocating … listen() failed… unable to … Unable to … Data transfer stall…
  Preparing to chroot… Environment successfully chroot… Transfer completed: … Transfer aborted… Entering …
  passive data connection… active data connection… Passive data transfer… user … Opening … SSH2 … connected - …
  ROOT PRIVS… RELINQUISH… USER PRIVS… SETUP PRIVS… in dir_check… AuthOrder… retrieved … session requested…
  failed to open … SIZE not allowed… client sent … command … RootRevoke… Config for … error … No … Failed … Unknown …
  daemon… setting … scrubbing … open_… bind… getpeername… inet_… Deprecated… Client … using … TLS/… SSL/…
`);

export class ProftpdMessages {
  readonly #emit: EventSink;
  readonly #dispatch = new Dispatch();
  /** Connections that were opened by the line before `FTP session opened.`. */
  readonly #opened = new Set<string>();
  /** Connections that ended before `FTP session closed.`. */
  readonly #closed = new Set<string>();
  readonly #ssh = new Set<string>();
  /** Commands are logged (debug): then many notes are, which nobody can list. */
  #debug = false;

  constructor(emit: EventSink) {
    this.#emit = emit;
  }

  /** `text` behind the header, from `start` on. */
  read(text: string, start: number, line: number, envelope: Envelope): Understanding {
    const pid = envelope.pid;
    if (text.startsWith('pam_', start)) return pamLogin(text, processOf(line, envelope), this.#emit);
    const ipEnd = clientEnd(text, start);
    if (ipEnd < 0) return this.#server(text, start);
    const peer = text.slice(text.lastIndexOf('[', ipEnd) + 1, ipEnd);
    const at: Origin = { line, time: envelope.time, session: pid === '' ? peer : pid, peer, user: '' };
    return this.#message(at, text, messageAt(text, ipEnd + 2));
  }

  end(): void {
    for (const pid of this.#dispatch.pids()) this.#giveUp(pid, '', this.#dispatch.take(pid));
  }

  /** A line about the server itself. */
  #server(text: string, start: number): Understanding {
    const blank = text.indexOf(' ', start);
    const at = messageAt(text, text.charCodeAt(blank - 1) === 58 ? blank - 1 : blank);
    if (isDebug(text, at)) this.#debug = true;
    return notes.begin(text, start) || notes.begin(text, at) || (this.#debug && blank > 0) ? 'noise' : 'unparsed';
  }

  #message(at: Origin, text: string, from: number): Understanding {
    switch (text.charCodeAt(from)) {
      case 100: // d
        if (text.startsWith('dispatching ', from)) return this.#dispatched(at, text, from);
        break;
      case 85: // U
        if (text.startsWith('USER ', from)) return this.#user(at, text, from + 5);
        break;
      case 65: // A
        if (text.startsWith('ANON ', from)) return this.#user(at, text, from + 5);
        if (text.startsWith('ANONYMOUS ', from)) return this.#user(at, text, from + 10);
        break;
      case 70: // F
        if (text.startsWith('FTP ', from)) return this.#session(at, text, from);
        break;
      default:
    }
    return this.#other(at, text, from);
  }

  #session(at: Origin, text: string, from: number): Understanding {
    if (text.startsWith('FTP session opened', from)) {
      this.#closed.delete(at.session);
      this.#ssh.delete(at.session);
      if (this.#opened.delete(at.session)) return 'noise';
      this.#emit(openEvent(at));
      return 'event';
    }
    if (text.startsWith('FTP session closed', from)) {
      this.#ssh.delete(at.session);
      return this.#closed.delete(at.session) ? 'noise' : this.#over(at, '');
    }
    if (!text.includes('disconnected', from)) return this.#unknown(text, from);
    if (this.#closed.size < pidLimit) this.#closed.add(at.session);
    return this.#over(at, text.slice(from));
  }

  #over(at: Origin, reason: string): Understanding {
    this.#giveUp(at.session, at.peer, this.#dispatch.take(at.session));
    this.#emit(closeEvent(at, reason));
    return 'event';
  }

  /** A command that came to no end, as far as the log shows. */
  #giveUp(session: string, peer: string, command: string): void {
    if (command === '') return;
    const { line, time } = this.#dispatch;
    this.#emit(commandEvent({ line, time, session, peer, user: '' }, command));
  }

  /** Behind `USER `. */
  #user(at: Origin, text: string, from: number): Understanding {
    if (this.#ssh.has(at.session)) return 'noise';
    const failed = text.lastIndexOf(' (Login failed): ');
    if (failed >= from) {
      const reason = text.startsWith('No such user', failed + 17) ? 'unknown user' : text.slice(failed + 17);
      return this.#login(at, text.slice(from, failed), false, reason);
    }
    const unknown = text.lastIndexOf(': no such user found from ');
    if (unknown >= from) return this.#login(at, text.slice(from, unknown), false, 'unknown user');
    const passed = text.lastIndexOf(': Login successful');
    if (passed >= from) return this.#login(at, text.slice(from, passed), true, '');
    const colon = text.lastIndexOf(': ');
    if (colon >= from && isRefusal(text, colon + 2))
      return this.#login(at, text.slice(from, colon), false, text.slice(colon + 2));
    return this.#unknown(text, from);
  }

  #login(at: Origin, user: string, ok: boolean, reason: string): Understanding {
    this.#emit(loginEvent({ ...at, user }, ok, 'daemon', reason));
    return 'event';
  }

  #other(at: Origin, text: string, from: number): Understanding {
    if (text.startsWith('SECURITY VIOLATION: ', from)) {
      const root = text.toLowerCase().includes('root login', from);
      return root && !this.#ssh.has(at.session) ? this.#login(at, 'root', false, '') : 'noise';
    }
    if (text.startsWith('Refused PORT ', from) || text.startsWith('Refused EPRT ', from))
      return this.#refused(at, text, from);
    if (text.startsWith('connected - remote : ', from)) return this.#connected(at, text, from + 21);
    if (text.startsWith('SSH2 session opened', from)) {
      if (this.#ssh.size < pidLimit) this.#ssh.add(at.session);
      return 'noise';
    }
    if (text.startsWith('SSH2 session closed', from)) {
      this.#ssh.delete(at.session);
      return 'noise';
    }
    if (text.startsWith(tooMany, from)) return this.#summary(at, text, from + tooMany.length);
    if (text.startsWith('Transfer completed: ', from)) return this.#moved(at, text, from + 20);
    if (text.startsWith('client sent ', from)) return this.#foreign(at, text, from + 12);
    if (text.startsWith('Connection ', from) || text.startsWith('refused connect from ', from)) {
      this.#emit(openEvent(at));
      if (text.startsWith('Connection refused (Max', from) || text.startsWith('Connection refused (max', from))
        this.#emit(replyEvent(at, 421, text.slice(from)));
      this.#emit(closeEvent(at, text.slice(from)));
      return 'event';
    }
    return this.#unknown(text, from);
  }

  /** `Maximum login attempts (3) exceeded, connection refused`: so many failed in this session, each with its own record or none. */
  #summary(at: Origin, text: string, from: number): Understanding {
    if (this.#ssh.has(at.session)) return 'noise';
    const n = digits(text, from, skipDigits(text, from));
    for (let i = Math.min(Math.max(n, 1), mostAttempts); i > 0; i--) this.#emit(loginEvent(at, false, 'summary'));
    return 'event';
  }

  #unknown(text: string, from: number): Understanding {
    if (isDebug(text, from)) this.#debug = true;
    return this.#debug || notes.begin(text, from) || text.length <= from ? 'noise' : 'unparsed';
  }

  /** `Refused PORT 192,168,1,33,4,83 (address mismatch)`: a data connection to somebody else. */
  #refused(at: Origin, text: string, from: number): Understanding {
    if (this.#debug) return 'noise';
    const reason = text.lastIndexOf(' (');
    const arg = text.slice(from + 13, reason > from ? reason : text.length);
    this.#emit(
      exchangeEvent(at, verbOf(text.slice(from + 8, from + 12)), arg, 0, {
        ok: false,
        text: text.slice(from),
        inferred: true,
      }),
    );
    return 'event';
  }

  /** `client sent HTTP command 'GET', disconnecting` */
  #foreign(at: Origin, text: string, from: number): Understanding {
    const open = text.indexOf(" command '", from);
    const close = text.indexOf("', disconnecting", open);
    if (this.#debug || open < 0 || close < 0) return 'noise';
    const verb = verbOf(text.slice(open + 10, close));
    this.#emit(exchangeEvent(at, verb, '', 0, { ok: false, text: text.slice(from), inferred: true }));
    return 'event';
  }

  /** `connected - remote : 192.0.2.7:48106`: the port stands nowhere else. */
  #connected(at: Origin, text: string, from: number): Understanding {
    const colon = text.lastIndexOf(':');
    const port = colon > from ? portOf(numberIn(text.slice(colon + 1))) : 0;
    if (this.#opened.size < pidLimit) this.#opened.add(at.session);
    this.#emit(openEvent(at, port));
    return 'event';
  }

  #moved(at: Origin, text: string, from: number): Understanding {
    const bytesEnd = skipDigits(text, from);
    const command = this.#dispatch.inWork(at.session);
    const blank = command.indexOf(' ');
    const verb = verbOf(blank < 0 ? command : command.slice(0, blank));
    const moves = verb === 'RETR' || verb === 'STOR' || verb === 'APPE' || verb === 'STOU';
    if (!moves || !text.startsWith(' bytes in ', bytesEnd)) return 'noise';
    const seconds = numberIn(text.slice(bytesEnd + 10, text.indexOf(' ', bytesEnd + 10)));
    const path = blank < 0 ? '' : command.slice(blank + 1);
    this.#emit(transferEvent(at, verb, path, true, digits(text, from, bytesEnd), msOfSeconds(seconds)));
    return 'event';
  }

  #dispatched(at: Origin, text: string, from: number): Understanding {
    const dispatch = this.#dispatch;
    this.#debug = true;
    const step = dispatch.read(text, from, at.line, at.time, at.session);
    if (step === 'none') return 'unparsed';
    if (step === 'known') return 'noise';
    if (step === 'begun') {
      if (dispatch.unfinished !== '') {
        this.#emit(
          commandEvent({ ...at, line: dispatch.unfinishedLine, time: dispatch.unfinishedTime }, dispatch.unfinished),
        );
      }
      return 'event';
    }
    const { line, time } = dispatch;
    const command = withoutTelnet(dispatch.command);
    const blank = command.indexOf(' ');
    const verb = verbOf(blank < 0 ? command : command.slice(0, blank));
    const arg = blank < 0 ? '' : command.slice(blank + 1);
    this.#emit(exchangeEvent({ ...at, line, time }, verb, arg, 0, { ok: step === 'done' }));
    return 'event';
  }
}

const tooMany = 'Maximum login attempts (';
const mostAttempts = 100;

/** `Limit access denies login`, `User in /etc/ftpusers` … */
function isRefusal(text: string, at: number): boolean {
  for (const start of ['Limit', 'User', 'Login', 'Not ', 'not ', 'Account', 'account'])
    if (text.startsWith(start, at)) return true;
  return false;
}

/** Messages of DebugLevel 1 and above, which holds hundreds of kinds. */
function isDebug(text: string, from: number): boolean {
  return (
    text.startsWith('ROOT PRIVS', from) ||
    text.startsWith('RELINQUISH', from) ||
    text.startsWith('SETUP PRIVS', from) ||
    text.startsWith('session requested from client', from) ||
    text.startsWith('no matching vhost found', from) ||
    text.startsWith('performing module session', from)
  );
}

/** Index of the `]` of `server (name[address])` at `start`; -1 if no client is named. */
function clientEnd(text: string, start: number): number {
  const blank = text.indexOf(' ', start);
  if (blank < 0 || text.charCodeAt(blank + 1) !== 40) return -1;
  const end = text.indexOf('])', blank);
  const open = text.indexOf('[', blank);
  return open < 0 || end < open || end > blank + 400 ? -1 : end;
}

/** Index behind ` - ` or `: ` at `at`. */
function messageAt(text: string, at: number): number {
  if (text.startsWith(' - ', at)) return at + 3;
  if (text.charCodeAt(at) === 58) return text.charCodeAt(at + 1) === 32 ? at + 2 : at + 1;
  return at + 1;
}

const head = /^\S+ \([^\s[]*\[[0-9a-fA-F.:]+\]\)(?: - |: |:$)/;

/** A message about a client, with debug lines or without. */
function isProftpdMessage(text: string): boolean {
  return (
    head.test(text) ||
    /^\S+(?: - |: )(?:ProFTPD |mod_\w+[/.])/.test(text) ||
    /^pam_\w+\(proftpd:/.test(text) ||
    /^(?:connect from|warning: host name|warning: can't verify) /.test(text)
  );
}

/** Share of a sample that is ProFTPD's, for the dialect with `dispatching` lines, or without any. */
export function detectProftpd(sample: Sample, debug: boolean): number {
  const mine = (text: string, program: string): boolean =>
    isProftpdMessage(text) && (program === '' ? head.test(text) : /proftpd/i.test(program));
  if (!sample.texts.some((text, i) => mine(text, sample.programs[i] ?? '') && /\]\)|ProFTPD|proftpd:|mod_/.test(text)))
    return 0;
  const dispatching = sample.texts.some((text) => text.includes('dispatching ') && head.test(text));
  return dispatching === debug ? share(sample, mine) : 0;
}
