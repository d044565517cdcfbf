/**
 * Which command a reply answers: first in, first out, by the codes a command can have (RFC 959 §4.2 and §5.4, RFC 1123
 * §4.1.2.11). Words in the text count only where order and codes leave it open (`alignment.ts`). 1yz keeps the pair open,
 * ABOR gets a reply of its own, an unasked 421 or 221 answers nobody, and a code of the data connection goes to the
 * transfer that was left without. What order and codes name is decided in `choice.ts`; here the queue moves.
 */
import type { Event, Exchange, Reply } from '../model.ts';
import { deviations } from '../protocol/deviations.ts';
import { isPreliminary } from '../protocol/reply-line.ts';
import { align, doubtful, fits, isCertain, mostDoubtful } from './alignment.ts';
import { announced, answered, greets, isLate, isUnclear, unaskedKind } from './choice.ts';
import { type Connection, type Doubtful, dequeue, enqueue, type Waiting } from './connection.ts';
import type { Context } from './context.ts';
import { addReply, asked, concluded, movesData, ownReply, unasked } from './exchanges.ts';
import { isRefusedAgain, refusedBy } from './refused-twice.ts';

/** Takes an exchange that is complete. */
export type Complete = (c: Connection, exchange: Exchange) => void;

/** Moves the queues of all connections; nobody else does. */
export class Pairing {
  readonly #context: Context;
  readonly #complete: Complete;

  constructor(context: Context, complete: Complete) {
    this.#context = context;
    this.#complete = complete;
  }

  /** Puts a command into the queue of its connection. */
  command(c: Connection, event: Event): void {
    const { limits, tally, source } = this.#context;
    if (c.torn) this.#mend(c);
    c.commands++;
    c.concluded &&= event.inferred;
    c.greetingDue &&= c.queue.length > 0 || !c.sawStart;
    let bits = 0;
    if (c.lingering) bits |= deviations.commandAfterQuit;
    if (event.verb === 'RNTO' && (c.sawStart || c.commands > 1) && !c.renamePending && c.queue.at(-1)?.verb !== 'RNFR')
      bits |= deviations.sequenceBroken;
    c.renamePending = false;
    if (c.serial && c.queue.length > 0 && c.open === undefined) this.#passOver(c, event.verb);
    if (c.left !== undefined && movesData(event.verb)) this.#forgetLeft(c);
    if (c.queue.length === 0) c.pipelined = false;
    else {
      c.synchronous &&= c.doubt !== undefined && c.doubt.length >= c.queue.length;
      if (c.queue.length >= limits.pendingCommands) {
        this.#settleDoubt(c);
        if (c.queue.length >= limits.pendingCommands) {
          tally.droppedCommands++;
          this.#giveUp(c, c.queue.shift(), deviations.missingReply);
        }
      }
    }
    if (event.arg.length > limits.textChars) tally.clippedTexts++;
    enqueue(c, asked(c, source, event, bits, limits.textChars));
  }

  /** Gives a complete reply to the command it answers. `seen`: departures noticed while it was read. */
  reply(c: Connection, r: Reply, seen: number): void {
    c.replies++;
    if (c.doubt !== undefined && r.code !== 421) {
      this.#doubt(c, c.doubt, r, seen);
      return;
    }
    this.#settleDoubt(c);
    let bits = seen;
    if (r.code === 421 && isClientsOwn(r.text)) bits |= deviations.clientSynthetic;
    const preliminary = isPreliminary(r.code);
    if (c.greetingDue && greets(c, r.code)) {
      c.greetingDue = preliminary;
      // The client did not wait for the greeting (or took 120 for it).
      if (c.queue.length > 0) c.pipelined = true;
      this.#unasked(c, r, bits);
      return;
    }
    c.greetingDue = false;
    if (c.left !== undefined && isLate(c, c.left, r.code)) {
      this.#answerLeft(c, c.left, r, bits);
      return;
    }
    if (c.queue.length === 0) {
      this.#unasked(c, r, bits | ((bits & deviations.clientSynthetic) === 0 ? unaskedKind(c, r.code) : 0));
      return;
    }
    if (c.torn && !c.queue.some(({ verb, arg }) => fits(verb, arg, r.code))) {
      this.#unasked(c, r, bits | unaskedKind(c, r.code));
      return;
    }
    if (r.code === 500 && isRefusedAgain(c, r.text)) {
      // The client took it for the answer to its next command: it is ahead by one from now on.
      c.pipelined = true;
      this.#unasked(c, r, bits | deviations.extraReply);
      return;
    }
    const only = c.queue.length === 1 ? (c.queue[0] as Waiting) : undefined;
    if (only !== undefined && fits(only.verb, only.arg, r.code)) {
      // One command waits and the code fits, as nearly always: nothing is left to choose.
      only.deviations |= bits;
      if (preliminary) announce(only, r);
      else {
        c.queue.pop();
        this.#conclude(c, only, r, true);
      }
      return;
    }
    if (!preliminary && isUnclear(c, r.code)) {
      c.doubt = [];
      this.#doubt(c, c.doubt, r, bits);
    } else this.#give(c, r, bits);
  }

