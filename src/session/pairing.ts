/**
 * Which command a reply answers: first in, first out, by the codes a command can have, never by words in the text
 * (RFC 959 §4.2 and §5.4, RFC 1123 §4.1.2.11). 1yz keeps the pair open, ABOR gets a reply of its own, an unasked 421 or
 * 221 answers nobody.
 */
import type { Event, Exchange, Limits, Outcome, Reply, Tally } from '../model.ts';
import { accepts, legal } from '../protocol/commands.ts';
import { deviations } from '../protocol/deviations.ts';
import { clip, own } from '../text.ts';
import { elapsedMs } from '../timestamp.ts';
import { type Connection, dequeue, enqueue, type Refused, type Waiting } from './connection.ts';

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
  decideTurn(c, complete);
  c.commands++;
  c.concluded &&= event.inferred;
  c.greetingDue &&= c.queue.length > 0 || !c.sawStart;
  let bits = 0;
  if (c.lingering) bits |= deviations.commandAfterQuit;
  if (event.verb === 'RNTO' && (c.sawStart || c.commands > 1) && !c.renamePending && c.queue.at(-1)?.verb !== 'RNFR')
    bits |= deviations.sequenceBroken;
  c.renamePending = false;
  if (c.queue.length === 0) c.pipelined = false;
  else {
    c.synchronous = false;
    if (c.queue.length >= limits.pendingCommands) {
      tally.droppedCommands++;
      giveUp(c, c.queue.shift(), deviations.missingReply, complete);
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
  const { undecided } = c;
  if (undecided !== undefined) {
    c.undecided = undefined;
    c.pipelined = true;
    give(c, undecided.reply, undecided.deviations, complete);
  }
  c.replies++;
  let bits = seen;
  if (r.code === 421 && isClientsOwn(r.text)) bits |= deviations.clientSynthetic;
  const preliminary = r.code < 200;
  if (c.greetingDue && greets(c, r.code)) {
    c.greetingDue = preliminary;
    // The client did not wait for the greeting (or took 120 for it).
    if (c.queue.length > 0) c.pipelined = true;
    complete(c, unasked(c, r, bits, source));
    return;
  }
  c.greetingDue = false;
  if (c.queue.length === 0) {
    complete(c, unasked(c, r, bits | ((bits & deviations.clientSynthetic) === 0 ? unaskedKind(c, r.code) : 0), source));
    return;
  }
  if (r.code === 500 && isRefusedAgain(c, r.text)) {
    // The client took it for the answer to its next command: it is ahead by one from now on.
    c.pipelined = true;
    complete(c, unasked(c, r, bits | deviations.extraReply, source));
    return;
  }
  if (!preliminary && isTurnUnclear(c, r.code)) c.undecided = { reply: r, deviations: bits };
  else give(c, r, bits, complete);
}

function addReply(waiting: Waiting, r: Reply): void {
  const { replies } = waiting;
  const first = replies[0];
  waiting.replies = first === undefined ? [r] : replies.length === 1 ? [first, r] : [...replies, r];
}

/** Gives a reply to the command that the rules of pairing name. */
function give(c: Connection, r: Reply, bits: number, complete: Complete): void {
  const preliminary = r.code < 200;
  const index = preliminary ? announced(c, r.code) : answered(c, r.code);
  for (let i = 0; i < index.skip; i++) giveUp(c, c.queue.shift(), deviations.missingReply, complete);
  const at = index.at - index.skip;
  const waiting = c.queue[at];
  if (waiting === undefined) return;
  waiting.deviations |= bits | index.bits;
  if (preliminary) {
    if (r.code !== 110 && waiting.replies.some((p) => p.code !== 110))
      waiting.deviations |= deviations.secondPreliminary;
    addReply(waiting, ownReply(r));
    return;
  }
  dequeue(c, at);
  c.refused = r.code === 500 ? { verb: waiting.verb, arg: waiting.arg } : undefined;
  addReply(waiting, r);
  const exchange = concluded(waiting);
  if (waiting.verb === 'ABOR') settle(c, 0, complete);
  else if (exchange.replies.length > 1 && exchange.outcome === 'completed' && c.queue[0]?.verb === 'ABOR') {
    c.unclear = exchange;
    return;
  }
  complete(c, exchange);
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
 * Commands wait in a row and the reply fits the last of them. Either the client does not wait (then the
 * next line is a further reply), or the log hides a reply (lftp writes none to `quote`, netkit ftpd none to USER) and
 * the client has gone on (then the next line is a command):
 *   C: USER alice / C: PASS x / S: 230 / C: SYST       ← 230 is the answer to PASS
 */
function isTurnUnclear(c: Connection, code: number): boolean {
  if (c.queue.length < 2 || c.pipelined || code === 421) return false;
  const first = c.queue[0];
  const last = c.queue[c.queue.length - 1];
  if (first === undefined || last === undefined) return false;
  if (first.replies.length > 0) {
    // A transfer ended after the client had gone on: it takes each reply for the one to its next command from now on.
    if (fits(first, code) && !fits(last, code)) c.pipelined = true;
    return false;
  }
  // ABOR gets a reply of its own, however late (RFC 959 §4.1.3).
  if (first.verb === 'ABOR' && fits(first, code)) return false;
  return fits(last, code);
}

/** No further reply came: the undecided one answers the last command, those before it got none. */
export function decideTurn(c: Connection, complete: Complete): void {
  const { undecided } = c;
  if (undecided === undefined) return;
  c.undecided = undefined;
  while (c.queue.length > 1) giveUp(c, c.queue.shift(), deviations.missingReply, complete);
  give(c, undecided.reply, undecided.deviations | deviations.resynchronised, complete);
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
  decideTurn(c, complete);
  while (c.queue.length > 0)
    giveUp(c, c.queue.shift(), edge ? deviations.logEdge : deviations.connectionClosed, complete);
}

function giveUp(c: Connection, waiting: Waiting | undefined, bits: number, complete: Complete): void {
  if (waiting === undefined) return;
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
  if (first === undefined || fits(first, code)) return head;
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
  if (fits(first, code)) return head;
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
    if (waiting !== undefined && fits(waiting, code)) return { at: i, skip: i, bits: deviations.resynchronised };
  }
  return undefined;
}

function fits(waiting: Waiting, code: number): boolean {
  if (waiting.verb === '') return code === 421 || code >= 500;
  return legal(waiting.verb, waiting.arg, code);
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
function concluded(waiting: Waiting): Exchange {
  const { replies, verb } = waiting;
  const last = replies[replies.length - 1];
  const code = last === undefined ? 0 : last.code;
  const fit = code === 0 || fits(waiting, code);
  let bits = waiting.deviations & ~deviations.unexpectedCode;
  if (!fit) bits |= deviations.unexpectedCode;
  if (replies.length === 1 && code >= 200 && code < 300 && announces(verb)) bits |= deviations.missingPreliminary;
  waiting.code = code;
  waiting.outcome = outcomeOf(code);
  waiting.legal = fit;
  waiting.deviations = bits;
  if (last !== undefined && code >= 200) {
    waiting.latencyMs = elapsedMs(waiting.time, last.time);
  }
  return waiting;
}

/** These answer 1yz before they complete (RFC 959 §5.4); an empty listing may lack it. */
function announces(verb: string): boolean {
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

/** The first digit decides (RFC 1123 §4.1.2.11). A protected reply (6yz) answered the command; what it says is hidden. */
export function outcomeOf(code: number): Outcome {
  if (code === 0) return 'unanswered';
  if (code < 200) return 'preliminary';
  if (code < 300) return 'completed';
  if (code < 400) return 'intermediate';
  if (code < 500) return 'transient';
  return code < 600 ? 'permanent' : 'completed';
}
