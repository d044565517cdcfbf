/**
 * The ftpd of BSD and its descendants behind a syslog header: netkit, GNU inetutils (both recorded), FreeBSD, NetBSD, macOS,
 * heimdal (ftpd.c), wu-ftpd, Solaris, AIX, Tru64 (pasted), busybox (ftpd.c). They differ in a few sentences; each is read
 * wherever it stands.
 *   connection from host.example.net
 *   FTP LOGIN FAILED FROM host.example.net, alice
 *   get /home/alice/a b.bin = 20000 bytes
 *   command: PASS  ???
 *   <--- 230 User alice logged in.
 * GNU inetutils writes a reply as two records: `<--- 331 `, then its text.
 */

import { Beginnings } from '../../../decoding/beginnings.ts';
import {
  closeEvent,
  exchangeEvent,
  loginEvent,
  type Origin,
  openEvent,
  transferEvent,
} from '../../../decoding/event.ts';
import { pamLogin } from '../../../decoding/pam.ts';
import { looksLikeCommand, startsWithVerb } from '../../../decoding/wire-line.ts';
import type { Decoder, DecoderOptions, Envelope, EventSink, Understanding } from '../../../model.ts';
import { msOfSeconds, numberIn } from '../../../number.ts';
import { nameRefused } from '../../../protocol/refusals.ts';
import { codeAt, replyCode } from '../../../protocol/reply-line.ts';
import { digits, skipDigits } from '../../../text.ts';
import { LongCommands } from './long-commands.ts';

/** Connections whose reply waits for its text. */
const pendingLimit = 1024;

/** Sentences about the name service, the system or the server itself. */
const notes = new Beginnings(`
  connect from … warning: … gethostby… getpeername… getsockname… getnameinfo… repeated login failures… pam_… PAM …
  accept… bind… listen… setsockopt… cannot … can't … Can't … could not … Position is … Reading file as … Input file: …
  open of … chdir… chroot… unknown … sigurg… wtmp… utmp… login_getclass… setproctitle… getrlimit… setrlimit…
  Data port already in use… restricted… path-filter… mapped… upload … anonymous only… guest … shutdown… exit… ident…
  cmd failure… NOTICE… deny… ConfigFile… TLS …
`);

/** Action words of `-l -l`, and the commands they stand for. */
const actions: readonly (readonly [word: string, verb: string])[] = [
  ['get ', 'RETR'],
  ['put ', 'STOR'],
  ['append ', 'APPE'],
  ['delete ', 'DELE'],
  ['mkdir ', 'MKD'],
  ['rmdir ', 'RMD'],
  ['rename ', 'RNTO'],
];

const repeated = 'repeated login failures from ';

export function openFtpd(_options: DecoderOptions, emit: EventSink): Decoder {
  return new Ftpd(emit);
}

class Ftpd implements Decoder {
  readonly #emit: EventSink;
  /** Codes whose text comes in the next record, by process. */
  readonly #pending = new Map<string, { readonly at: Origin; readonly wire: string }>();
  readonly #commands: LongCommands;
  /** Commands are logged (-d): then what a sentence says is said by command and reply already. */
  #protocol = false;

  constructor(emit: EventSink) {
    this.#emit = emit;
    this.#commands = new LongCommands(emit);
  }

  line(text: string, line: number, envelope: Envelope): Understanding {
    const at: Origin = { line, time: envelope.time, session: envelope.pid, peer: '', user: '' };
    if (this.#pending.size > 0 && this.#completed(at, text)) return 'event';
    switch (text.charCodeAt(0)) {
      case 60: // <
        return text.startsWith('<--- ') ? this.#reply(at, text) : 'unparsed';
      case 99: // c
        if (text.startsWith('command: ')) return this.#command(at, text.slice(9));
        if (text.startsWith('connection from ')) return this.#opened(at, text, 16);
        break;
      case 70: // F
        if (text.startsWith('FTP LOGIN ')) return this.#login(at, text, 10);
        if (text.startsWith('FTP ACCESS REFUSED ')) return this.#refused(at, text, 11);
        if (text.startsWith('FTPD: ')) return this.#fileMoved(at, text);
        if (text.startsWith('FTP session closed')) return this.#over(at, text, '');
        if (text.startsWith('Failed authentication from: ')) return this.#failed(at, text, 28);
        break;
      case 65: // A
        if (text.startsWith('ANONYMOUS FTP LOGIN ')) return this.#login(at, text, 20);
        if (text.startsWith('ACCESS DENIED ')) return this.#denied(at, text, text.indexOf(' TO ') + 4);
        break;
      default:
    }
    return this.#sentence(at, text);
  }

  end(): void {
    for (const { at, wire } of this.#pending.values()) this.#commands.reply(at, wire);
    this.#pending.clear();
    this.#commands.end();
  }

  /** The record is the text of a reply whose code came before. */
  #completed(at: Origin, text: string): boolean {
    const waiting = this.#pending.get(at.session);
    if (waiting === undefined) return false;
    this.#pending.delete(at.session);
    const own = text.startsWith('<--- ') || text.startsWith('command: ') || text.startsWith('FTP LOGIN');
    this.#commands.reply(waiting.at, own ? waiting.wire : waiting.wire + text);
    return !own;
  }

  #reply(at: Origin, text: string): Understanding {
    const code = codeAt(text, 5);
    if (code < 0) return 'unparsed';
    this.#protocol = true;
    let end = text.length;
    while (end > 9 && text.charCodeAt(end - 1) === 32) end--;
    const wire = text.slice(5);
    if (end <= 9 && this.#pending.size < pendingLimit) {
      this.#pending.set(at.session, { at, wire: wire.length === 3 ? `${wire} ` : wire });
      return 'event';
    }
    this.#commands.reply(at, wire);
    return 'event';
  }

