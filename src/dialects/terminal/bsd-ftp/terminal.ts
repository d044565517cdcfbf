/**
 * The terminal of BSD's ftp and its children (tnftp 20210827, GNU inetutils 2.4, netkit 0.17 recorded; Windows ftp.exe,
 * Solaris and AIX pasted). Replies stand bare; commands are shown with `-d` only, behind `---> `.
 *   ftp> get a.txt
 *   local: a.txt remote: a.txt
 *   ---> RETR a.txt
 *   150 Opening BINARY mode data connection for a.txt (521 bytes).
 *   226 Transfer complete.
 *   521 bytes received in 00:00 (69.61 MiB/s)      ← no reply 521
 */

import { closeEvent, commandEvent, type Origin, openEvent, replyLine, transferEvent } from '../../../decoding/event.ts';
import { Inference } from '../../../decoding/inference.ts';
import { isSubcommand, sentBy } from '../../../decoding/subcommands.ts';
import { isToolNote } from '../../../decoding/tool-notes.ts';
import { isListingLine, longestRun } from '../../../decoding/wire-line.ts';
import type { Decoder, EventSink, Understanding } from '../../../model.ts';
import { msOfSeconds, numberIn } from '../../../number.ts';
import { replyCode } from '../../../protocol/reply-line.ts';
import { digits, isBlank, isDigit, skipDigits } from '../../../text.ts';
import { isLocalLine } from './notes.ts';

export class BsdFtp implements Decoder {
  readonly #emit: EventSink;
  readonly #inference: Inference;
  readonly #windows: boolean;
  /** Commands are shown, so none is concluded. */
  #shown = false;
  #alive = false;
  #openCode = 0;
  /** Commands that wait for a final reply. */
  #waiting = 0;
  #moving = false;
  /** A transfer has just ended: its summary comes next. */
  #moved = false;
  #lastReply = '';
  /** Lines inside the open reply, or of data. */
  #run = 0;
  /** A password was asked for, so the next line may be the prompt in another tongue. */
  #asksPassword = false;
  /** What was moved last, for the summary. */
  #verb = '';
  #path = '';
  /** The file was named by `local: … remote: …` alone: only the summary tells which way it went. */
  #anyWay = false;

  constructor(emit: EventSink, windows: boolean) {
    this.#emit = emit;
    this.#inference = new Inference(emit);
    this.#windows = windows;
  }

  line(text: string, line: number): Understanding {
    const at: Origin = { line, time: Number.NaN, session: '', peer: '', user: '' };
    const start = promptsEnd(text);
    if (text.startsWith('---> ', start)) return this.#command(at, text.slice(start + 5));
    if (this.#openCode > 0 && start === 0) return this.#inside(at, text);
    this.#openCode = 0;
    const code = replyCode(text, start);
    if (code > 0 && !isSummary(text, start)) return this.#reply(at, code, start === 0 ? text : text.slice(start));
    if (start > 0) return this.#typed(text, start);
    return this.#local(at, text);
  }

  inData(): boolean {
    return this.#moving;
  }

  #command(at: Origin, wire: string): Understanding {
    this.#shown = true;
    this.#openCode = 0;
    this.#waiting++;
    this.#moved = false;
    this.#lastReply = '';
    if (wire.startsWith('RETR ') || wire.startsWith('STOR ') || wire.startsWith('APPE ')) {
      this.#verb = wire.slice(0, 4);
      this.#path = kept(wire.slice(5));
    }
    this.#emit(commandEvent(at, wire));
    return 'event';
  }

