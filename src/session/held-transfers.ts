/**
 * A transfer has two witnesses, the reply that ends it and a daemon's own line, in either order: it is held until both have
 * spoken or something else shows that the second will not, and is told once.
 */
import type { Event, Exchange, Transfer } from '../model.ts';
import { clip, own } from '../text.ts';
import { addTransfer } from '../traffic.ts';
import type { Connection } from './connection.ts';
import type { Context } from './context.ts';
import { isTransfer, sameFile, transfer, transferOf } from './transfers.ts';
import { assumeUser } from './users.ts';

export class HeldTransfers {
  readonly #context: Context;

  constructor(context: Context) {
    this.#context = context;
  }

  /** RETR, STOR … was answered: a transfer, unless a daemon's line has told it already. */
  answered(c: Connection, exchange: Exchange): void {
    c.transferJustEnded = exchange.code >= 200;
    const stated = c.held;
    if (stated !== undefined && !stated.fromReply) {
      this.release(c);
      return;
    }
    const moved = transferOf(exchange);
    if (moved !== undefined) this.#hold(c, moved, true);
  }

  /** A daemon states a transfer, before or after the reply that ends it. */
  stated(c: Connection, event: Event): void {
    if (event.user !== '' && c.user === '') {
      assumeUser(this.#context.names, c, event.user);
      c.loggedIn = true;
    }
    const direction = event.verb === 'RETR' ? 'download' : 'upload';
    const held = c.held;
    const same =
      held?.fromReply === true && held.transfer.direction === direction && sameFile(held.transfer.path, event.arg);
    if (held !== undefined && !same) this.release(c);
    const { source, limits } = this.#context;
    const moved = transfer(
      c,
      source,
      event.line,
      event.time,
      direction,
      own(clip(event.arg, limits.textChars)),
      event.size,
      event.durationMs,
      event.ok,
    );
    c.held = undefined;
    if (same) this.#tell(c, moved);
    else this.#hold(c, moved, false);
    const waits = c.queue[0];
    if (waits === undefined || !isTransfer(waits.verb)) this.release(c);
  }

  /** Tells of what is held, unless a command waits whose reply may still speak of it. */
  release(c: Connection): void {
    const held = c.held;
    if (held === undefined) return;
    if (!held.fromReply && isTransfer(c.queue[0]?.verb ?? '')) return;
    c.held = undefined;
    this.#tell(c, held.transfer);
  }

  /** Nothing more will come. */
  end(c: Connection): void {
    const held = c.held;
    if (held === undefined) return;
    c.held = undefined;
    this.#tell(c, held.transfer);
  }

  #hold(c: Connection, moved: Transfer, fromReply: boolean): void {
    if (c.held !== undefined) this.release(c);
    c.held = { transfer: moved, fromReply };
  }

  #tell(c: Connection, moved: Transfer): void {
    addTransfer(c, moved);
    this.#context.observer.transfer(moved);
  }
}
