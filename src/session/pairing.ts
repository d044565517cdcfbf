/**
 * Which command a reply answers: first in, first out, by the codes a command can have (RFC 959 §4.2 and §5.4, RFC 1123
 * §4.1.2.11). Words in the text count only where order and codes leave it open (`alignment.ts`). 1yz keeps the pair open,
 * ABOR gets a reply of its own, an unasked 421 or 221 answers nobody, and a code of the data connection goes to the
 * transfer that was left without.
 */
import type { Event, Exchange, Limits, Outcome, Reply, Tally } from '../model.ts';
import { accepts } from '../protocol/commands.ts';
import { deviations } from '../protocol/deviations.ts';
import { isPreliminary } from '../protocol/reply-line.ts';
import { clip, own } from '../text.ts';
import { elapsedMs } from '../timestamp.ts';
import { align, doubtful, fits, isCertain, mostDoubtful } from './alignment.ts';
import { type Connection, type Doubtful, dequeue, enqueue, type Refused, type Waiting } from './connection.ts';

/** Takes an exchange that is complete. */
export type Complete = (c: Connection, exchange: Exchange) => void;

const noReplies: readonly Reply[] = [];
const lookAhead = 3;

/** Puts a command into the queue of its connection. */
export function command(
  c: Connection,
  event: Event,
  source: number,
  limits: Limits,
  tally: Tally,
  complete: Complete,
): void {
  if (c.torn) mend(c, complete);
  c.commands++;
  c.concluded &&= event.inferred;
  c.greetingDue &&= c.queue.length > 0 || !c.sawStart;
  let bits = 0;
  if (c.lingering) bits |= deviations.commandAfterQuit;
  if (event.verb === 'RNTO' && (c.sawStart || c.commands > 1) && !c.renamePending && c.queue.at(-1)?.verb !== 'RNFR')
    bits |= deviations.sequenceBroken;
  c.renamePending = false;
  if (c.serial && c.queue.length > 0 && c.open === undefined) passOver(c, event.verb, complete);
  if (c.left !== undefined && movesData(event.verb)) forgetLeft(c, complete);
  if (c.queue.length === 0) c.pipelined = false;
  else {
    c.synchronous &&= c.doubt !== undefined && c.doubt.length >= c.queue.length;
    if (c.queue.length >= limits.pendingCommands) {
      settleDoubt(c, complete);
      if (c.queue.length >= limits.pendingCommands) {
        tally.droppedCommands++;
        giveUp(c, c.queue.shift(), deviations.missingReply, complete);
      }
    }
  }
  if (event.arg.length > limits.textChars) tally.clippedTexts++;
  enqueue(c, {
    session: c,
    source,
    asked: true,
    verb: event.verb,
    arg: own(clip(event.arg, limits.textChars)),
    line: event.line,
    time: event.time,
    replies: noReplies,
    code: 0,
    outcome: 'unanswered',
    legal: true,
    latencyMs: -1,
    size: -1,
    inferred: event.inferred,
    secret: event.secret,
    deviations: bits,
  });
}

/** Gives a complete reply to the command it answers. `seen`: departures noticed while it was read. */
export function reply(c: Connection, r: Reply, seen: number, source: number, complete: Complete): void {
  c.replies++;
  if (c.doubt !== undefined && r.code !== 421) {
    doubt(c, c.doubt, r, seen, complete);
    return;
  }
  settleDoubt(c, complete);
  let bits = seen;
  if (r.code === 421 && isClientsOwn(r.text)) bits |= deviations.clientSynthetic;
  const preliminary = isPreliminary(r.code);
  if (c.greetingDue && greets(c, r.code)) {
    c.greetingDue = preliminary;
    // The client did not wait for the greeting (or took 120 for it).
    if (c.queue.length > 0) c.pipelined = true;
    complete(c, unasked(c, r, bits, source));
    return;
  }
  c.greetingDue = false;
  if (c.left !== undefined && isLate(c, c.left, r.code)) {
    answerLeft(c, c.left, r, bits, complete);
    return;
  }
  if (c.queue.length === 0) {
    complete(c, unasked(c, r, bits | ((bits & deviations.clientSynthetic) === 0 ? unaskedKind(c, r.code) : 0), source));
    return;
  }
  if (c.torn && !c.queue.some(({ verb, arg }) => fits(verb, arg, r.code))) {
    complete(c, unasked(c, r, bits | unaskedKind(c, r.code), source));
    return;
  }
  if (r.code === 500 && isRefusedAgain(c, r.text)) {
    // The client took it for the answer to its next command: it is ahead by one from now on.
    c.pipelined = true;
    complete(c, unasked(c, r, bits | deviations.extraReply, source));
    return;
  }
  const only = c.queue.length === 1 ? (c.queue[0] as Waiting) : undefined;
  if (only !== undefined && fits(only.verb, only.arg, r.code)) {
    // One command waits and the code fits, as nearly always: nothing is left to choose.
    only.deviations |= bits;
    if (preliminary) announce(only, r);
    else {
      c.queue.pop();
      conclude(c, only, r, complete, true);
    }
    return;
  }
  if (!preliminary && isUnclear(c, r.code)) {
    c.doubt = [];
    doubt(c, c.doubt, r, bits, complete);
  } else give(c, r, bits, complete);
}

