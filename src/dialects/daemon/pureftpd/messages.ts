/**
 * Pure-FTPd's lines behind a syslog header (1.0.50, recorded; ftpd.c, ftp_parser.c), by default and with `-d -d`:
 *   (?@192.0.2.7) [INFO] New connection from 192.0.2.7
 *   (alice@192.0.2.7) [NOTICE] //home/alice/a b.bin downloaded  (20000 bytes, 80000.00KB/sec)
 *   (?@192.0.2.7) [DEBUG] Command [user] [alice]
 *   (?@192.0.2.7) [DEBUG] 331 User alice OK. Password required
 * The sentences are translated when the server is built, so their form counts where it can: a `?` that becomes a name is a
 * login, a warning with a name in brackets a failed one. A record of several lines holds CR LF.
 */

import { Beginnings } from '../../../decoding/beginnings.ts';
import { share } from '../../../decoding/detect.ts';
import {
  ambiguousEvent,
  closeEvent,
  commandOfParts,
  exchangeEvent,
  loginEvent,
  type Origin,
  openEvent,
  replyEvent,
  replyLine,
  transferEvent,
  verbOf,
} from '../../../decoding/event.ts';
import type { Decoder, DecoderOptions, Envelope, EventSink, Sample, Understanding } from '../../../model.ts';
import { msAtRate, numberIn } from '../../../number.ts';
import { codeAt, replyCode } from '../../../protocol/reply-line.ts';

const levels: readonly string[] = ['INFO', 'NOTICE', 'WARNING', 'ERROR', 'DEBUG'];
/** Connections whose user is remembered. */
const userLimit = 4096;

/** What stands for `downloaded` and `uploaded`, in the languages of the server. */
const downloaded: readonly string[] = [
  'download',
  'heruntergeladen',
  'descargad',
  'scaricat',
  'baixad',
  'nedladda',
  'lastet ned',
  'pobran',
  'letölt',
  'stažen',
  'stiahnut',
  'скачан',
  'indirildi',
  'descarcat',
  'télécharg',
];
const uploaded: readonly string[] = [
  'upload',
  'hochgeladen',
  'subid',
  'caricat',
  'enviad',
  'uppladda',
  'lastet opp',
  'wysłan',
  'feltölt',
  'nahrán',
  'nahrat',
  'закачан',
  'загружен',
  'yüklendi',
  'incarcat',
  'envoy',
];

/** Sentences with a path, and the command that failed. */
const failures: readonly (readonly [start: string, verb: string])[] = [
  ["Can't change directory to ", 'CWD'],
  ["Can't open that file: ", 'STOR'],
  ["Can't open ", 'RETR'],
  ["Can't create directory", 'MKD'],
  ["Can't remove directory", 'RMD'],
  ['Could not delete ', 'DELE'],
  ['Could not change perms on ', 'SITE'],
  ['Rename/move failure', 'RNTO'],
  ['Unable to create file', 'STOR'],
];

/** What is said about the server, a transfer's start, or TLS. */
const notes = new Beginnings(`
  Restarting at … Restart offset… SNI: … Transfer aborted… Error during … Unable to … Too many …
  The client tried to overflow… Line too long… Anonymous users … Sorry, … Invalid … Quota exceeded…
  Home directory not available… Permissions changed on … Accepted data connection… FXP transfer… TLS: … SSL/TLS: …
  Client closed the connection… Read error from the client… Can't … Could not … The directory was … Prohibited …
  Configuration error… This is a private system… Only anonymous FTP… You … Unknown … The SQL server… LDAP…
  Out of memory… Disk full… Account… The load was… All reserved TCP ports… Starting in… connect from …
`);

/** `(user@host) [LEVEL] text`: where its parts stand in the line that was read last. */
class Head {
  user = '';
  host = '';
  level = '';
  textAt = 0;

  read(text: string): boolean {
    const start = text.charCodeAt(0) === 32 ? 1 : 0;
    if (text.charCodeAt(start) !== 40) return false;
    for (let close = text.indexOf(') [', start); close >= 0; close = text.indexOf(') [', close + 1)) {
      const at = text.lastIndexOf('@', close);
      const end = text.indexOf('] ', close);
      if (at <= start || end < 0) return false;
      const level = levelAt(text, close + 3, end);
      if (level === '') continue;
      this.user = text.slice(start + 1, at);
      this.host = text.slice(at + 1, close);
      this.level = level;
      this.textAt = end + 2;
      return true;
    }
    return false;
  }

  /** Another head stands further on: in what a client sent, or this one does. */
  isAmbiguous(text: string): boolean {
    // Whose name is not known yet has none to send.
    if (this.user === '?') return false;
    for (let close = text.indexOf(') [', this.textAt); close >= 0; close = text.indexOf(') [', close + 1)) {
      const end = text.indexOf('] ', close);
      const at = text.lastIndexOf('@', close);
      if (end >= 0 && at >= this.textAt && levelAt(text, close + 3, end) !== '') return true;
    }
    return false;
  }
}

