/**
 * Which of the commands that wait a reply is for, by order and codes (RFC 959 §4.2 and §5.4), and what a reply is that is
 * for none of them. Nothing here moves a queue: `pairing.ts` does as it is told.
 */
import { accepts } from '../protocol/commands.ts';
import { deviations } from '../protocol/deviations.ts';
import { isPreliminary } from '../protocol/reply-line.ts';
import { fits } from './alignment.ts';
import type { Connection, Waiting } from './connection.ts';
import { movesData } from './exchanges.ts';

/** Commands behind the first that are looked at. */
const lookAhead = 3;

/** 220 and 120 greet; a refusal does only while no command waits. */
export function greets(c: Connection, code: number): boolean {
  if (code === 220 || code === 120) return c.queue.length === 0 || !accepts(c.queue[0]?.verb ?? '', code);
  return c.queue.length === 0 && c.sawStart && accepts('', code);
}

export function unaskedKind(c: Connection, code: number): number {
  if (c.torn) return deviations.unexpectedReply | deviations.logEdge;
  if (code === 421) return deviations.unsolicitedClose;
  if (code === 221) return deviations.serverGoodbye;
  if (c.transferJustEnded && (code === 226 || code === 426 || code === 250)) return deviations.extraReply;
  if (c.commands > 0 && c.concluded) return 0;
  if (c.commands === 0 && !c.sawStart) return deviations.unexpectedReply | deviations.logEdge;
  return deviations.unexpectedReply;
}

/** Codes that tell of the data connection alone. */
function tellsOfData(code: number): boolean {
  return code === 125 || code === 150 || code === 226 || code === 425 || code === 426;
}

/** The code belongs to the data command that was given up: nothing that waits can be meant. */
export function isLate(c: Connection, left: Waiting, code: number): boolean {
  if (!fits(left.verb, left.arg, code) || (isPreliminary(code) && left.replies.some((r) => r.code !== 110)))
    return false;
  const first = c.queue[0];
  if (first === undefined) return tellsOfData(code) || code === 250 || (code >= 450 && code < 460) || code >= 550;
  if (movesData(first.verb)) return false;
  // pyftpdlib connects as soon as PORT comes, and answers it with 425.
  if (code === 425 && (first.verb === 'PORT' || first.verb === 'EPRT')) return false;
  if (first.verb === 'ABOR' || first.verb === 'SITE') return !fits(first.verb, first.arg, code) || code === 426;
  return tellsOfData(code) || (code === 451 && !fits(first.verb, first.arg, code));
}

/**
 * Order alone does not tell which command a final reply answers. Either it fits none that may be meant by order, or
 * commands wait in a row and it fits the last of them: the client does not wait, or the log hides a reply (lftp writes
 * none to `quote`, netkit ftpd none to USER) and the client has gone on:
 *   C: USER alice / C: PASS x / S: 230 / C: SYST       ← 230 is the answer to PASS
 */
export function isUnclear(c: Connection, code: number): boolean {
  const first = c.queue[0];
  if (first === undefined || code === 421) return false;
  if (first.replies.length === 0 && !fits(first.verb, first.arg, code)) return true;
  if (c.queue.length < 2 || c.pipelined) return false;
  const last = c.queue[c.queue.length - 1] as Waiting;
  if (first.replies.length > 0) {
    // A transfer ended after the client had gone on: it takes each reply for the one to its next command from now on.
    if (fits(first.verb, first.arg, code) && !fits(last.verb, last.arg, code)) c.pipelined = true;
    return false;
  }
  // ABOR gets a reply of its own, however late (RFC 959 §4.1.3).
  return first.verb !== 'ABOR' && fits(last.verb, last.arg, code);
}

export interface Choice {
  /** Index in the queue. */
  readonly at: number;
  /** How many in front of it got no reply. */
  readonly skip: number;
  readonly bits: number;
}

const head: Choice = { at: 0, skip: 0, bits: 0 };
const unfit: Choice = { at: 0, skip: 0, bits: deviations.unexpectedCode };

/** The command that a 1yz announces. */
export function announced(c: Connection, code: number): Choice {
  const first = c.queue[0];
  if (first === undefined || fits(first.verb, first.arg, code)) return head;
  return later(c, code) ?? unfit;
}

/** The command that a final reply answers. */
export function answered(c: Connection, code: number): Choice {
  const first = c.queue[0];
  if (first === undefined) return head;
  if (first.replies.length > 0 && c.queue.length > 1) {
    const at = whileTransferring(c, code);
    if (at > 0) return { at, skip: 0, bits: deviations.outOfOrder };
    if (at < 0) return { at: -at, skip: -at, bits: 0 };
  }
  if (fits(first.verb, first.arg, code)) return head;
  return (code < 400 ? later(c, code) : undefined) ?? unfit;
}

/**
 * A transfer runs and other commands wait: STAT gets 211, 212 or 213 and NOOP 200 out of turn, and what the server does
 * not know meanwhile 500 or 502 (Pure-FTPd): a transfer that has begun was understood. A 225 ends a transfer that got no
 * reply of its own and answers ABOR (negative index). 0: nothing of the kind.
 */
function whileTransferring(c: Connection, code: number): number {
  if (code === 500 || code === 502) return 1;
  if (code >= 211 && code <= 213) return find(c, 'STAT');
  if (code === 200) return find(c, 'NOOP');
  if (code === 225) return -find(c, 'ABOR');
  return 0;
}

function find(c: Connection, verb: string): number {
  for (let i = 1; i < c.queue.length; i++) if (c.queue[i]?.verb === verb) return i;
  return 0;
}

/** A later command that the code fits while the first does not. */
function later(c: Connection, code: number): Choice | undefined {
  const until = Math.min(lookAhead, c.queue.length - 1);
  for (let i = 1; i <= until; i++) {
    const waiting = c.queue[i];
    if (waiting !== undefined && fits(waiting.verb, waiting.arg, code))
      return { at: i, skip: i, bits: deviations.resynchronised };
  }
  return undefined;
}