  /**
   * A client that never goes on before the answer has gone on: what waits gets none. But a transfer that runs may be stopped,
   * and ABOR gets its reply however late (curl sends QUIT at once).
   */
  #passOver(c: Connection, verb: string): void {
    this.#settleDoubt(c, true);
    const stops = verb === 'ABOR' || verb === 'STAT' || verb === 'NOOP' || verb === 'QUIT';
    for (let first = c.queue[0]; first !== undefined; first = c.queue[0]) {
      if (first.verb === 'ABOR' || (stops && first.replies.length > 0)) return;
      this.#giveUp(c, c.queue.shift(), deviations.missingReply);
    }
  }

  /** Keeps a reply whose command is not clear, until one comes that can be for one command only. */
  #doubt(c: Connection, list: Doubtful[], r: Reply, bits: number): void {
    const one = doubtful(ownReply(r), this.#context.source, bits, c.queue.length);
    list.push(one);
    if (list.length >= mostDoubtful || isCertain(c.queue, one)) this.#settleDoubt(c);
  }

  /** Pairs what is in doubt. `over`: nothing more will come. */
  #settleDoubt(c: Connection, over = false): void {
    const { doubt: list } = c;
    if (list === undefined) return;
    c.doubt = undefined;
    let skipped = false;
    let next = 0;
    let left = c.queue.length;
    const sent = left;
    for (const step of align(c.queue, list, !c.pipelined, over)) {
      if (step === 'lost') {
        left--;
        this.#giveUp(c, c.queue.shift(), deviations.missingReply);
        skipped = true;
        continue;
      }
      const { reply: r, source, deviations: bits, after } = list[next++] as Doubtful;
      if (step === 'stray') {
        this.#complete(c, unasked(c, r, bits | unaskedKind(c, r.code), source));
        continue;
      }
      const waiting = c.queue[0] as Waiting;
      waiting.deviations |= bits | (skipped ? deviations.resynchronised : 0);
      skipped = false;
      if (step === 'preliminary') {
        addReply(waiting, r);
        continue;
      }
      if (sent - left < after - 1) c.pipelined = true;
      left--;
      c.queue.shift();
      this.#conclude(c, waiting, r);
    }
  }

  /** The reply answers nobody. */
  #unasked(c: Connection, r: Reply, bits: number): void {
    this.#complete(c, unasked(c, r, bits, this.#context.source));
  }

  /** Gives a reply to the command that the rules of pairing name. */
  #give(c: Connection, r: Reply, bits: number): void {
    const preliminary = isPreliminary(r.code);
    const index = preliminary ? announced(c, r.code) : answered(c, r.code);
    for (let i = 0; i < index.skip; i++) this.#giveUp(c, c.queue.shift(), deviations.missingReply);
    const at = index.at - index.skip;
    const waiting = c.queue[at];
    if (waiting === undefined) return;
    waiting.deviations |= bits | index.bits;
    if (preliminary) {
      announce(waiting, r);
      return;
    }
    dequeue(c, at);
    this.#conclude(c, waiting, r);
  }

  /** The command has its final reply. `fit`: its code is known to be one that the command can have. */
  #conclude(c: Connection, waiting: Waiting, r: Reply, fit = false): void {
    c.refused = r.code >= 500 ? refusedBy(r.text, waiting) : undefined;
    addReply(waiting, r);
    const exchange = concluded(waiting, fit);
    if (waiting.verb === 'ABOR') this.#settle(c, 0);
    else if (exchange.replies.length > 1 && exchange.outcome === 'completed' && c.queue[0]?.verb === 'ABOR') {
      c.unclear = exchange;
      return;
    }
    this.#complete(c, exchange);
  }

  #answerLeft(c: Connection, left: Waiting, r: Reply, bits: number): void {
    left.deviations = (left.deviations & ~deviations.missingReply) | bits | deviations.outOfOrder;
    if (isPreliminary(r.code)) {
      addReply(left, ownReply(r));
      return;
    }
    c.left = undefined;
    addReply(left, r);
    this.#complete(c, concluded(left));
  }

  /** No late reply will come. */
  #forgetLeft(c: Connection): void {
    const { left } = c;
    if (left === undefined) return;
    c.left = undefined;
    this.#complete(c, concluded(left));
  }

  /**
   * Tells of a transfer that was held until its ABOR is answered.
   *   C: RETR a / S: 150 / C: ABOR / S: 226 ABOR successful / C: PWD / S: 257
   * One reply for both (some servers send no more): whether the transfer is complete, the log cannot tell.
   */
  #settle(c: Connection, bits: number): void {
    const { unclear } = c;
    if (unclear === undefined) return;
    c.unclear = undefined;
    this.#complete(c, bits === 0 ? unclear : { ...unclear, deviations: unclear.deviations | bits });
  }

  /** The connection is over: what still waits gets no answer. `edge`: only because the log ends. */
  abandon(c: Connection, edge: boolean): void {
    this.#settleDoubt(c, true);
    this.#forgetLeft(c);
    while (c.queue.length > 0)
      this.#finishUnanswered(c, c.queue.shift() as Waiting, edge ? deviations.logEdge : deviations.connectionClosed);
  }

  /** No room for what waits: all of it is given up. */
  drop(c: Connection): void {
    this.#settleDoubt(c, true);
    this.#forgetLeft(c);
    while (c.queue.length > 0) {
      this.#context.tally.droppedCommands++;
      this.#finishUnanswered(c, c.queue.shift() as Waiting, deviations.missingReply);
    }
  }

  /**
   * A part of the connection is missing: what it answered is not known. Replies go to the commands that wait as far as they
   * fit, until the next command comes.
   */
  tear(c: Connection): void {
    this.#settleDoubt(c, true);
    c.torn = true;
    // What was said before is not known in whole, as in a log that begins in the middle.
    c.sawStart = false;
    c.greetingDue = false;
    c.renamePending = true;
  }

  /** The client goes on: commands that still wait were answered in the part that is missing. */
  #mend(c: Connection): void {
    this.#settleDoubt(c, true);
    this.#forgetLeft(c);
    c.torn = false;
    while (c.queue.length > 0) this.#finishUnanswered(c, c.queue.shift() as Waiting, deviations.logEdge);
  }

  /** The command got no reply. The one of a data command may still come, behind those of others. */
  #giveUp(c: Connection, waiting: Waiting | undefined, bits: number): void {
    if (waiting === undefined) return;
    if (!movesData(waiting.verb)) {
      this.#finishUnanswered(c, waiting, bits);
      return;
    }
    this.#forgetLeft(c);
    waiting.deviations |= bits;
    c.left = waiting;
  }

  #finishUnanswered(c: Connection, waiting: Waiting, bits: number): void {
    waiting.deviations |= bits;
    if (waiting.verb === 'ABOR') this.#settle(c, deviations.abortUnclear);
    this.#complete(c, concluded(waiting));
  }
}

/** A 1yz for the command: another reply follows. */
function announce(waiting: Waiting, r: Reply): void {
  if (r.code !== 110 && waiting.replies.some((p) => p.code !== 110)) waiting.deviations |= deviations.secondPreliminary;
  addReply(waiting, ownReply(r));
}

/** BSD ftp and tnftp print such a 421 themselves when the connection is lost (src/ftp.c, getreply); no server sent it. */
function isClientsOwn(text: string): boolean {
  return (
    text.startsWith('Service not available, ') &&
    (text.includes('remote server has closed connection') ||
      text.includes('remote server timed out') ||
      text.includes('user interrupt'))
  );
}
