/**
 * When an exchange is worth a call: most rules care for few exchanges, and 780,000 calls that look and return cost more than
 * the looking. A rule states the occasions on which it wants to be called; it still looks for itself, so that it is right
 * without the gate as well.
 */
import type { Exchange, Finding, Fold, Rule } from '../../model.ts';
import { traits, traitsOf } from './traits.ts';

export const gates = {
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
  /** The first reply took more than two seconds. */
  slow: 256,
  /** AUTH was accepted. */
  encrypted: 512,
} as const;

const traitShift = 12;
const slowMs = 2000;
const longArgument = 84;
const longVerb = 255;

/** The gate of arguments with one of these traits. */
export function traitGate(bits: number): number {
  return bits << traitShift;
}

const anyTrait = traitGate(Object.values(traits).reduce<number>((all, bit) => all | bit, 0));

/** Occasions by verb; `always` if a rule states none. */
export type When = (verb: string) => number;

/** A rule that says when it wants to be called. */
export interface GatedRule<S> extends Rule<S> {
  readonly when?: When;
}

/** A rule that runs: its fold and the state of it. */
export interface RunningRule {
  // biome-ignore lint/suspicious/noExplicitAny: states differ by rule; only the fold itself looks into its own
  readonly rule: GatedRule<any>;
  // biome-ignore lint/suspicious/noExplicitAny: the same
  readonly fold: Fold<any, readonly Finding[]>;
  readonly state: unknown;
}

interface Call {
  readonly mask: number;
  readonly call: (state: unknown, x: Exchange) => void;
  readonly state: unknown;
}

interface Calls {
  readonly list: readonly Call[];
  readonly readsArgument: boolean;
}

/** Hands an exchange to the rules that want it. */
export function exchangeDispatch(running: readonly RunningRule[]): (x: Exchange) => void {
  const known = new Set(running.flatMap((r) => r.rule.meta.verbs ?? []));
  const byVerb = new Map([...known].map((verb) => [verb, callsFor(running, verb)]));
  const others = callsFor(running, '\n');
  return (x): void => {
    const { list, readsArgument } = byVerb.get(x.verb) ?? others;
    if (list.length === 0) return;
    const bits = gatesOf(x) | (readsArgument ? traitsOf(x.arg) << traitShift : 0);
    for (const c of list) if ((c.mask & bits) !== 0) c.call(c.state, x);
  };
}

function callsFor(running: readonly RunningRule[], verb: string): Calls {
  const list: Call[] = [];
  for (const { rule, fold, state } of running) {
    const call = fold.exchange;
    if (call === undefined || (rule.meta.verbs !== undefined && !rule.meta.verbs.includes(verb))) continue;
    list.push({ mask: rule.when?.(verb) ?? gates.always, call, state });
  }
  return { list, readsArgument: list.some((c) => (c.mask & anyTrait) !== 0) };
}

function gatesOf(x: Exchange): number {
  const { code, session, replies } = x;
  let bits: number = gates.always;
  if (code >= 400 || code === 0) bits |= gates.failed;
  else if (code === 214) bits |= gates.code214;
  else if (code === 221) bits |= gates.code221;
  if (x.deviations !== 0) bits |= gates.deviating;
  if (!session.loggedIn) bits |= gates.early;
  if (session.encrypted) bits |= gates.encrypted;
  if (x.arg.length > longArgument || x.verb.length > longVerb) bits |= gates.long;
  const first = replies[0];
  if (first === undefined) return bits;
  if (first.time - x.time > slowMs) bits |= gates.slow;
  if (first.lines > 1 || (replies.length > 1 && (replies[replies.length - 1]?.lines ?? 1) > 1)) bits |= gates.multiLine;
  return bits;
}