/**
 * A client that never goes on before the answer has gone on: what waits gets none. But a transfer that runs may be stopped,
 * and ABOR gets its reply however late (curl sends QUIT at once).
 */
function passOver(c: Connection, verb: string, complete: Complete): void {
  settleDoubt(c, complete, true);
  const stops = verb === 'ABOR' || verb === 'STAT' || verb === 'NOOP' || verb === 'QUIT';
  for (let first = c.queue[0]; first !== undefined; first = c.queue[0]) {
    if (first.verb === 'ABOR' || (stops && first.replies.length > 0)) return;
    giveUp(c, c.queue.shift(), deviations.missingReply, complete);
  }
}

/** Keeps a reply whose command is not clear, until one comes that can be for one command only. */
function doubt(c: Connection, list: Doubtful[], r: Reply, bits: number, complete: Complete): void {
  const one = doubtful(ownReply(r), bits, c.queue.length);
  list.push(one);
  if (list.length >= mostDoubtful || isCertain(c.queue, one)) settleDoubt(c, complete);
}

/** Pairs what is in doubt. `over`: nothing more will come. */
export function settleDoubt(c: Connection, complete: Complete, over = false): void {
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
      giveUp(c, c.queue.shift(), deviations.missingReply, complete);
      skipped = true;
      continue;
    }
    const { reply: r, deviations: bits, after } = list[next++] as Doubtful;
    if (step === 'stray') {
      complete(c, unasked(c, r, bits | unaskedKind(c, r.code), c.queue[0]?.source ?? 0));
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
    conclude(c, waiting, r, complete);
  }
}

function addReply(waiting: Waiting, r: Reply): void {
  const { replies } = waiting;
  const first = replies[0];
  waiting.replies = first === undefined ? [r] : replies.length === 1 ? [first, r] : [...replies, r];
}

/** Gives a reply to the command that the rules of pairing name. */
function give(c: Connection, r: Reply, bits: number, complete: Complete): void {
  const preliminary = isPreliminary(r.code);
  const index = preliminary ? announced(c, r.code) : answered(c, r.code);
  for (let i = 0; i < index.skip; i++) giveUp(c, c.queue.shift(), deviations.missingReply, complete);
  const at = index.at - index.skip;
  const waiting = c.queue[at];
  if (waiting === undefined) return;
  waiting.deviations |= bits | index.bits;
  if (preliminary) {
    announce(waiting, r);
    return;
  }
  dequeue(c, at);
  conclude(c, waiting, r, complete);
}

/** A 1yz for the command: another reply follows. */
function announce(waiting: Waiting, r: Reply): void {
  if (r.code !== 110 && waiting.replies.some((p) => p.code !== 110)) waiting.deviations |= deviations.secondPreliminary;
  addReply(waiting, ownReply(r));
}

/** The command has its final reply. `fit`: its code is known to be one that the command can have. */
function conclude(c: Connection, waiting: Waiting, r: Reply, complete: Complete, fit = false): void {
  c.refused = r.code >= 500 ? refusedBy(r.text, waiting) : undefined;
  addReply(waiting, r);
  const exchange = concluded(waiting, fit);
  if (waiting.verb === 'ABOR') settle(c, 0, complete);
  else if (exchange.replies.length > 1 && exchange.outcome === 'completed' && c.queue[0]?.verb === 'ABOR') {
    c.unclear = exchange;
    return;
  }
  complete(c, exchange);
}

/** The command that was refused; nothing where the text quotes another one: then texts say nothing here. */
function refusedBy(text: string, { verb, arg }: Waiting): Refused | undefined {
  const refused = { verb, arg };
  return text.charCodeAt(0) === 39 && !quotes(text, refused) ? undefined : refused;
}

/** Codes that tell of the data connection alone. */
function tellsOfData(code: number): boolean {
  return code === 125 || code === 150 || code === 226 || code === 425 || code === 426;
}

