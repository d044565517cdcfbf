/**
 * When an exchange is worth a call. A rule states the occasions on which it wants to be called; it still looks for itself,
 * so that it is right without the gate as well.
 */
import type { Exchange, Rule, RuleMeta, Session, Thresholds } from '../../model.ts';
import { traits, traitsOf } from '../words/traits.ts';
import { isAnonymousSession } from '../words/users.ts';
import { inForce, type ThresholdsOf } from './thresholds.ts';
import { workOf } from './work.ts';

/** Bits below {@link traitShift}; those of {@link traits} stand above them, in one word of 32 bits. */
export const gates = {
  never: 0,
  always: 1,
  /** 4yz, 5yz, or no answer. */
  failed: 2,
  deviating: 4,
  /** The final reply has more than one line. */
  multiLine: 8,
  /** Before the login. */
  early: 16,
  code214: 32,
  code221: 64,
  /** Argument or verb longer than most. */
  long: 128,
  /** The first reply came more than {@link waitedMs} after the command; how much later is for the rule's threshold. */
  waited: 256,
  /** AUTH was accepted. */
  encrypted: 512,
  /** The rule remembers something of the session; alone, not beside others. */
  recalls: 1024,
  /** The session is one of anonymous, as far as the log shows. */
  anonymous: 2048,
  /** 500, 501, 502: the command itself is wrong. */
  syntax: 4096,
  /** 503, or 425 in its place. */
  outOfOrder: 8192,
  /** 425, 426, 522: the data connection failed. */
  noData: 16_384,
  code421: 32_768,
  /** The log shows the secret of this command. */
  exposed: 65_536,
  /** The session asked for no listing and no directory yet (`engine/work.ts`). */
  idle: 131_072,
  /** The log does not show how the session began. */
  unbegun: 262_144,
  /** A USER of the session got neither PASS nor login so far (`engine/work.ts`). */
  asking: 524_288,
} as const;

/** Milliseconds; below them nobody calls a reply late. */
export const waitedMs = 1000;

export const traitShift = 20;
/** Characters; above it an argument is long. */
export const longArgument = 84;
const longVerb = 255;

/** The gate of arguments with one of these traits. */
export function traitGate(bits: number): number {
  return bits << traitShift;
}

/** Every gate of {@link traitGate}. */
export const anyTrait: number = traitGate(Object.values(traits).reduce<number>((all, bit) => all | bit, 0));

/** Occasions by verb and the thresholds in force; `always` if a rule states none. */
export type When = (verb: string, thresholds: Thresholds) => number;

/** When a rule wants to be called; always, if it says nothing. */
export interface Occasions<M extends RuleMeta> {
  /** For which exchanges. */
  readonly when?: (verb: string, thresholds: ThresholdsOf<M>) => number;
  /** For which transfers. */
  readonly moves?: Moves;
}

/** A rule that says when it wants to be called. */
export interface GatedRule<S> extends Rule<S> {
  readonly when?: When;
  readonly moves?: Moves;
}

/** The occasions of a rule, for whatever thresholds are set. */
export function occasionsOf<M extends RuleMeta>(
  meta: M,
  { when, moves }: Occasions<M>,
): Pick<GatedRule<unknown>, 'when' | 'moves'> {
  return {
    ...(when === undefined ? {} : { when: (verb, set) => when(verb, inForce(meta, set)) }),
    ...(moves === undefined ? {} : { moves }),
  };
}

/** Kinds of files (`words/names.ts`) that a rule on transfers waits for, by their direction; every file if it says nothing. */
export interface Moves {
  readonly upload?: number;
  readonly download?: number;
}

/** The gates that an argument passes. */
export function traitGates(arg: string): number {
  return traitGate(traitsOf(arg));
}

/** The gates of a failure, or of no answer. */
function failureGates(code: number): number {
  if (code >= 500 && code <= 502) return gates.failed | gates.syntax;
  if (code === 503) return gates.failed | gates.outOfOrder;
  if (code === 425) return gates.failed | gates.noData | gates.outOfOrder;
  if (code === 426 || code === 522) return gates.failed | gates.noData;
  return code === 421 ? gates.failed | gates.code421 : gates.failed;
}

/** Gates of what the session did; most verbs have no rule that asks. */
const workGates = gates.idle | gates.asking | gates.unbegun;
/** Gates of the replies. */
const replyGates = gates.waited | gates.multiLine;

/** The gates that an exchange passes, those of its argument aside. `mask`: those that matter; of others nothing need be said. */
export function gatesOf(x: Exchange, mask: number): number {
  const { code, session } = x;
  let bits: number = gates.always;
  if (code >= 400 || code === 0) bits |= failureGates(code);
  else if (code === 214) bits |= gates.code214;
  else if (code === 221) bits |= gates.code221;
  if (x.deviations !== 0) bits |= gates.deviating;
  if (!session.loggedIn) bits |= gates.early;
  if (session.encrypted) bits |= gates.encrypted;
  if (x.secret === 'exposed') bits |= gates.exposed;
  if (x.arg.length > longArgument || x.verb.length > longVerb) bits |= gates.long;
  if ((mask & gates.anonymous) !== 0 && isAnonymousSession(session)) bits |= gates.anonymous;
  if ((mask & workGates) !== 0) bits |= gatesOfWork(session);
  return (mask & replyGates) === 0 ? bits : bits | gatesOfReplies(x);
}

function gatesOfWork(session: Session): number {
  const work = workOf(session);
  let bits: number = session.sawStart ? 0 : gates.unbegun;
  if (work === undefined || !work.busy) bits |= gates.idle;
  if (work?.asking === true) bits |= gates.asking;
  return bits;
}

function gatesOfReplies({ replies, time }: Exchange): number {
  const first = replies[0];
  if (first === undefined) return 0;
  let bits = first.time - time > waitedMs ? gates.waited : 0;
  if (first.lines > 1 || (replies.length > 1 && (replies[replies.length - 1]?.lines ?? 1) > 1)) bits |= gates.multiLine;
  return bits;
}
