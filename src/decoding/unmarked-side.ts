/** Server logs that hold commands and replies without a mark: which side said a line shows in its content. */
import type { EventSink } from '../model.ts';
import { replyCode } from '../protocol/reply-line.ts';
import { commandEvent, type Origin, replyLine } from './event.ts';
import { interruptsReply, looksLikeCommand, startsWithVerb, withoutTelnet } from './wire-line.ts';

/** Multi-line replies that may be open at a time. */
const openLimit = 4096;

export class UnmarkedSides {
  readonly #emit: EventSink;
  /** Codes of open multi-line replies by session. */
  readonly #open = new Map<string, number>();

  constructor(emit: EventSink) {
    this.#emit = emit;
  }

  /** Emits what the line is: a reply line, a command; false if it is neither. */
  take(at: Origin, text: string): boolean {
    const code = replyCode(text);
    const open = this.#open.size === 0 ? undefined : this.#open.get(at.session);
    if (open !== undefined) {
      const ends = code === open && text.charCodeAt(3) !== 45;
      if (!ends && !(code === 0 && interruptsReply(text, open))) {
        this.#emit(replyLine(at, text));
        return true;
      }
      this.#open.delete(at.session);
    }
    if (code > 0) {
      if (text.charCodeAt(3) === 45 && this.#open.size < openLimit) this.#open.set(at.session, code);
      this.#emit(replyLine(at, text));
      return true;
    }
    const wire = withoutTelnet(text);
    if (isSecureLayer(wire)) return false;
    if (!startsWithVerb(wire) && !looksLikeCommand(wire)) return false;
    this.#emit(commandEvent(at, wire));
    return true;
  }

  /** The session is over. */
  forget(session: string): void {
    this.#open.delete(session);
  }
}

/** `SSL …`, `TLS …`, `SSH …`: the program's own words, not a verb. */
function isSecureLayer(wire: string): boolean {
  if (wire.length < 4 || wire.charCodeAt(3) !== 32) return false;
  return wire.startsWith('SSL') || wire.startsWith('TLS') || wire.startsWith('SSH');
}
