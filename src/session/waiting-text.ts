/**
 * Text that is kept until a reply comes. That of all sessions together has a limit: when as much was kept since the last
 * look, what still waits is counted, and the oldest goes if it is more than half.
 */
import { waitingChars } from './connection.ts';
import type { Context } from './context.ts';
import type { Pairing } from './pairing.ts';
import type { Replies } from './replies.ts';

export class WaitingText {
  readonly #context: Context;
  readonly #replies: Replies;
  readonly #pairing: Pairing;
  /** What was kept since what waits was last counted. */
  #chars = 0;

  constructor(context: Context, replies: Replies, pairing: Pairing) {
    this.#context = context;
    this.#replies = replies;
    this.#pairing = pairing;
  }

  /** So much more is kept. */
  add(chars: number): void {
    const { textChars, waitingChars: most } = this.#context.limits;
    this.#chars += Math.min(chars, textChars);
    if (this.#chars > most) this.#chars = this.#makeRoom(most);
  }

  /** Gives up what waits longest; returns what is still kept. */
  #makeRoom(most: number): number {
    const open = this.#context.scopes.flatMap((s) => [...s.open.values()]);
    let kept = open.reduce((sum, c) => sum + waitingChars(c), 0);
    for (const c of open) {
      if (kept <= most / 2) break;
      const chars = waitingChars(c);
      if (chars === 0) continue;
      this.#replies.close(c, 0);
      this.#pairing.drop(c);
      kept -= chars;
    }
    return kept;
  }
}
