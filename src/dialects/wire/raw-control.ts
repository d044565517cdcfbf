/**
 * Both sides of a control connection as on the wire, without marks: a tee of the connection, nc, telnet, a proxy's dump.
 * Which side a line is of shows only in its content: a code, or a verb. What is neither is a command too, if the server
 * then refuses it while nothing else waits for a reply:
 *   C: hello
 *   S: 500 Unknown command.
 */

import { count, understoodShare } from '../../decoding/detect.ts';
import { bareOrigin, closeEvent, commandEvent, type Origin, openEvent, replyLine } from '../../decoding/event.ts';
import { beginsTlsReport, isToolNote } from '../../decoding/tool-notes.ts';
import { turnsOf } from '../../decoding/turns.ts';
import {
  interruptsReply,
  isListingLine,
  longestRun,
  looksLikeCommand,
  startsWithVerb,
  withoutTelnet,
} from '../../decoding/wire-line.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { replyCode } from '../../protocol/reply-line.ts';
import { isBlank } from '../../text.ts';

/** Lines that were taken for commands and got no reply; beyond it such lines are not understood. */
const vainLimit = 2;

class RawControl implements Decoder {
  readonly #emit: EventSink;
  readonly #origin = bareOrigin();
  /** Code of the multi-line reply that is open; 0 if none is. */
  #openCode = 0;
  /** The line before was the last one of another reply: the open one may have ended with a wrong code. */
  #odd = false;
  /** Commands that wait for a final reply. */
  #waiting = 0;
  /** The line before ended a reply: whatever still waits gets none (seen with netkit's ftpd, which does not answer USER). */
  #answered = false;
  /** A 1yz came and no final reply: what is neither command nor reply is data. */
  #moving = false;
  /** AUTH was accepted: what follows may be ciphertext. */
  #sealed = false;
  /** Something of a conversation was seen. */
  #alive = false;
  /** A line that is a command if the next reply refuses it. */
  #held = '';
  #heldLine = 0;
  #vain = 0;
  #tlsReport = false;
  /** A request of HTTP was sent: its header follows, which the server takes for commands. */
  #http = false;
  /** The reply before has a quotation mark without its pair: it repeats a command that held a line end. */
  #torn = false;
  /** Lines inside the open reply, or of data. */
  #run = 0;

  constructor(emit: EventSink) {
    this.#emit = emit;
  }