/**
 * To a client that went away without QUIT the last code is said once more; unlike 221 it does not tell the end itself.
 *   [DEBUG] 331 User alice OK. Password required
 *   [INFO] Logout.
 *   [DEBUG] 331 Logout.                                          (1.0.50, recorded)
 */
function isFarewell(said: string): boolean {
  return said.length === 11 && said.endsWith(' Logout.') && !said.startsWith('221');
}

function levelAt(text: string, from: number, to: number): string {
  for (const level of levels) if (to - from === level.length && text.startsWith(level, from)) return level;
  return '';
}

/** The decoder of both dialects. */
export function openPureftpd(_options: DecoderOptions, emit: EventSink): Decoder {
  return new Pureftpd(emit);
}

class Pureftpd implements Decoder {
  readonly #emit: EventSink;
  readonly #head = new Head();
  /** Connections that are still without user; true once their login was stated. */
  readonly #strangers = new Map<string, boolean>();
  /** Commands are logged: then what a sentence says is said by command and reply already. */
  #protocol = false;
  #replies = false;

  constructor(emit: EventSink) {
    this.#emit = emit;
  }

  line(text: string, line: number, envelope: Envelope): Understanding {
    const head = this.#head;
    if (!head.read(text)) {
      // The daemon states each refusal itself; PAM names its own host as often as the client's.
      if (text.startsWith('pam_')) return 'noise';
      return text.startsWith('connect from ') ? 'noise' : 'unparsed';
    }
    const session = envelope.pid === '' ? head.host : envelope.pid;
    if (head.isAmbiguous(text)) {
      this.#emit(ambiguousEvent({ line, time: envelope.time, session, peer: '', user: '' }));
      return 'event';
    }
    const user = head.user === '?' ? '' : head.user;
    const at: Origin = { line, time: envelope.time, session, peer: head.host, user };
    if (user !== '') this.#named(at);
    const said = text.slice(head.textAt);
    switch (head.level) {
      case 'DEBUG':
        return this.#debug(at, said);
      case 'INFO':
        return this.#info(at, said);
      case 'WARNING':
        return this.#warning(at, said);
      default:
        return this.#notice(at, said);
    }
  }

