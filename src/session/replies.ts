/**
 * From lines of the wire to whole replies: which lines belong to one reply of several lines (`multi-line.ts` joins them),
 * and what closes one whose last line is not there: a command, another code, a missing part, the end.
 */
import type { Event } from '../model.ts';
import { accepts } from '../protocol/commands.ts';
import { deviations } from '../protocol/deviations.ts';
import { codeAt, replyCode } from '../protocol/reply-line.ts';
import { clip } from '../text.ts';
import type { Connection } from './connection.ts';
import type { Context } from './context.ts';
import { abandon, extend, type OpenReply, openReply, opens } from './multi-line.ts';
import type { Pairing } from './pairing.ts';

export class Replies {
  readonly #textChars: number;
  readonly #pairing: Pairing;

  constructor({ limits }: Context, pairing: Pairing) {
    this.#textChars = limits.textChars;
    this.#pairing = pairing;
  }

  /** A line of the wire. Returns how much text it adds to a reply that is not complete. */
  line(c: Connection, event: Event): number {
    const wire = event.text;
    const open = c.open;
    if (open === undefined) {
      const code = codeAt(wire);
      if (code < 0) return 0;
      const more = opens(wire);
      if (!more) c.endsReplies = true;
      if (more) c.open = openReply(wire, event.line, event.time, this.#textChars);
      else this.#whole(c, code, wire.slice(4), 1, event.line, event.time);
      return 0;
    }
    if (open.interrupted) {
      const code = replyCode(wire);
      if (code > 0 && (code !== open.code || isNextReply(c, open, wire, code))) {
        this.close(c, 0);
        return this.line(c, event);
      }
    }
    const whole = extend(open, wire, this.#textChars);
    if (whole === undefined) return wire.length;
    c.open = undefined;
    this.#pairing.reply(c, whole, whole.deviations);
    return 0;
  }

  /** A reply that the log tells as a whole, its lines parted by line feeds. */
  reply(c: Connection, event: Event): void {
    const { code, text } = event;
    if (c.open !== undefined) this.close(c, code);
    let lines = 1;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
    this.#whole(c, code, text, lines, event.line, event.time);
  }

  #whole(c: Connection, code: number, text: string, lines: number, line: number, time: number): void {
    this.#pairing.reply(c, { code, text: clip(text, this.#textChars), line, lines, time }, 0);
  }

  /** A command comes. In a reply that is open it stands where the client does not wait, or where the reply is over. */
  interrupt(c: Connection): void {
    const { open } = c;
    if (open === undefined) return;
    if ((c.synchronous && !(c.duplex && c.endsReplies)) || open.candidate > 0) this.close(c, 0);
    else open.interrupted = true;
  }

  /** The reply that is open has ended without its last line. `next`: code of the reply behind it, 0 if there is none. */
  close(c: Connection, next: number): void {
    const open = c.open;
    if (open === undefined) return;
    c.open = undefined;
    const whole = abandon(open, prefersCandidate(c.queue[0]?.verb ?? '', open.code, open.candidate));
    if (next !== open.code || whole.deviations === 0) this.#pairing.reply(c, whole, whole.deviations);
  }

  /** A part of the log is missing. A reply that was open may have ended there: that is no fault of the server. */
  tear(c: Connection): void {
    const open = c.open;
    c.open = undefined;
    this.#pairing.tear(c);
    if (open !== undefined) this.#pairing.reply(c, abandon(open, false), deviations.logEdge);
  }
}

/** The candidate's code fits the waiting command and the opening code does not. */
function prefersCandidate(verb: string, code: number, candidate: number): boolean {
  return candidate > 0 && !accepts(verb, code) && accepts(verb, candidate);
}

/**
 * A reply is open and a command came since: this line, with the same code, is the answer to it, where the client waits for
 * answers and the code fits.
 */
function isNextReply(c: Connection, open: OpenReply, wire: string, code: number): boolean {
  const last = c.queue[c.queue.length - 1];
  return (
    c.serial && c.queue.length > 1 && !open.resumed && !opens(wire) && last !== undefined && accepts(last.verb, code)
  );
}
