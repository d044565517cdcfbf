/**
 * Commands longer than ftpd's buffer (512 in GNU inetutils 2.4, recorded): it takes the first 511 octets for the command,
 * answers it, and logs the rest in further records as if they were commands.
 *   command: DELE zzz…
 *   <--- 530
 *   command: zzz…
 */

import { commandEvent, type Origin, replyLine } from '../../../decoding/event.ts';
import { startsWithVerb } from '../../../decoding/wire-line.ts';
import type { EventSink } from '../../../model.ts';

interface Long {
  readonly at: Origin;
  readonly full: number;
  wire: string;
  readonly replies: (readonly [at: Origin, wire: string])[];
}

const longLimit = 64;
const wireLimit = 64 * 1024;
const repliesLimit = 64;

export class LongCommands {
  readonly #emit: EventSink;
  readonly #open = new Map<string, Long>();

  constructor(emit: EventSink) {
    this.#emit = emit;
  }

  command(at: Origin, wire: string): void {
    const long = this.#open.size > 0 ? this.#open.get(at.session) : undefined;
    if (long !== undefined) {
      if (wire !== '' && !startsWithVerb(wire)) {
        if (long.wire.length < wireLimit) long.wire += wire;
        if (wire.length < long.full) this.#say(long);
        return;
      }
      this.#say(long);
    }
    if (isFull(wire.length) && this.#open.size < longLimit)
      this.#open.set(at.session, { at, full: wire.length, wire, replies: [] });
    else this.#emit(commandEvent(at, wire));
  }

  reply(at: Origin, wire: string): void {
    const long = this.#open.size > 0 ? this.#open.get(at.session) : undefined;
    if (long !== undefined && long.replies.length < repliesLimit) long.replies.push([at, wire]);
    else this.#emit(replyLine(at, wire));
  }

  end(): void {
    for (const long of this.#open.values()) this.#say(long);
  }

  #say(long: Long): void {
    this.#open.delete(long.at.session);
    this.#emit(commandEvent(long.at, long.wire));
    for (const [at, wire] of long.replies) this.#emit(replyLine(at, wire));
  }
}

/** One octet less than a buffer. */
function isFull(length: number): boolean {
  return length === 511 || length === 1023 || length === 2047 || length === 4095;
}
