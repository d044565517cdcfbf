/**
 * What curl tells about a connection, shared by its dialects (7.88.1 recorded; lib/ftp.c, src/tool_cb_dbg.c): notes say
 * when a control connection begins and ends, headers are the lines on it. The closing QUIT and its 221 are never shown.
 */

import {
  closeEvent,
  commandEvent,
  type Origin,
  openEvent,
  replyLine,
  statementEvent,
} from '../../../decoding/event.ts';
import { statedIn } from '../../../decoding/statements.ts';
import type { EventSink, Understanding } from '../../../model.ts';
import { codeAt, isPreliminary } from '../../../protocol/reply-line.ts';

export class CurlTalk {
  readonly #emit: EventSink;
  #alive = false;
  /** A data connection is being made: the next `Connected to` is about it, though it names the control port. */
  #dataDue = false;
  /** A transfer runs: its data may stand between the lines. */
  moving = false;

  constructor(emit: EventSink) {
    this.#emit = emit;
  }

  /** A line to the server, without its mark. */
  sent(at: Origin, wire: string): Understanding {
    this.#dataDue = asksForData(wire);
    this.#alive = true;
    this.#emit(commandEvent(at, wire));
    return 'event';
  }

  /** A line from the server, without its mark. */
  received(at: Origin, wire: string): Understanding {
    const code = codeAt(wire);
    if (code >= 0 && wire.charCodeAt(3) !== 45) this.moving = isPreliminary(code);
    this.#alive = true;
    this.#emit(replyLine(at, wire));
    return 'event';
  }

  /** `text` from `from` on is what stands behind `* `. */
  note(at: Origin, text: string, from: number): Understanding {
    if (text.startsWith('Connected to ', from)) return this.#connected(at, text, from + 13);
    if (isEnd(text, from)) {
      this.#dataDue = false;
      this.moving = false;
      if (!this.#alive) return 'noise';
      this.#alive = false;
      this.#emit(closeEvent(at, text.slice(from)));
      return 'event';
    }
    if (text.startsWith('Connection #', from) && text.includes('left intact', from)) {
      this.#dataDue = false;
      this.moving = false;
    }
    if (this.#alive && statedIn(text.slice(from)) === 'tls') {
      this.#emit(statementEvent(at, 'tls'));
      return 'event';
    }
    return 'noise';
  }

  /** An error message ends a run. */
  failed(): void {
    this.#dataDue = false;
    this.moving = false;
  }

  /** `ftp.example.net (192.0.2.7) port 21 (#0)`: the address in brackets counts. */
  #connected(at: Origin, text: string, from: number): Understanding {
    if (this.#dataDue) {
      this.#dataDue = false;
      return 'noise';
    }
    this.#alive = true;
    this.moving = false;
    this.#emit(openEvent(at, 0, text.slice(from)));
    return 'event';
  }
}

/** PASV, PORT, EPSV, EPRT. */
function asksForData(wire: string): boolean {
  const first = wire.charCodeAt(0);
  if (first === 80) return wire.startsWith('PASV') || wire.startsWith('PORT');
  return first === 69 && (wire.startsWith('EPSV') || wire.startsWith('EPRT'));
}

/** `Closing connection 0`, `closing connection #0`, `shutting down connection #0`. */
function isEnd(text: string, from: number): boolean {
  return text.startsWith('losing connection', from + 1) || text.startsWith('shutting down connection', from);
}
