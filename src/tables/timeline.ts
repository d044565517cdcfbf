/** What happened when: equal steps of time, as fine as a bounded number of them allows. */
import type { Exchange, Login, Session, Table, Transfer } from '../model.ts';
import { octetsOrNull, toldOrNull } from '../rows/values.ts';
import { count, maybe, objectOf, octets, some, time, type ValueOf } from '../shapes.ts';
import { isDated, isoText } from '../timestamp.ts';
import { addTransfer, noTraffic, type Traffic, trafficKeys } from '../traffic.ts';
import { noneTold, type Told, tell, toldKeys } from './told.ts';

interface Step extends Traffic {
  sessions: number;
  commands: number;
  failures: number;
  failedLogins: number;
}

interface Timeline extends Told {
  /** Index into {@link widths}. */
  width: number;
  /** Number of the first and the last step. */
  first: number;
  last: number;
  steps: Map<number, Step>;
  /** The step that was asked for last, and its number: the next time mostly lies in it, too. */
  at: number;
  step: Step | undefined;
}

const stepLimit = 400;

/** Widths of a step in seconds; each divides the next, so that steps join to wider ones without a rest. */
const widths: readonly number[] = [
  1,
  5,
  10,
  30,
  60,
  300,
  600,
  1800,
  3600,
  7200,
  21_600,
  43_200,
  ...doublings(86_400, 24),
];

const row = objectOf({
  time,
  seconds: some,
  sessions: count,
  commands: maybe(count),
  failures: maybe(count),
  failedLogins: maybe(count),
  bytesDown: maybe(octets),
  bytesUp: maybe(octets),
});

export const timeline: Table<Timeline> = {
  id: 'timeline',
  title: 'Timeline',
  row,
  about: 'Steps of equal length; steps in which nothing happened are left out.',
  columns: [],
  init: () => ({
    width: 0,
    first: Number.POSITIVE_INFINITY,
    last: Number.NEGATIVE_INFINITY,
    steps: new Map(),
    at: 0,
    step: undefined,
    ...noneTold(),
  }),
  exchange: (state: Timeline, x: Exchange): void => {
    if (!x.asked) return;
    const step = stepAt(state, x.time);
    if (step === undefined) return;
    step.commands++;
    if (x.outcome === 'permanent' || x.outcome === 'transient') step.failures++;
  },
  login: (state: Timeline, login: Login): void => {
    if (login.ok) return;
    const step = stepAt(state, login.time);
    if (step !== undefined) step.failedLogins++;
  },
  transfer: (state: Timeline, t: Transfer): void => {
    const step = stepAt(state, t.time);
    if (step !== undefined) addTransfer(step, t);
  },
  session: (state: Timeline, s: Session): void => {
    tell(state, s);
    const step = s.joins === '' ? stepAt(state, s.opened) : undefined;
    if (step !== undefined) step.sessions++;
  },
  merge: (into: Timeline, from: Timeline): void => {
    for (const key of toldKeys) into[key] += from[key];
    if (from.steps.size === 0) return;
    while (into.width < from.width) widen(into);
    const ratio = (widths[into.width] ?? 1) / (widths[from.width] ?? 1);
    for (const [at, step] of from.steps) add(claimStep(into, Math.floor(at / ratio)), step);
    settle(into);
  },
  finish: (state: Timeline): readonly ValueOf<typeof row>[] => {
    const seconds = widths[state.width] ?? 1;
    const noTransfers = state.toldTransfers === 0;
    return [...state.steps]
      .sort((a, b) => a[0] - b[0])
      .map(([at, step]) => ({
        time: isoText(at * seconds * 1000),
        seconds,
        sessions: step.sessions,
        commands: toldOrNull(step.commands, state.toldCommands === 0),
        failures: toldOrNull(step.failures, state.toldReplies === 0),
        failedLogins: toldOrNull(step.failedLogins, state.toldLogins === 0),
        bytesDown: octetsOrNull(step.bytesDown, step.downloads, step.unsizedDown, noTransfers),
        bytesUp: octetsOrNull(step.bytesUp, step.uploads, step.unsizedUp, noTransfers),
      }));
  },
};

function stepAt(state: Timeline, time: number): Step | undefined {
  if (!isDated(time)) return undefined;
  const at = numberOf(state, time);
  if (at === state.at && state.step !== undefined) return state.step;
  if (!state.steps.has(at)) {
    claimStep(state, at);
    settle(state);
  }
  state.at = numberOf(state, time);
  state.step = state.steps.get(state.at);
  return state.step;
}

function numberOf({ width }: Timeline, time: number): number {
  return Math.floor(time / ((widths[width] ?? 1) * 1000));
}

function claimStep(state: Timeline, at: number): Step {
  const known = state.steps.get(at);
  if (known !== undefined) return known;
  const fresh: Step = { sessions: 0, commands: 0, failures: 0, failedLogins: 0, ...noTraffic() };
  state.steps.set(at, fresh);
  if (at < state.first) state.first = at;
  if (at > state.last) state.last = at;
  return fresh;
}

/** The width depends on the first and the last time alone, so shards merge to what one pass gives. */
function settle(state: Timeline): void {
  while (state.last - state.first >= stepLimit && state.width < widths.length - 1) widen(state);
}

function widen(state: Timeline): void {
  const ratio = (widths[state.width + 1] ?? 1) / (widths[state.width] ?? 1);
  const narrow = state.steps;
  state.step = undefined;
  state.width++;
  state.steps = new Map();
  state.first = Number.POSITIVE_INFINITY;
  state.last = Number.NEGATIVE_INFINITY;
  for (const [at, step] of narrow) add(claimStep(state, Math.floor(at / ratio)), step);
}

const stepKeys = ['sessions', 'commands', 'failures', 'failedLogins', ...trafficKeys] as const;

function add(into: Step, from: Readonly<Step>): void {
  for (const key of stepKeys) into[key] += from[key];
}

function doublings(from: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => from * 2 ** i);
}