  line(text: string, line: number): Understanding {
    const code = replyCode(text);
    if (this.#openCode > 0) return this.#inside(text, line, code);
    if (code > 0) {
      this.#tlsReport = false;
      if (text.charCodeAt(3) === 45) this.#openCode = code;
      this.#replied(code, line);
      // 500 quotes the command, others a path, which may hold a quote of its own.
      this.#torn = code === 500 && hasLoneQuote(text);
      this.#emit(replyLine(this.#at(line), text));
      return 'event';
    }
    if (this.#torn) {
      this.#torn = false;
      if (hasLoneQuote(text)) return 'noise';
    }
    if (isBlank(text)) return this.#blank(line);
    const wire = withoutTelnet(text);
    if (this.#http && isHeaderField(wire)) return this.#command(wire, line);
    if (
      startsWithVerb(wire) ||
      (!this.#moving && this.#alive && ((looksLikeCommand(wire) && isTerse(wire)) || this.#isOddCommand(wire)))
    ) {
      if (!(this.#moving && isListingLine(wire))) return this.#command(wire, line);
    }
    return this.#other(text, line);
  }

  inData(): boolean {
    return this.#moving;
  }

  /** Nothing waits for a reply. */
  #idle(): boolean {
    return this.#waiting === 0 || this.#answered;
  }

  #at(line: number): Origin {
    this.#origin.line = line;
    return this.#origin;
  }

  #inside(text: string, line: number, code: number): Understanding {
    const ends = code > 0 && text.charCodeAt(3) !== 45;
    if (code === 0 && (interruptsReply(text, this.#openCode) || (this.#odd && startsWithVerb(text)))) {
      this.#openCode = 0;
      this.#odd = false;
      return this.#command(text, line);
    }
    this.#odd = ends && code !== this.#openCode;
    if (++this.#run > longestRun) this.#openCode = 0;
    if (ends && code === this.#openCode) this.#openCode = 0;
    this.#emit(replyLine(this.#at(line), text));
    return 'event';
  }

  #command(wire: string, line: number): Understanding {
    this.#drop();
    this.#alive = true;
    this.#tlsReport = false;
    this.#waiting = this.#answered ? 1 : this.#waiting + 1;
    this.#answered = false;
    this.#http = wire.includes(' HTTP/1.') || (this.#http && isHeaderField(wire));
    this.#emit(commandEvent(this.#at(line), wire));
    return 'event';
  }

  /** A reply begins: it may answer a line that was held. */
  #replied(code: number, line: number): void {
    this.#alive = true;
    if (this.#heldLine > 0) {
      const refused = code >= 400;
      if (refused && this.#idle()) {
        this.#waiting = 1;
        this.#emit(commandEvent(this.#at(this.#heldLine), this.#held));
        this.#vain = 0;
      } else if (this.#held !== '') this.#vain++;
      this.#held = '';
      this.#heldLine = 0;
    }
    this.#moving = code < 200;
    this.#run = 0;
    this.#answered = code >= 200;
    if (code >= 200 && this.#waiting > 0) this.#waiting--;
    if (code === 234 || code === 334) this.#sealed = true;
    if (code === 220 && line > 1) this.#sealed = false;
    if (code === 221 || code === 421) this.#alive = false;
  }

  /** An empty line is a command to servers that refuse it. */
  #blank(line: number): Understanding {
    this.#http = false;
    if (this.#alive && this.#idle() && this.#heldLine === 0) {
      this.#held = '';
      this.#heldLine = line;
    }
    return 'noise';
  }

  /** A first word without a small letter, of any length, or octets that nobody types: `HOST:`, `AAAAAAAA…`. */
  #isOddCommand(wire: string): boolean {
    if (!this.#alive || !this.#idle()) return false;
    const first = wire.charCodeAt(0);
    if (first < 32) return !this.#sealed && first !== 9 && first !== 27;
    if (first < 65 || first > 90) return false;
    for (let i = 1; i < wire.length; i++) {
      const c = wire.charCodeAt(i);
      if (c === 32) return i > 2 && isTerse(wire);
      if ((c >= 97 && c <= 122) || c > 126) return false;
    }
    return wire.length > 2;
  }

  #other(text: string, line: number): Understanding {
    if (text.startsWith('Connected to ')) {
      this.#alive = true;
      this.#emit(openEvent(this.#at(line), 0, withoutDot(text.slice(13))));
      return 'event';
    }
    if (text.startsWith('Connection closed') || text.startsWith('Ncat: Connection reset')) {
      if (this.#alive) this.#emit(closeEvent(this.#at(line), text));
      this.#alive = false;
      return 'event';
    }
    if (this.#moving && ++this.#run < longestRun) return 'noise';
    if (isToolNote(text)) return 'noise';
    if (beginsTlsReport(text)) this.#tlsReport = true;
    if (this.#tlsReport || isListingLine(text)) return 'noise';
    const first = text.charCodeAt(0);
    if (this.#sealed && (first < 32 || first > 126)) return 'noise';
    return this.#hold(text, line) ? 'event' : 'unparsed';
  }

  /** Keeps a line that may be a command; joins the pieces of one that was sent in two. */
  #hold(text: string, line: number): boolean {
    const first = text.charCodeAt(0);
    const letter = (first >= 65 && first <= 90) || (first >= 97 && first <= 122);
    if (!letter || !this.#alive || !this.#idle() || this.#vain > vainLimit) return false;
    const whole = this.#held + text;
    if (this.#held !== '' && this.#held.length < 4 && startsWithVerb(whole)) {
      this.#waiting = 1;
      this.#answered = false;
      this.#emit(commandEvent(this.#at(this.#heldLine), whole));
      this.#held = '';
      this.#heldLine = 0;
      return true;
    }
    this.#drop();
    this.#held = text.length > 512 ? text.slice(0, 512) : text;
    this.#heldLine = line;
    return true;
  }

  #drop(): void {
    if (this.#held !== '') this.#vain++;
    this.#held = '';
    this.#heldLine = 0;
  }
}

/** `Host: ftp.example.com` */
function isHeaderField(wire: string): boolean {
  const colon = wire.indexOf(': ');
  if (colon < 1) return false;
  for (let i = 0; i < colon; i++) {
    const c = wire.charCodeAt(i) | 32;
    if ((c < 97 || c > 122) && c !== 45) return false;
  }
  return true;
}

function hasLoneQuote(text: string): boolean {
  let lone = false;
  for (let i = text.indexOf('"'); i >= 0; i = text.indexOf('"', i + 1)) lone = !lone;
  return lone;
}

/** At most four words, as an argument has them; prose has more. */
function isTerse(wire: string): boolean {
  let blanks = 0;
  for (let i = wire.indexOf(' '); i >= 0; i = wire.indexOf(' ', i + 1)) blanks++;
  return blanks < 4;
}

function withoutDot(host: string): string {
  return host.endsWith('.') ? host.slice(0, -1) : host;
}

function open(_options: DecoderOptions, emit: EventSink): Decoder {
  return new RawControl(emit);
}

const mailOrNews = /^(MAIL FROM|RCPT TO|DATA$|GROUP |ARTICLE|XOVER|NEWGROUPS|AUTHINFO|MODE READER|BODY|APOP|UIDL)/i;
const otherGreeting = /^2(?:20|00|01)[ -].*\b(?:E?SMTP|NNTP|NNRP|InterNetNews|INN)\b/i;

/** Commands and replies must both occur, the replies as FTP has them, or it is SMTP, NNTP or POP3. */
function detect(sample: Sample): number {
  const { replies, commands } = turnsOf(sample);
  if (replies === 0 || commands === 0) return 0;
  if (count(sample, isOtherProtocol) > 0 || count(sample, (text) => mailOrNews.test(text)) * 2 > commands) return 0;
  return understoodShare(sample, open) * 0.8;
}

function isOtherProtocol(text: string): boolean {
  return text.startsWith('+OK') || text.startsWith('-ERR') || otherGreeting.test(text);
}

export const rawControl: Dialect = {
  id: 'raw-control',
  title: 'Both sides of a control connection, as on the wire',
  evidence: 'recorded',
  side: 'wire',
  identity: 'order',
  example: '220 (vsFTPd 3.0.3)',
  detect,
  open,
};