  #command(at: Origin, wire: string): Understanding {
    this.#protocol = true;
    this.#commands.command(at, wire);
    return 'event';
  }

  /** `connection from 192.0.2.7 (name) at Fri Jun 17 07:07:00 2005`, `connection from name [192.0.2.7]`. */
  #opened(at: Origin, text: string, from: number): Understanding {
    this.#emit(openEvent({ ...at, peer: hostAt(text, from) }));
    return 'event';
  }

  /** Behind `FTP LOGIN ` or `ANONYMOUS FTP LOGIN `. */
  #login(at: Origin, text: string, from: number): Understanding {
    if (text.startsWith('FROM ', from)) {
      const peer = hostAt(text, from + 5);
      const anonymous = from === 20;
      const user = anonymous ? 'anonymous' : userBehind(text, hostEnd(text, from + 5));
      this.#emit(loginEvent({ ...at, peer, user: this.#protocol && anonymous ? '' : user }, true, 'daemon'));
      return 'event';
    }
    if (text.startsWith('FAILED FROM ', from)) return this.#failed(at, text, from + 12);
    return text.startsWith('FAILED', from) || text.startsWith('REFUSED', from)
      ? this.#refused(at, text, from)
      : 'unparsed';
  }

  /** `FTP LOGIN REFUSED (username in denied-uid) FROM host [192.0.2.7], alice`. */
  #refused(at: Origin, text: string, from: number): Understanding {
    const mark = text.indexOf('FROM ', from);
    return mark < 0 ? 'unparsed' : this.#failed(at, text, mark + 5, nameRefused);
  }

  #failed(at: Origin, text: string, from: number, reason = ''): Understanding {
    const user = userBehind(text, hostEnd(text, from));
    this.#emit(loginEvent({ ...at, peer: hostAt(text, from), user }, false, 'daemon', reason));
    return 'event';
  }

  /** It says that logins failed, not how many or for whom: one at least, where the log has no record of each. */
  #summary(at: Origin, text: string, from: number): Understanding {
    this.#emit(loginEvent({ ...at, peer: hostAt(text, from) }, false, 'summary'));
    return 'event';
  }

  /** Turned away before the first command. */
  #denied(at: Origin, text: string, from: number): Understanding {
    const who = { ...at, peer: hostAt(text, from) };
    this.#emit(openEvent(who));
    this.#emit(closeEvent(who, text));
    return 'event';
  }

  #over(at: Origin, text: string, user: string): Understanding {
    this.#emit(closeEvent({ ...at, user }, text));
    return 'event';
  }

  /** AIX: `FTPD: EXPORT file local PATH, remote NAME`; either may be missing. */
  #fileMoved(at: Origin, text: string): Understanding {
    const down = text.startsWith('EXPORT file local ', 6);
    const mark = text.indexOf(', remote', 24);
    if ((!down && !text.startsWith('IMPORT file local ', 6)) || mark < 24) return 'unparsed';
    const local = text.slice(24, mark);
    const remote = text.slice(mark + 8).trim();
    const path = (down ? local || remote : remote || local).trim();
    this.#emit(transferEvent(at, down ? 'RETR' : 'STOR', path, true, -1, -1));
    return 'event';
  }

  #sentence(at: Origin, text: string): Understanding {
    if (text.startsWith('failed login from ')) return this.#failed(at, text, 18);
    if (text.startsWith(repeated)) return this.#summary(at, text, repeated.length);
    if (text.startsWith('refused connect from ')) return this.#denied(at, text, 21);
    if (text.startsWith('lost connection to ') || text.startsWith('exiting on signal')) return this.#over(at, text, '');
    if (text.startsWith('User ')) {
      const end = text.indexOf(' timed out after ');
      const user = text.slice(5, end);
      if (end > 0) return this.#over(at, text, user === 'unknown' ? '' : user);
    }
    if (text.startsWith('login ') && text.endsWith(' failed.')) {
      const mark = text.lastIndexOf(' from ');
      if (mark > 6) {
        this.#emit(loginEvent({ ...at, peer: text.slice(mark + 6, -8), user: text.slice(6, mark) }, false, 'daemon'));
        return 'event';
      }
    }
    if (text.startsWith('xferlog (')) return this.#xferlog(at, text);
    for (const [word, verb] of actions) if (text.startsWith(word)) return this.#action(at, text, word.length, verb);
    if (text.startsWith('pam_') || text.startsWith('authentication failure;')) return pamLogin(text, at, this.#emit);
    if (looksLikeCommand(text) && startsWithVerb(text)) return this.#logged(at, text);
    if (replyCode(text) > 0) {
      this.#protocol = true;
      this.#commands.reply(at, text);
      return 'event';
    }
    return notes.begin(text) ? 'noise' : 'unparsed';
  }

  /** wu-ftpd with `log commands`, busybox -vv: the command itself. `PASS password` is what wu-ftpd writes for any. */
  #logged(at: Origin, text: string): Understanding {
    if (text === 'PASS password') return this.#command(at, 'PASS ***');
    if (text === 'TYPE Image') return this.#command(at, 'TYPE I');
    if (text === 'TYPE ASCII') return this.#command(at, 'TYPE A');
    return this.#command(at, text);
  }

  /**
   * `get PATH = N bytes`; without a size it failed. The others are written before they are tried. FreeBSD adds
   * `(wd: DIR; chrooted)`, NetBSD `in 0.123 seconds`.
   */
  #action(at: Origin, text: string, from: number, verb: string): Understanding {
    const wd = text.endsWith(')') ? text.lastIndexOf(' (wd: ') : -1;
    const end = wd < 0 ? text.length : wd;
    const mark = text.lastIndexOf(' = ', end);
    const moves = verb === 'RETR' || verb === 'STOR' || verb === 'APPE';
    if (moves && mark > from && text.startsWith(' bytes', skipDigits(text, mark + 3))) {
      const size = digits(text, mark + 3, skipDigits(text, mark + 3));
      this.#emit(transferEvent(at, verb, text.slice(from, mark), true, size, secondsAt(text, mark)));
      return 'event';
    }
    if (this.#protocol) return 'noise';
    this.#emit(exchangeEvent(at, verb, text.slice(from, end), 0, { ok: !moves, inferred: true }));
    return 'event';
  }

  /** wu-ftpd: `xferlog (send): 1 host 123 /path b _ o r alice ftp 0 * c`. */
  #xferlog(at: Origin, text: string): Understanding {
    const start = text.indexOf('): ') + 3;
    const fields = text.slice(start).trim().split(' ');
    const tail = fields.length - 9;
    if (start < 3 || tail < 4) return 'unparsed';
    const verb = fields[tail + 2] === 'i' ? 'STOR' : 'RETR';
    const who = { ...at, peer: fields[1] ?? '', user: fields[tail + 4] ?? '' };
    const path = fields.slice(3, tail).join(' ');
    this.#emit(
      transferEvent(
        who,
        verb,
        path,
        fields[tail + 8] !== 'i',
        numberIn(fields[2] ?? ''),
        msOfSeconds(numberIn(fields[0] ?? '')),
      ),
    );
    return 'event';
  }
}

