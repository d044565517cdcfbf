/** A line whose direction is written in front of it: what the transcripts with marks share. */
import type { EventSink, Understanding } from '../model.ts';
import { codeAt, replyCode } from '../protocol/reply-line.ts';
import { isBlank } from '../text.ts';
import { commandEvent, type Origin, replyLine } from './event.ts';
import { isCapitalVerb, startsWithVerb, withoutTelnet } from './wire-line.ts';

/** Reads what stands behind the marks; knows whether a reply is open. */
export class MarkedWire {
  readonly #emit: EventSink;
  #openCode = 0;
  /** A command came while the reply is open: lines of the server still belong to it, lines without a mark do not. */
  #interrupted = false;
  /** A command shorter than any verb: the first piece of one that was sent in two. */
  #piece = '';
  #pieceAt: Origin | undefined;

  constructor(emit: EventSink) {
    this.#emit = emit;
  }

  /** A line of the server-PI, its mark taken off. */
  reply(at: Origin, line: string): Understanding {
    if (this.#pieceAt !== undefined) this.flush();
    const wire = withoutLineEnd(line);
    const code = codeAt(wire);
    if (this.#interrupted && code >= 0 && code !== this.#openCode) this.#openCode = 0;
    if (this.#openCode === 0) this.#interrupted = false;
    if (code < 0 && this.#openCode === 0) return isBlank(wire) || isStageDirection(wire) ? 'noise' : 'unparsed';
    if (this.#openCode === 0) {
      if (wire.charCodeAt(3) === 45) this.#openCode = code;
    } else if (code === this.#openCode && wire.charCodeAt(3) !== 45) this.#openCode = 0;
    this.#emit(replyLine(at, wire));
    return 'event';
  }

  /** Whose a line is whose mark stands before the lines of both parties; `client`: of whom the mark was learned. */
  isCommand(wire: string, client: boolean): boolean {
    if (this.#openCode > 0 && !this.#interrupted) return false;
    return client ? replyCode(wire) === 0 : isCapitalVerb(wire);
  }

  /** A line of the user-PI; an empty one is a command too. */
  command(at: Origin, line: string): Understanding {
    this.#interrupted = this.#openCode > 0;
    if (isStageDirection(line)) return 'noise';
    const wire = withoutTelnet(withoutLineEnd(line));
    const before = this.#pieceAt;
    if (before !== undefined) {
      const whole = this.#piece + wire;
      if (startsWithVerb(whole)) {
        this.#pieceAt = undefined;
        this.#emit(commandEvent(before, whole));
        return 'event';
      }
      this.flush();
    }
    if (wire.length > 0 && wire.length < 3) {
      this.#piece = wire;
      this.#pieceAt = at;
    } else this.#emit(commandEvent(at, wire));
    return 'event';
  }

  /** Nothing more belongs to a piece that is held. */
  flush(): void {
    const at = this.#pieceAt;
    this.#pieceAt = undefined;
    if (at !== undefined) this.#emit(commandEvent(at, this.#piece));
  }

  /** A line without mark: text of the reply that is open, or nothing known. */
  bare(at: Origin, text: string): Understanding {
    if (this.#openCode === 0 || this.#interrupted) return isBlank(text) ? 'noise' : 'unparsed';
    return this.reply(at, text);
  }
}

/** People write the line's end out: `USER alice\\r\\n`. */
function withoutLineEnd(line: string): string {
  if (!line.endsWith('\\r\\n') && !line.endsWith('<CRLF>')) return line;
  return line.slice(0, line.endsWith('>') ? -6 : -4).trimEnd();
}

/** `[connects to 192.0.2.7:50069]`: what happens beside the conversation. */
function isStageDirection(line: string): boolean {
  return line.startsWith('[') && line.endsWith(']');
}