  #inside(at: Origin, text: string): Understanding {
    if ((replyCode(text) === this.#openCode && text.charCodeAt(3) !== 45) || ++this.#run > longestRun)
      this.#openCode = 0;
    this.#emit(replyLine(at, text));
    return 'event';
  }

  #reply(at: Origin, code: number, wire: string): Understanding {
    // tnftp -d prints the reply to EPSV twice, inetutils -d the one to a refused MDTM.
    if (wire === this.#lastReply && this.#waiting === 0 && (this.#shown || code === 229)) {
      this.#lastReply = '';
      return 'noise';
    }
    if (this.#moving && isFileName(code)) return 'noise';
    if (this.#moved && this.#shown && this.#waiting === 0 && code !== 421 && isSummaryOfSomeTongue(wire))
      return 'noise';
    this.#lastReply = wire.length > 512 ? '' : wire;
    if (!this.#shown) this.#inference.before(at, code, wire);
    if (wire.charCodeAt(3) === 45) this.#openCode = code;
    this.#moved = this.#moving && code >= 200;
    this.#moving = code < 200;
    this.#run = 0;
    if (code >= 200 && this.#waiting > 0) this.#waiting--;
    this.#alive = code !== 221 && code !== 421;
    this.#asksPassword = code === 331;
    // ftp.exe sends it at once.
    if (code === 220 && this.#windows) this.#inference.hint('OPTS', 'UTF8 ON');
    this.#emit(replyLine(at, wire));
    return 'event';
  }

  /** The echo of a subcommand, or of a name behind `Name (host:user):`. */
  #typed(text: string, start: number): Understanding {
    if (text.startsWith('Name (') || text.indexOf('(none))') > 0) {
      this.#inference.user(text.slice(start));
      return 'noise';
    }
    if (text.startsWith('ftp>')) {
      const sent = sentBy(text.slice(start), this.#windows);
      this.#inference.hint(sent.verb, sent.arg);
      if (sent.verb === 'RETR' || sent.verb === 'STOR' || sent.verb === 'APPE') {
        this.#verb = sent.verb;
        this.#path = kept(sent.arg);
      } else this.#verb = '';
    }
    return 'noise';
  }

  #local(at: Origin, text: string): Understanding {
    if (isSummary(text, 0) || text.startsWith('ftp: ')) return this.#summary(at, text);
    if (this.#moving && ++this.#run < longestRun) return 'noise';
    if (text.startsWith('Connected to ')) return this.#connected(at, text);
    if (text.startsWith('Connection closed by') || text.startsWith('Lost connection')) {
      if (this.#alive) this.#emit(closeEvent(at, text));
      this.#alive = false;
      return 'event';
    }
    if (text.startsWith('local: ')) this.#localAndRemote(text);
    if (this.#asksPassword && isShortPrompt(text)) return 'noise';
    if (!this.#alive && isSubcommand(text)) return 'noise';
    return isBlank(text) || isLocalLine(text) || isListingLine(text) || isToolNote(text) ? 'noise' : 'unparsed';
  }

  /** Once for each connection: `status` says it again. */
  #connected(at: Origin, text: string): Understanding {
    if (this.#alive) return 'noise';
    this.#alive = true;
    this.#waiting = 0;
    this.#inference.restart();
    this.#emit(openEvent(at, 0, hostOf(text)));
    return 'event';
  }

  /** `local: a.txt remote: b c.txt` names the file where no subcommand was echoed. */
  #localAndRemote(text: string): void {
    const remote = text.lastIndexOf(' remote: ');
    if (remote < 0 || this.#shown) return;
    this.#path = kept(text.slice(remote + 9));
    this.#anyWay = this.#verb === '';
    this.#inference.file(this.#path);
  }

  #summary(at: Origin, text: string): Understanding {
    const start = text.startsWith('ftp: ') ? 5 : 0;
    const end = skipDigits(text, start);
    if (end === start) return 'noise';
    const upload = text.startsWith(' bytes sent', end);
    const verb = this.#anyWay ? (upload ? 'STOR' : 'RETR') : this.#verb;
    this.#verb = '';
    this.#anyWay = false;
    if (verb === '' || (verb === 'RETR') === upload || this.#path === '') return 'noise';
    this.#emit(transferEvent(at, verb, this.#path, true, digits(text, start, end), durationOf(text, end)));
    return 'event';
  }
}

function kept(path: string): string {
  return path.length > 1024 ? path.slice(0, 1024) : path;
}

/** Index behind the prompts that stand at the start: `ftp> `, `Password:`, `Name (h:u): `, `User (h:(none)): `. */
function promptsEnd(text: string): number {
  let at = 0;
  for (let i = 0; i < 4; i++) {
    const next = promptEnd(text, at);
    if (next === at) break;
    at = next;
  }
  return at;
}

function promptEnd(text: string, at: number): number {
  switch (text.charCodeAt(at)) {
    case 102: // f
      return text.startsWith('ftp>', at) ? (text.charCodeAt(at + 4) === 32 ? at + 5 : at + 4) : at;
    case 80: // P
      return text.startsWith('Password:', at) ? blankEnd(text, at + 9) : at;
    case 65: // A
      return text.startsWith('Account:', at) ? blankEnd(text, at + 8) : at;
    case 78: // N
      return text.startsWith('Name (', at) ? namePromptEnd(text, at) : at;
    default:
      return at === 0 ? userPromptEnd(text) : at;
  }
}

/** `User (192.0.2.7:(none)): ` in any tongue, as ftp.exe asks. */
function userPromptEnd(text: string): number {
  const none = text.indexOf(':(none))');
  if (none < 0 || none > 280) return 0;
  const colon = text.indexOf(':', none + 8);
  const wide = text.indexOf('：', none + 8);
  const end = colon < 0 ? wide : colon;
  return end < 0 || end > none + 10 ? 0 : blankEnd(text, end + 1);
}

/** `Kennwort:`, `Mot de passe :`, `密码:`. */
function isShortPrompt(text: string): boolean {
  const colon = Math.max(text.indexOf(':'), text.indexOf('：'));
  return colon > 0 && colon < 24;
}

function namePromptEnd(text: string, at: number): number {
  const end = text.indexOf('):', at);
  return end < 0 ? at : blankEnd(text, end + 2);
}

function blankEnd(text: string, at: number): number {
  return text.charCodeAt(at) === 32 ? at + 1 : at;
}

/** `521 bytes sent in 00:00 (1.2 KiB/s)`, `ftp: 114 bytes received in 0.00Seconds 114000.00Kbytes/sec.` */
function isSummary(text: string, at: number): boolean {
  if (!isDigit(text, at)) return false;
  const end = skipDigits(text, at);
  return text.startsWith(' bytes sent in ', end) || text.startsWith(' bytes received in ', end);
}

/** A code that ends no transfer: a name in the listing begins with three digits. */
function isFileName(code: number): boolean {
  return code > 200 && code < 400 && code !== 225 && code !== 226 && code !== 250;
}

/** `521 octets envoyés en 0.1 s`: a summary that is not English. */
function isSummaryOfSomeTongue(wire: string): boolean {
  const lower = wire.toLowerCase();
  return lower.startsWith('byte', 4) || lower.startsWith('octet', 4) || lower.startsWith('oktet', 4);
}

/** Milliseconds of `in 0.000187 seconds`, `in 0.00Seconds`, `in 01:40`; -1 if nothing was measured. */
function durationOf(text: string, at: number): number {
  const from = text.indexOf(' in ', at) + 4;
  if (from < 4) return -1;
  let end = from;
  while (
    end < text.length &&
    text.charCodeAt(end) !== 32 &&
    text.charCodeAt(end) !== 83 &&
    text.charCodeAt(end) !== 115
  )
    end++;
  const word = text.slice(from, end);
  const colon = word.indexOf(':');
  const seconds =
    colon < 0 ? numberIn(word) : Math.max(0, digits(word, 0, colon)) * 60 + numberIn(word.slice(colon + 1));
  return seconds > 0 ? msOfSeconds(seconds) : -1;
}

/** `Connected to ftp.example.net (192.0.2.7).` → the address if it is there, else the name. */
function hostOf(text: string): string {
  return text.slice(13);
}