/** `in 0.123 seconds` behind the size, in ms; -1 if there is none. */
function secondsAt(text: string, from: number): number {
  const mark = text.indexOf(' bytes in ', from);
  const seconds = mark < 0 ? -1 : numberIn(text.slice(mark + 10, text.indexOf(' ', mark + 10)));
  return msOfSeconds(seconds);
}

/** `[U2Fsd…=] @ 192.0.2.7 [192.0.2.7]`: Mac OS X Server 10.5 puts the name, enciphered, in front; index of the host. */
function hostStart(text: string, at: number): number {
  const close = text.charCodeAt(at) === 91 ? text.indexOf(']', at) : -1;
  return close > 0 && text.startsWith('] @ ', close) ? close + 4 : at;
}

/** Index behind the host at `at`: a name or address, which may be followed by its address in brackets or parentheses. */
function hostEnd(text: string, at: number): number {
  const word = wordEnd(text, hostStart(text, at));
  const open = text.charCodeAt(word) === 32 ? word + 1 : word;
  const c = text.charCodeAt(open);
  if (c !== 91 && c !== 40) return word;
  const close = text.indexOf(c === 91 ? ']' : ')', open);
  return close < 0 ? word : close + 1;
}

function wordEnd(text: string, at: number): number {
  for (let i = at; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 32 || c === 44 || c === 40 || (c === 91 && i > at)) return i;
  }
  return text.length;
}

/** The host at `at`, by its address where both are named. */
function hostAt(text: string, at: number): string {
  const start = hostStart(text, at);
  const word = wordEnd(text, start);
  const end = hostEnd(text, start);
  const open = text.charCodeAt(word) === 32 ? word + 1 : word;
  const second = end > open + 2 ? text.slice(open + 1, end - 1) : '';
  return second !== '' && isAddress(second) ? second : text.slice(start, word);
}

function isAddress(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i) | 32;
    if (!((c >= 48 && c <= 58) || (c >= 97 && c <= 102) || text.charCodeAt(i) === 46)) return false;
  }
  return true;
}

/** `, alice` or ` as alice (class: real)` at `at`. */
function userBehind(text: string, at: number): string {
  if (text.startsWith(', ', at)) return text.slice(at + 2);
  if (!text.startsWith(' as ', at)) return '';
  const end = text.endsWith(')') ? text.lastIndexOf(' (class: ') : -1;
  return end > at ? text.slice(at + 4, end) : text.slice(at + 4);
}
