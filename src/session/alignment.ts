/**
 * Commands and replies of which order alone does not tell which belong together: one of them is missing in the log, or is
 * there once too often. Among all ways to pair them in order, the one with the least that has to be explained away:
 * codes that a command cannot have, commands without reply, replies without command, a client that went on before the
 * answer, and texts that name another command. Text weighs less than a code that cannot be.
 *   C: USER bert / C: REST abc / S: 530 / C: PASV / S: 500 'REST abc': command not understood.
 */
import type { Reply } from '../model.ts';
import { legal } from '../protocol/commands.ts';
import { type NamedCommand, namedCommand } from '../protocol/named-commands.ts';
import { isPreliminary } from '../protocol/reply-line.ts';
import type { Doubtful, Waiting } from './connection.ts';

/** What to do next, in order: the first command got nothing, the next reply is nobody's, or it answers the first command. */
export type Step = 'lost' | 'stray' | 'pair' | 'preliminary';

/** The weights: what each departure costs. */
const weights = {
  /** The code is none that the command can have. */
  illegal: 10,
  /** A reply that answers no command while one waits, and where none does: that one may be missing in the log. */
  stray: 8,
  idle: 3,
  /** A command that got no reply. */
  lost: 4,
  /** The client, which waits otherwise, went on before the answer; and each further time it did. */
  ahead: 4,
  stillAhead: 3,
  /** The text names another command that waits; with its argument. */
  named: 4,
  quoted: 12,
} as const;

/** Replies in doubt, at most: then the best pairing so far holds. */
export const mostDoubtful = 8;

export function doubtful(reply: Reply, source: number, deviations: number, after: number): Doubtful {
  return { reply, source, deviations, after, named: namedCommand(reply.code, reply.text) };
}

/** Whether one command alone can be meant, of those that had been sent: pairs up to it can be settled. */
export function isCertain(queue: readonly Waiting[], { reply, after, named }: Doubtful): boolean {
  if (named.verb !== '' && reply.code >= 300 && countNamed(queue, after, named) === 1) return true;
  let fitting = 0;
  for (let i = 0; i < after; i++) {
    const { verb, arg } = queue[i] as Waiting;
    if (fits(verb, arg, reply.code)) fitting++;
  }
  return fitting === 1;
}

function countNamed(queue: readonly Waiting[], after: number, named: NamedCommand): number {
  let n = 0;
  for (let i = 0; i < after; i++) if (names(named, queue[i] as Waiting)) n++;
  return n;
}

/** Whether the code may answer the command; `''` is a line that no server understands. */
export function fits(verb: string, arg: string, code: number): boolean {
  if (verb === '') return code === 421 || (code >= 500 && code < 600);
  return legal(verb, arg, code);
}

function names(named: NamedCommand, { verb, arg }: Waiting): boolean {
  return named.verb === verb && (named.arg === '' || named.arg === arg);
}

/** A way through some commands and replies. */
interface Way {
  readonly cost: number;
  readonly ahead: boolean;
  /** The last command got its reply. */
  readonly done: boolean;
  readonly step: Step | '';
  readonly before: Way | undefined;
}

/**
 * The steps of the best pairing; commands behind the last reply go on waiting, unless nothing more will come (`over`).
 * `waits`: the client is known not to go on before an answer.
 */
export function align(
  queue: readonly Waiting[],
  replies: readonly Doubtful[],
  waits: boolean,
  over: boolean,
): readonly Step[] {
  if (isPlain(queue, replies)) return replies.map(() => 'pair');
  const width = replies.length + 1;
  // By commands done, then replies done, then whether the client was ahead.
  const ways: (Way | undefined)[] = new Array<Way | undefined>((queue.length + 1) * width * 2).fill(undefined);
  const reach = (i: number, j: number, step: Step | '', cost: number, from: Way | undefined, ahead: boolean): void => {
    const at = (i * width + j) * 2 + (ahead ? 1 : 0);
    const total = (from?.cost ?? 0) + cost;
    const known = ways[at];
    if (known !== undefined && total >= known.cost) return;
    const done = step === 'pair' || (step !== 'lost' && from?.done === true);
    ways[at] = { cost: total, ahead, done, step, before: from };
  };
  reach(0, 0, '', 0, undefined, false);
  for (let i = 0; i <= queue.length; i++) {
    for (let j = 0; j < width; j++) {
      for (const from of [ways[(i * width + j) * 2], ways[(i * width + j) * 2 + 1]]) {
        if (from === undefined || j === replies.length) continue;
        const d = replies[j] as Doubtful;
        reach(i, j + 1, 'stray', i >= d.after && from.done ? weights.idle : weights.stray, from, from.ahead);
        const command = queue[i];
        if (command === undefined || i >= d.after) continue;
        reach(i + 1, j, 'lost', weights.lost, from, from.ahead);
        const cost = pairCost(queue, command, d);
        if (isPreliminary(d.reply.code)) {
          reach(i, j + 1, 'preliminary', cost, from, from.ahead);
          continue;
        }
        const late = waits && d.after - 1 > i;
        reach(i + 1, j + 1, 'pair', cost + (late ? aheadCost(from) : 0), from, from.ahead || late);
      }
    }
  }
  return stepsTo(bestEnd(queue, replies, ways, waits, over));
}

/** Every command has its reply, in order, with a code that it can have: no text speaks against that. */
function isPlain(queue: readonly Waiting[], replies: readonly Doubtful[]): boolean {
  return (
    queue.length === replies.length &&
    replies.every(({ reply, after }, i) => {
      const { verb, arg } = queue[i] as Waiting;
      return after > i && !isPreliminary(reply.code) && fits(verb, arg, reply.code);
    })
  );
}

function pairCost(queue: readonly Waiting[], command: Waiting, { reply, after, named }: Doubtful): number {
  let cost = fits(command.verb, command.arg, reply.code) ? 0 : weights.illegal;
  if (named.verb !== '' && !names(named, command) && countNamed(queue, after, named) > 0)
    cost += named.arg === '' ? weights.named : weights.quoted;
  return cost;
}

function aheadCost(way: Way): number {
  return way.ahead ? weights.stillAhead : weights.ahead;
}

/** Commands that go on waiting cost as much as the client would be ahead by them; at the end, they are lost. */
function bestEnd(
  queue: readonly Waiting[],
  replies: readonly Doubtful[],
  ways: readonly (Way | undefined)[],
  waits: boolean,
  over: boolean,
): Way | undefined {
  let best: Way | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (let i = queue.length; i >= 0; i--) {
    for (const way of [0, 1].map((ahead) => ways[(i * (replies.length + 1) + replies.length) * 2 + ahead])) {
      if (way === undefined) continue;
      const due = queue.length - i;
      const total = way.cost + (over ? due * weights.lost : waits && due > 1 ? aheadCost(way) : 0);
      if (total >= least) continue;
      least = total;
      best = way;
    }
  }
  return best;
}

function stepsTo(end: Way | undefined): readonly Step[] {
  const steps: Step[] = [];
  for (let way = end; way !== undefined; way = way.before) if (way.step !== '') steps.push(way.step);
  return steps.reverse();
}
