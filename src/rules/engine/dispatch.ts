/**
 * Hands exchanges, logins and ends of sessions to the rules that want them: most of the sixty care for few
 * (docs/decisions/0008).
 */
import type { Exchange, Login, Rule, RuleFold, RuleMeta, Session, Thresholds, Transfer } from '../../model.ts';
import { isVerb } from '../../protocol/commands.ts';
import { anyFile, filesOf } from '../words/names.ts';
import { anyTrait, type GatedRule, gates, gatesOf, type Moves, traitGates } from './gates.ts';
import { mayRecall, type Remembering } from './memory.ts';
import { noteIn, noteLogin, noteTransfer, type Step, stepOf } from './work.ts';

/** A rule that runs: the thresholds in force, its fold and the state of it. */
export interface RunningRule {
  // biome-ignore lint/suspicious/noExplicitAny: states differ by rule; only the fold itself looks into its own
  readonly rule: Rule<any>;
  readonly thresholds: Thresholds;
  // biome-ignore lint/suspicious/noExplicitAny: the same
  readonly fold: RuleFold<any>;
  readonly state: unknown;
}

interface Call {
  /** Occasions on which the rule wants to be called. */
  readonly mask: number;
  readonly run: (state: unknown, x: Exchange) => void;
  readonly state: unknown;
  readonly ordered: boolean;
  /** The slot in which something must be remembered of the session, -1 if nothing must. */
  readonly slot: number;
}

interface TransferCall {
  /** Kinds of files for which the rule wants to be called. */
  readonly mask: number;
  readonly run: (state: unknown, t: Transfer) => void;
  readonly state: unknown;
}

interface LoginCall {
  readonly run: (state: unknown, l: Login) => void;
  readonly state: unknown;
}

interface Ending {
  readonly ordered: boolean;
  readonly run: (state: unknown, s: Session) => void;
  readonly state: unknown;
}

/** The calls that a verb may need. */
interface Plan {
  readonly all: readonly Call[];
  /** All occasions that any of them waits for. */
  readonly mask: number;
  readonly readsArgument: boolean;
  /** What the verb says of the session's work. */
  readonly step: Step | undefined;
  /** The calls by occasions: the same few combinations come again and again. */
  readonly chosen: Map<number, readonly Call[]>;
  /** The occasions of the last exchange, mostly those of the next as well, and their calls. */
  bits: number;
  calls: readonly Call[];
}

const noCalls: readonly Call[] = [];

/** Bits of occasions come from the log: no more combinations than this are kept. */
const chosenLimit = 512;

/** A function that takes each exchange to the rules that want it. */
export function exchangeDispatch(running: readonly RunningRule[]): (x: Exchange) => void {
  const named = new Set(running.flatMap((r) => r.rule.meta.verbs ?? []));
  const plans = new Map<string, Plan>();
  /** What is no verb of FTP, and named by no rule, has one plan. */
  const planOf = (verb: string): Plan => {
    const key = isVerb(verb) || named.has(verb) ? verb : '\n';
    const plan = plans.get(key) ?? planFor(running, key);
    plans.set(key, plan);
    return plan;
  };
  return (x): void => {
    const plan = plans.get(x.verb) ?? planOf(x.verb);
    const bits = (gatesOf(x, plan.mask) | (plan.readsArgument ? traitGates(x.arg) : 0)) & plan.mask;
    const calls = bits === plan.bits ? plan.calls : choose(plan, bits);
    if (x.session.mixed) runMixed(calls, x);
    else
      for (let i = 0; i < calls.length; i++) {
        const call = calls[i] as Call;
        if (call.slot < 0 || mayRecall(call.slot, x.session)) call.run(call.state, x);
      }
    if (plan.step !== undefined) plan.step(noteIn(x.session), x);
  };
}

function runMixed(calls: readonly Call[], x: Exchange): void {
  for (const { run, state, ordered } of calls) if (!ordered) run(state, x);
}

