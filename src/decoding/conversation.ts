/**
 * One control connection as a client shows it: which multi-line reply is open, whether data may stand between the lines,
 * and where the client has begun a new connection without saying so.
 */
import type { EventSink, Understanding } from '../model.ts';
import { commandOf } from '../protocol/commands.ts';
import { isGreeting } from '../protocol/greeting.ts';
import { parseEndpoint } from '../protocol/host-port.ts';
import { codeAt, isPreliminary, replyCode } from '../protocol/reply-line.ts';
import { own } from '../text.ts';
import { closeEvent, commandEvent, loginEvent, type Origin, openEvent, replyLine, statementEvent } from './event.ts';
import { statedIn } from './statements.ts';
import { interruptsReply, looksLikeCommand, wordEnd } from './wire-line.ts';

const hyphen = 45;
const controlPort = 21;
const implicitPort = 990;

export class Conversation {
  /** Code of the multi-line reply that is open; 0 if none is. */
  openCode = 0;
  /** Code of a multi-line reply that was open when a command came; 0 if none is. Marked lines may still belong to it. */
  interrupted = 0;
  /** A 1yz was the last reply: data may follow. */
  transferring = false;
  /** Commands since the connection began. */
  commands = 0;
  /** Replies since the connection began, and those still open. */
  replies = 0;
  /** Commands without final reply. */
  waiting = 0;
  #last = '';
  #live = false;
  /** Port of the control connection; 0 if the client did not name it. */
  #port = 0;
  /** The server has been asked for a port for data. */
  #passive = false;
  #doubtful = '';
  #doubtfulAt: Origin | undefined;
  readonly #emit: EventSink;

  constructor(emit: EventSink) {
    this.#emit = emit;
  }

  /** The connection was seen to be open: something was sent, received or noted. */
  get isLive(): boolean {
    return this.#live;
  }