  /** A connection is shown with a name from its login on. */
  #named(at: Origin): void {
    const stated = this.#strangers.get(at.session);
    if (stated === undefined) return;
    this.#strangers.delete(at.session);
    if (!stated) this.#emit(loginEvent(at, true, 'daemon'));
  }

  #debug(at: Origin, said: string): Understanding {
    if (codeAt(said) >= 0) {
      this.#replies = true;
      for (let from = 0; from <= said.length; ) {
        const feed = said.indexOf('\n', from);
        const end = feed < 0 ? said.length : feed;
        const bare = end > from && said.charCodeAt(end - 1) === 13 ? end - 1 : end;
        if (bare > from || feed >= 0) this.#emit(replyLine(at, said.slice(from, bare)));
        from = end + 1;
      }
      if (isFarewell(said)) this.#emit(closeEvent(at));
      return 'event';
    }
    // Command [stor] [a [1].txt]
    const verbAt = said.indexOf('[');
    const verbEnd = said.indexOf('] [', verbAt);
    if (verbAt < 0 || verbEnd < 0) return said.startsWith('TLS') || said.startsWith('SSL') ? 'noise' : 'unparsed';
    this.#protocol = true;
    const last = said.length - 1;
    const arg = said.slice(verbEnd + 3, said.charCodeAt(last) === 93 ? last : last + 1);
    this.#emit(commandOfParts(at, verbOf(said.slice(verbAt + 1, verbEnd)), arg));
    return 'event';
  }

  #info(at: Origin, said: string): Understanding {
    if (said.endsWith(at.peer) && at.user === '' && said.length > at.peer.length && !said.includes('[')) {
      // New connection from 192.0.2.7
      if (this.#strangers.size < userLimit) this.#strangers.set(at.session, false);
      this.#emit(openEvent(at));
      return 'event';
    }
    if (said === 'Logout.' || said === 'Logout') return this.#over(at, '');
    if (said.endsWith(' is now logged in')) return this.#loggedIn(at, said.slice(0, -17));
    if (said.startsWith('Anonymous user logged in')) return this.#loggedIn(at, this.#protocol ? '' : 'anonymous');
    if (said.startsWith('TLS: Enabled') || said.startsWith('SSL/TLS: Enabled')) return this.#encrypted(at);
    return this.#failed(at, said);
  }

  #over(at: Origin, reason: string): Understanding {
    this.#strangers.delete(at.session);
    // The goodbye is logged behind it, to a client that just went away as well, and ends the session itself.
    if (this.#replies) return 'noise';
    this.#emit(closeEvent(at, reason));
    return 'event';
  }

  #loggedIn(at: Origin, user: string): Understanding {
    if (this.#strangers.size < userLimit) this.#strangers.set(at.session, true);
    this.#emit(loginEvent({ ...at, user }, true, 'daemon'));
    return 'event';
  }

  #encrypted(at: Origin): Understanding {
    if (this.#protocol || at.user !== '') return 'noise';
    this.#emit(exchangeEvent(at, 'AUTH', 'TLS', 234, { inferred: true }));
    return 'event';
  }

  /** `Authentication failed for user [alice]`, in whatever language; the name is the client's own words. */
  #warning(at: Origin, said: string): Understanding {
    const open = said.indexOf('[');
    const close = said.lastIndexOf(']');
    if (said.startsWith('Too many authentication failures')) {
      this.#emit(loginEvent(at, false, 'summary'));
      return 'event';
    }
    if (said.startsWith('Too many connections (') && open > 0) return this.#turnedAway(at, said, open, close);
    if (at.user !== '' || open < 0 || close < open) return this.#failed(at, said);
    this.#emit(loginEvent({ ...at, user: said.slice(open + 1, close) }, false, 'daemon'));
    return 'event';
  }

  /** `(?@?) [WARNING] Too many connections (3) from this IP: [192.0.2.7]`: the client was sent a 421. */
  #turnedAway(at: Origin, said: string, open: number, close: number): Understanding {
    const peer = said.slice(open + 1, close);
    const refused = { ...at, peer, session: `${at.session} ${peer}`, user: '' };
    this.#emit(openEvent(refused));
    this.#emit(replyEvent(refused, 421, said));
    this.#emit(closeEvent(refused));
    return 'event';
  }

  #notice(at: Origin, said: string): Understanding {
    if (said.endsWith('/sec)')) return this.#moved(at, said);
    if (said.startsWith('Deleted ')) return this.#did(at, 'DELE', pathOf(said.slice(8)), true);
    const arrow = said.lastIndexOf(']->[');
    const open = said.indexOf(': [');
    if (arrow > 0 && open > 0 && open < arrow) {
      this.#did(at, 'RNFR', said.slice(open + 3, arrow), true);
      return this.#did(at, 'RNTO', said.slice(arrow + 4, -1), true);
    }
    return this.#failed(at, said);
  }

  #moved(at: Origin, said: string): Understanding {
    const figures = said.lastIndexOf('  (');
    const bytesEnd = said.indexOf(' bytes, ', figures);
    if (figures < 0 || bytesEnd < 0) return 'unparsed';
    const down = lastWord(said, figures, downloaded);
    const up = lastWord(said, figures, uploaded);
    const wordAt = Math.max(down, up);
    if (wordAt < 0) return 'unparsed';
    const bytes = numberIn(said.slice(figures + 3, bytesEnd));
    const rate = numberIn(said.slice(bytesEnd + 8, -7));
    const path = pathOf(said.slice(0, wordAt).trimEnd());
    const durationMs = msAtRate(bytes, rate);
    const complete = !said.startsWith('partially', wordAt - 10);
    this.#emit(
      transferEvent(
        at,
        down > up ? 'RETR' : 'STOR',
        complete ? path : path.slice(0, -10).trimEnd(),
        complete,
        bytes,
        durationMs,
      ),
    );
    return 'event';
  }

  #failed(at: Origin, said: string): Understanding {
    for (const [start, verb] of failures) {
      if (!said.startsWith(start)) continue;
      const colon = said.lastIndexOf(': ');
      const arg = colon > start.length ? said.slice(start.length, colon) : '';
      return this.#did(at, verb, verb === 'SITE' ? `CHMOD ${arg}` : arg, false);
    }
    if (said.startsWith('Timeout')) return this.#over(at, said);
    return notes.begin(said) ? 'noise' : 'unparsed';
  }

  #did(at: Origin, verb: string, arg: string, ok: boolean): Understanding {
    if (this.#protocol) return 'noise';
    this.#emit(exchangeEvent(at, verb, arg, 0, { ok, inferred: true }));
    return 'event';
  }
}

/** `//home/alice`: the root directory and the path. */
function pathOf(path: string): string {
  return path.startsWith('//') ? path.slice(1) : path;
}

/** Where one of these words stands last before `end`; -1 if none does. */
function lastWord(text: string, end: number, words: readonly string[]): number {
  let last = -1;
  for (const word of words) {
    const at = text.lastIndexOf(` ${word}`, end);
    if (at > last) last = at;
  }
  return last;
}

const head = new Head();

function isMine(text: string): boolean {
  return head.read(text) || (text.startsWith('pam_') && text.includes('(pure-ftpd:'));
}

function isCommand(text: string): boolean {
  return head.read(text) && head.level === 'DEBUG' && (replyCode(text, head.textAt) > 0 || text.endsWith(']'));
}

/** All of its lines count for the dialect whose kind of line occurs: with commands and replies, or without any. */
export function detectPureftpd(sample: Sample, verbose: boolean): number {
  return share(sample, isCommand) > 0 === verbose ? share(sample, isMine) : 0;
}
