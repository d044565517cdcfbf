/**
 * How sessions end: by QUIT or a closed connection, after which they linger for what may still come; by long silence; for
 * want of room; with the input. What still waits is told before, and the session last.
 */
import type { SessionEnd } from '../model.ts';
import { isDated } from '../timestamp.ts';
import type { Connection } from './connection.ts';
import type { Context } from './context.ts';
import type { HeldTransfers } from './held-transfers.ts';
import { forget, noLonger, type Scope } from './identity.ts';
import { settleLacks } from './lacks.ts';
import type { Pairing } from './pairing.ts';
import type { Replies } from './replies.ts';
import { showUser } from './secrets.ts';

/** Ended sessions that are kept for a command after QUIT. */
const lingerLimit = 64;
/** Log time between two searches for idle sessions. */
const sweepMs = 60 * 60_000;

export class Ends {
  readonly #context: Context;
  readonly #replies: Replies;
  readonly #pairing: Pairing;
  readonly #transfers: HeldTransfers;
  readonly #lingering: Connection[] = [];
  /** Sessions that are open. */
  #open = 0;

  constructor(context: Context, replies: Replies, pairing: Pairing, transfers: HeldTransfers) {
    this.#context = context;
    this.#replies = replies;
    this.#pairing = pairing;
    this.#transfers = transfers;
  }

  /** One more session is about to open: the oldest of all ends if there are too many. */
  makeRoom(): void {
    if (this.#open >= this.#context.limits.liveSessions) this.#evictOldest();
    this.#open++;
  }

  finish(s: Scope, c: Connection, end: SessionEnd): void {
    if (c.finished) return;
    c.finished = true;
    const { observer } = this.#context;
    this.#replies.close(c, 0);
    this.#pairing.abandon(c, end === 'end-of-input');
    showUser(c, observer);
    this.#transfers.end(c);
    if (c.end === '') c.end = end;
    c.state = 'closed';
    settleLacks(s, c);
    forget(s, c);
    if (s.identity === 'process-handover') noLonger(s, c);
    this.#open--;
    observer.session(c);
  }

  /** The connection is closed. It is kept a while: a daemon may state a login only afterwards (pyftpdlib delays refusals). */
  hangUp(c: Connection): void {
    this.#replies.close(c, 0);
    this.#pairing.abandon(c, false);
    if (c.end === '') c.end = 'dropped';
    c.state = 'closed';
    if (!c.lingering) this.linger(c);
  }

  /** The session has ended and is kept for what may still come. */
  linger(c: Connection): void {
    c.lingering = true;
    this.#lingering.push(c);
    if (this.#lingering.length <= lingerLimit) return;
    const oldest = this.#lingering.shift();
    if (oldest !== undefined && !oldest.finished) this.#finishAnywhere(oldest, oldest.end);
  }

  /** The clock of a log has come to `time`: long silence before it ends sessions. */
  passTime(s: Scope, time: number): void {
    if (time <= s.newest) return;
    s.newest = time;
    if (time - s.swept < sweepMs) return;
    if (s.swept !== Number.NEGATIVE_INFINITY) this.#sweep(s, time);
    s.swept = time;
  }

  /** The input is over, and every session has ended. */
  forgetLingering(): void {
    this.#lingering.length = 0;
  }

  /** Long silence, by the clock of the same log, is an end: but not where the log leaves out most of what happens. */
  #sweep(s: Scope, now: number): void {
    for (const c of [...s.open.values()])
      if (isDated(c.lastTime) === isDated(now) && now - c.lastTime > this.#context.limits.idleMs)
        this.finish(s, c, s.lacks.commands ? 'end-of-input' : 'dropped');
  }

  #evictOldest(): void {
    for (const s of this.#context.scopes) {
      for (const c of s.open.values()) {
        this.#context.tally.evictedSessions++;
        this.finish(s, c, 'evicted');
        return;
      }
    }
  }

  #finishAnywhere(c: Connection, end: SessionEnd): void {
    const s = this.#context.scopes.find((one) => one.open.get(c.mapKey) === c);
    if (s !== undefined) this.finish(s, c, end);
  }
}