/** The code belongs to the data command that was given up: nothing that waits can be meant. */
function isLate(c: Connection, left: Waiting, code: number): boolean {
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

function answerLeft(c: Connection, left: Waiting, r: Reply, bits: number, complete: Complete): void {
  left.deviations = (left.deviations & ~deviations.missingReply) | bits | deviations.outOfOrder;
  if (isPreliminary(r.code)) {
    addReply(left, ownReply(r));
    return;
  }
  c.left = undefined;
  addReply(left, r);
  complete(c, concluded(left));
}

/** No late reply will come. */
function forgetLeft(c: Connection, complete: Complete): void {
  const { left } = c;
  if (left === undefined) return;
  c.left = undefined;
  complete(c, concluded(left));
}

/**
 * The second refusal of a command that is answered already, as daemons of BSD send it, or that of an empty line: the one
 * place where words decide, since such a line quotes the whole command.
 *   C: REST abc / S: 500 'REST abc': command not understood. / C: TYPE / S: 500 'REST abc': command not understood.
 */
function isRefusedAgain(c: Connection, text: string): boolean {
  const { refused } = c;
  const first = c.queue[0];
  if (first === undefined || text.charCodeAt(0) !== 39) return false;
  // An empty line that no log shows: `500 '': command not understood.`
  if (text.charCodeAt(1) === 39) return first.verb !== '';
  return refused !== undefined && quotes(text, refused) && !quotes(text, first);
}

/** The text begins with the command in quotes. */
function quotes(text: string, { verb, arg }: Refused): boolean {
  const said = text.slice(1, 1 + verb.length).toUpperCase();
  if (verb === '' || said !== verb) return false;
  const end = verb.length + 1;
  if (arg === '') return text.startsWith("'", end) || text.startsWith(" '", end);
  return text.charCodeAt(end) === 32 && text.startsWith(arg, end + 1) && text.startsWith("'", end + 1 + arg.length);
}

/**
 * Order alone does not tell which command a final reply answers. Either it fits none that may be meant by order, or
 * commands wait in a row and it fits the last of them: the client does not wait, or the log hides a reply (lftp writes
 * none to `quote`, netkit ftpd none to USER) and the client has gone on:
 *   C: USER alice / C: PASS x / S: 230 / C: SYST       ← 230 is the answer to PASS
 */
function isUnclear(c: Connection, code: number): boolean {
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

/**
 * Tells of a transfer that was held until its ABOR is answered.
 *   C: RETR a / S: 150 / C: ABOR / S: 226 ABOR successful / C: PWD / S: 257
 * One reply for both (some servers send no more): whether the transfer is complete, the log cannot tell.
 */
function settle(c: Connection, bits: number, complete: Complete): void {
  const { unclear } = c;
  if (unclear === undefined) return;
  c.unclear = undefined;
  complete(c, bits === 0 ? unclear : { ...unclear, deviations: unclear.deviations | bits });
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

/** The connection is over: what still waits gets no answer. `edge`: only because the log ends. */
export function abandonQueue(c: Connection, edge: boolean, complete: Complete): void {
  settleDoubt(c, complete, true);
  forgetLeft(c, complete);
  while (c.queue.length > 0)
    finishUnanswered(c, c.queue.shift() as Waiting, edge ? deviations.logEdge : deviations.connectionClosed, complete);
}

/** No room for what waits: all of it is given up. */
export function dropQueue(c: Connection, tally: Tally, complete: Complete): void {
  settleDoubt(c, complete, true);
  forgetLeft(c, complete);
  while (c.queue.length > 0) {
    tally.droppedCommands++;
    finishUnanswered(c, c.queue.shift() as Waiting, deviations.missingReply, complete);
  }
}

/**
 * A part of the connection is missing: what it answered is not known. Replies go to the commands that wait as far as they
 * fit, until the next command comes.
 */
export function tear(c: Connection, complete: Complete): void {
  settleDoubt(c, complete, true);
  c.torn = true;
  // What was said before is not known in whole, as in a log that begins in the middle.
  c.sawStart = false;
  c.greetingDue = false;
  c.renamePending = true;
}

/** The client goes on: commands that still wait were answered in the part that is missing. */
function mend(c: Connection, complete: Complete): void {
  settleDoubt(c, complete, true);
  forgetLeft(c, complete);
  c.torn = false;
  while (c.queue.length > 0) finishUnanswered(c, c.queue.shift() as Waiting, deviations.logEdge, complete);
}

/** The command got no reply. The one of a data command may still come, behind those of others. */
function giveUp(c: Connection, waiting: Waiting | undefined, bits: number, complete: Complete): void {
  if (waiting === undefined) return;
  if (!movesData(waiting.verb)) {
    finishUnanswered(c, waiting, bits, complete);
    return;
  }
  forgetLeft(c, complete);
  waiting.deviations |= bits;
  c.left = waiting;
}

function finishUnanswered(c: Connection, waiting: Waiting, bits: number, complete: Complete): void {
  waiting.deviations |= bits;
  if (waiting.verb === 'ABOR') settle(c, deviations.abortUnclear, complete);
  complete(c, concluded(waiting));
}

/** 220 and 120 greet; a refusal does only while no command waits. */
function greets(c: Connection, code: number): boolean {
  if (code === 220 || code === 120) return c.queue.length === 0 || !accepts(c.queue[0]?.verb ?? '', code);
  return c.queue.length === 0 && c.sawStart && accepts('', code);
}

function unaskedKind(c: Connection, code: number): number {
  if (c.torn) return deviations.unexpectedReply | deviations.logEdge;
  if (code === 421) return deviations.unsolicitedClose;
  if (code === 221) return deviations.serverGoodbye;
  if (c.transferJustEnded && (code === 226 || code === 426 || code === 250)) return deviations.extraReply;
  if (c.commands > 0 && c.concluded) return 0;
  if (c.commands === 0 && !c.sawStart) return deviations.unexpectedReply | deviations.logEdge;
  return deviations.unexpectedReply;
}

interface Choice {
  /** Index in the queue. */
  readonly at: number;
  /** How many in front of it got no reply. */
  readonly skip: number;
  readonly bits: number;
}

const head: Choice = { at: 0, skip: 0, bits: 0 };
const unfit: Choice = { at: 0, skip: 0, bits: deviations.unexpectedCode };

/** The command that a 1yz announces. */
function announced(c: Connection, code: number): Choice {
  const first = c.queue[0];
  if (first === undefined || fits(first.verb, first.arg, code)) return head;
  return later(c, code) ?? unfit;
}

/** The command that a final reply answers. */
function answered(c: Connection, code: number): Choice {
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

function ownReply(r: Reply): Reply {
  return { code: r.code, text: own(r.text), line: r.line, lines: r.lines, time: r.time };
}

/** A reply that no command asked for, as an exchange of the pseudo-command `''`. */
function unasked(c: Connection, r: Reply, bits: number, source: number): Exchange {
  return {
    session: c,
    source,
    asked: false,
    verb: '',
    arg: '',
    line: r.line,
    time: r.time,
    replies: [r],
    code: r.code,
    outcome: outcomeOf(r.code),
    legal: accepts('', r.code) || (bits & (deviations.serverGoodbye | deviations.unsolicitedClose)) !== 0,
    latencyMs: -1,
    size: -1,
    inferred: false,
    secret: '',
    deviations: bits,
  };
}

/** No further reply will come: the command becomes the exchange that it was with those it has. */
function concluded(waiting: Waiting, known = false): Exchange {
  const { replies, verb } = waiting;
  const last = replies[replies.length - 1];
  const code = last === undefined ? 0 : last.code;
  const fit = known || last === undefined || fits(waiting.verb, waiting.arg, code);
  let bits = waiting.deviations & ~deviations.unexpectedCode;
  if (!fit) bits |= deviations.unexpectedCode;
  if (replies.length === 1 && code >= 200 && code < 300 && movesData(verb)) bits |= deviations.missingPreliminary;
  waiting.code = code;
  waiting.outcome = last === undefined ? 'unanswered' : outcomeOf(code);
  waiting.legal = fit;
  waiting.deviations = bits;
  if (last !== undefined && !isPreliminary(code)) {
    waiting.latencyMs = elapsedMs(waiting.time, last.time);
  }
  return waiting;
}

/** These use the data connection, and answer 1yz before they complete (RFC 959 §5.4); an empty listing may lack it. */
function movesData(verb: string): boolean {
  return (
    verb === 'RETR' ||
    verb === 'STOR' ||
    verb === 'LIST' ||
    verb === 'NLST' ||
    verb === 'MLSD' ||
    verb === 'APPE' ||
    verb === 'STOU'
  );
}

/**
 * The first digit of a code decides (RFC 1123 §4.1.2.11). A protected reply (6yz) answered the command; what it says is
 * hidden. A code that no reply can have is a refusal to whoever reads it.
 */
export function outcomeOf(code: number): Outcome {
  if (code < 100) return 'permanent';
  if (code < 200) return 'preliminary';
  if (code < 300) return 'completed';
  if (code < 400) return 'intermediate';
  if (code < 500) return 'transient';
  return code < 600 || code >= 700 ? 'permanent' : 'completed';
}