/** A function that takes each transfer to the rules that want it. */
export function transferDispatch(running: readonly RunningRule[]): (t: Transfer) => void {
  const callsFor = (direction: keyof Moves): readonly TransferCall[] =>
    running.flatMap(({ rule, fold, state }) => {
      const { moves } = rule as GatedRule<unknown>;
      const mask = moves === undefined ? anyFile : (moves[direction] ?? 0);
      return fold.transfer === undefined || mask === 0 ? [] : [{ mask, run: fold.transfer, state }];
    });
  const uploads = callsFor('upload');
  const downloads = callsFor('download');
  return (t): void => {
    const kinds = filesOf(t.path);
    const calls = t.direction === 'upload' ? uploads : downloads;
    for (let i = 0; i < calls.length; i++) {
      const { mask, run, state } = calls[i] as TransferCall;
      if (mask === anyFile || (mask & kinds) !== 0) run(state, t);
    }
    noteTransfer(t, kinds);
  };
}

/** A function that takes each login to the rules that want it. */
export function loginDispatch(running: readonly RunningRule[]): (l: Login) => void {
  const all: LoginCall[] = [];
  const bare: LoginCall[] = [];
  for (const { fold, state } of running) {
    if (fold.login !== undefined) all.push({ run: fold.login, state });
    if (fold.bareLogin !== undefined) bare.push({ run: fold.bareLogin, state });
  }
  return (l): void => {
    for (const { run, state } of all) run(state, l);
    if (l.session.commands === 0) for (const { run, state } of bare) run(state, l);
    noteLogin(l);
  };
}

/**
 * A function that takes each session that ended to the rules that remember something of it, or want all. `joined`: it is
 * another log's view of a session that they know, and adds no command to it; only what was remembered counts.
 */
export function sessionDispatch(running: readonly RunningRule[]): (s: Session, joined?: boolean) => void {
  const wantAll: Ending[] = [];
  const bySlot = new Map<unknown, Ending>();
  for (const { rule, fold, state } of running) {
    const run = fold.session;
    if (run === undefined) continue;
    if (fold.slotOf === undefined) wantAll.push({ run, state, ordered: judgesOrder(rule.meta) });
    else bySlot.set(fold.slotOf(state), { run, state, ordered: judgesOrder(rule.meta) });
  }
  return (s, joined = false): void => {
    if (!joined) for (const { run, state, ordered } of wantAll) if (!ordered || !s.mixed) run(state, s);
    const { memory } = s;
    if (memory !== undefined)
      for (let i = 1; i < memory.length; i += 2) {
        const ending = bySlot.get(memory[i]);
        if (ending !== undefined && !(ending.ordered && s.mixed)) ending.run(ending.state, s);
      }
    s.memory = undefined;
    s.work = undefined;
  };
}

/** The rule judges which reply follows which command: silent where lines of several connections are mixed. */
function judgesOrder({ group, id }: RuleMeta): boolean {
  return group === 'protocol-conformance' || id === 'command-before-login';
}

function planFor(running: readonly RunningRule[], verb: string): Plan {
  const all: Call[] = [];
  for (const { rule, thresholds, fold, state } of running) {
    const run = fold.exchange;
    if (run === undefined || (rule.meta.verbs !== undefined && !rule.meta.verbs.includes(verb))) continue;
    const when = (rule as GatedRule<unknown>).when?.(verb, thresholds) ?? gates.always;
    const slot = when === gates.recalls ? (state as Remembering<unknown>).slot : -1;
    all.push({
      mask: when === gates.recalls ? gates.always : when,
      slot,
      run,
      state,
      ordered: judgesOrder(rule.meta),
    });
  }
  const mask = all.reduce((bits, call) => bits | call.mask, 0);
  return {
    all,
    mask,
    readsArgument: (mask & anyTrait) !== 0,
    step: stepOf(verb),
    chosen: new Map(),
    bits: 0,
    calls: noCalls,
  };
}

function choose(plan: Plan, bits: number): readonly Call[] {
  let calls = plan.chosen.get(bits);
  if (calls === undefined) {
    calls = plan.all.filter((c) => (c.mask & bits) !== 0);
    if (plan.chosen.size < chosenLimit) plan.chosen.set(bits, calls);
  }
  plan.bits = bits;
  plan.calls = calls;
  return calls;
}