  /**
   * The client says that it connected to `server`. Within an open control connection, behind PASV or EPSV, another port than
   * that of the control connection is the data connection: nothing begins.
   */
  opened(at: Origin, server: string): void {
    const { port } = parseEndpoint(server);
    if (this.#isData(port)) return;
    this.#reset();
    this.#live = true;
    this.#port = port;
    this.#emit(openEvent(at, 0, server));
  }

  #isData(port: number): boolean {
    if (!this.#live || port === 0) return false;
    return this.#passive && port !== this.#port && port !== controlPort && port !== implicitPort;
  }

  /** What the client says in words of the connection; a note that says nothing of it is noise. */
  note(at: Origin, text: string): Understanding {
    const stated = this.#live ? statedIn(text) : '';
    if (stated === '') return 'noise';
    this.#emit(stated === 'tls' ? statementEvent(at, 'tls') : loginEvent(at, true, 'client'));
    return 'event';
  }

  /** The client says that the connection is over; false if there was none. */
  closed(at: Origin, reason: string): boolean {
    if (!this.#live) return false;
    this.#reset();
    this.#emit(closeEvent(at, reason));
    return true;
  }

  /** A line that the client sent. */
  command(at: Origin, wire: string): void {
    if (this.openCode > 0) this.interrupted = this.openCode;
    this.openCode = 0;
    this.transferring = false;
    this.commands++;
    this.waiting++;
    this.#live = true;
    if (isPassive(wire)) this.#passive = true;
    this.#last = lastOf(wire);
    this.#emit(commandEvent(at, wire));
  }

  /** A line that the server sent. */
  reply(at: Origin, wire: string): void {
    const code = codeAt(wire);
    if (this.interrupted > 0) {
      if (this.#isInterrupted(code, wire)) {
        this.#emit(replyLine(at, wire));
        return;
      }
      this.interrupted = 0;
    }
    if (this.openCode > 0) {
      if (code === this.openCode && wire.charCodeAt(3) !== hyphen) this.#ended(code);
    } else if (code >= 0) {
      if ((isGreeting(code) || code === 421) && this.#greetsAnew(code)) this.opened(at, '');
      this.replies++;
      this.#live = true;
      if (wire.charCodeAt(3) === hyphen) this.openCode = code;
      else this.#ended(code);
    }
    this.#emit(replyLine(at, wire));
  }

  /** Reply lines that the client shows in one piece, parted by LF or CR LF. */
  replyText(at: Origin, text: string): void {
    let from = 0;
    while (from < text.length) {
      let end = text.indexOf('\n', from);
      if (end < 0) end = text.length;
      this.reply(at, text.slice(from, text.charCodeAt(end - 1) === 13 && end > from ? end - 1 : end));
      from = end + 1;
    }
  }

  /** A line whose side shows only in its content; false if it is neither. */
  unmarked(at: Origin, text: string): boolean {
    const code = replyCode(text);
    if (this.openCode > 0) {
      if (code === 0 && interruptsReply(text, this.openCode)) this.command(at, text);
      else this.reply(at, text);
      return true;
    }
    if (code > 0) {
      if (this.waiting === 0 && this.#doubtfulAt !== undefined) this.command(this.#doubtfulAt, this.#doubtful);
      this.#doubtfulAt = undefined;
      this.reply(at, text);
      return true;
    }
    this.#doubtfulAt = undefined;
    if (!looksLikeCommand(text)) return false;
    const end = wordEnd(text, 0);
    const argument = commandOf(text.slice(0, end))?.argument;
    // `PASV mode failed, trying PORT mode.` is a note of FlashFXP.
    if (argument === undefined ? end === text.length && end <= 8 : argument !== 'none' || end === text.length) {
      this.command(at, text);
      return true;
    }
    // `XCRC a.txt` or `SSL handshake`: a reply on the next line tells.
    this.#doubtful = own(text);
    this.#doubtfulAt = at;
    return false;
  }

  /** The line belongs to the reply that was open when a command came. */
  #isInterrupted(code: number, wire: string): boolean {
    if (code >= 0 && code !== this.interrupted) return false;
    if (code >= 0 && wire.charCodeAt(3) !== hyphen) {
      this.interrupted = 0;
      this.#ended(code);
    }
    return true;
  }

  #ended(code: number): void {
    this.openCode = 0;
    this.transferring = isPreliminary(code);
    if (!this.transferring && this.waiting > 0) this.waiting--;
  }

  /** As in `session/tracker.ts`, which does the same for logs without keys. */
  #greetsAnew(code: number): boolean {
    if (this.commands === 0) return false;
    // The server may end any connection so; behind QUIT it refuses the next.
    if (code === 421) return this.waiting === 0 && this.#last === 'QUIT';
    return this.waiting === 0 || this.#last === 'QUIT' || (this.transferring && this.#last !== 'REIN');
  }

  #reset(): void {
    this.openCode = 0;
    this.interrupted = 0;
    this.transferring = false;
    this.commands = 0;
    this.replies = 0;
    this.waiting = 0;
    this.#last = '';
    this.#live = false;
    this.#port = 0;
    this.#passive = false;
    this.#doubtfulAt = undefined;
  }
}

/** `QUIT` or `REIN` if the command is one, otherwise ''. The last letter tells most others. */
function lastOf(wire: string): 'QUIT' | 'REIN' | '' {
  const c = wire.length > 3 ? wire.charCodeAt(3) : 0;
  if (c === 84 && wire.startsWith('QUIT')) return 'QUIT';
  return c === 78 && wire.startsWith('REIN') ? 'REIN' : '';
}

function isPassive(wire: string): boolean {
  // All end in V.
  if (wire.length < 4 || wire.charCodeAt(3) !== 86) return false;
  return wire.startsWith('PASV') || wire.startsWith('EPSV') || wire.startsWith('CPSV') || wire.startsWith('LPSV');
}

const conversationLimit = 256;

/** The conversations of a log that names them; the oldest is forgotten beyond the limit. */
export class Conversations {
  readonly #emit: EventSink;
  readonly #byKey = new Map<string, Conversation>();
  #lastKey = '';
  #last: Conversation | undefined;

  constructor(emit: EventSink) {
    this.#emit = emit;
  }

  of(key: string): Conversation {
    if (this.#last !== undefined && key === this.#lastKey) return this.#last;
    const kept = own(key);
    let found = this.#byKey.get(kept);
    if (found === undefined) {
      found = new Conversation(this.#emit);
      if (this.#byKey.size >= conversationLimit) {
        for (const oldest of this.#byKey.keys()) {
          this.#byKey.delete(oldest);
          break;
        }
      }
      this.#byKey.set(kept, found);
    }
    this.#lastKey = kept;
    this.#last = found;
    return found;
  }
}
