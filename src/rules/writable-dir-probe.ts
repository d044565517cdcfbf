/** Write access is tested directory by directory. */
import type { Exchange, Rule, RuleMeta } from '../model.ts';
import { rankOf } from '../severity.ts';
import { counted, exchangeFact, type Fact, inOrder } from './engine/fact.ts';
import { gates } from './engine/gates.ts';
import { remember } from './engine/memory.ts';
import type { ThresholdsOf } from './engine/thresholds.ts';
import { whereOf, workOf } from './engine/work.ts';
import { bursts } from './kinds/ledger.ts';
import { named, sight, type Watch, watchingRule } from './kinds/sightings.ts';
import { accepted, baseName, dirName, refused, resolvePath } from './words/paths.ts';

const meta = {
  id: 'writable-dir-probe',
  status: 'stable',
  severity: 'medium',
  group: 'reconnaissance',
  title: 'Write access is tested directory by directory',
  why: 'A directory is made and removed again in one place after the other: the answer is a list of places where files can be dropped, for trade or for attack.',
  advice: 'Take write access away from every directory that does not need it, above all for anonymous.',
  falseAlarms: 'Tools that make a lock directory in each tree they work on.',
  references: ['RFC 2577 §9'],
  attack: ['T1083'],
  cwe: [],
  verbs: ['MKD', 'XMKD', 'RMD', 'XRMD', 'STOR', 'APPE', 'DELE'],
  thresholds: { directories: 3, seconds: 120 },
} satisfies RuleMeta;

/** The probes so far: made and taken away again, or refused. */
interface Probes {
  /** Things refused to be made. */
  refusals: number;
  /** How many things were made before the last of them, or were made when one was taken away again: these are no probes. */
  settled: number;
  probes: Fact[];
}

const probeLimit = 4096;
const none: Fact[] = [];

const removers: ReadonlySet<string> = new Set(['RMD', 'XRMD', 'DELE']);

export const writableDirProbe: Rule<Watch<Probes>> = watchingRule(
  meta,
  (t) => ({
    exchange(state, x) {
      if (removers.has(x.verb)) removed(state, x);
      else if (x.code !== 530 && refused(x)) missed(remember(state, x.session, start), x);
    },
    session(state, s, { probes, refusals }) {
      if (probes.length === 0 || probes.length * 2 <= refusals + (workOf(s)?.makes ?? 0)) return;
      for (const f of odd([...probes].sort(inOrder), t)) sight(state.seen, 'client', f);
    },
    message: (seen) => `Write access tried in ${counted(seen.count, 'directory', 'directories')}: ${named(seen)}`,
  }),
  { when: (verb) => (removers.has(verb) ? gates.always : gates.failed) },
);

function start(): Probes {
  return { refusals: 0, settled: 0, probes: none };
}

function missed(known: Probes, x: Exchange): void {
  known.refusals++;
  if (isThere(x)) return;
  keep(known, exchangeFact(x, resolvePath(whereOf(x.session), x.arg), rankOf('medium')));
  known.settled = workOf(x.session)?.makes ?? 0;
}

/** A tool that makes sure of its directories asks for those that are there. */
function isThere(x: Exchange): boolean {
  if (x.code === 521) return true;
  return /exist/i.test(x.replies[x.replies.length - 1]?.text ?? '');
}

function removed(state: Watch<Probes>, x: Exchange): void {
  const work = workOf(x.session);
  if (work === undefined || work.made === '' || work.made !== x.arg || !accepted(x)) return;
  const known = remember(state, x.session, start);
  if (work.makes <= known.settled) return;
  known.settled = work.makes;
  const fact = exchangeFact(x, resolvePath(whereOf(x.session), x.arg), rankOf('medium'));
  keep(known, { ...fact, source: work.madeSource, line: work.madeLine, time: work.madeTime });
}

function keep(known: Probes, fact: Fact): void {
  if (known.probes === none) known.probes = [fact];
  else if (known.probes.length < probeLimit) known.probes.push(fact);
}

/** Names that differ only in their digits are one: probes count or carry the time. */
function shapeOf(name: string): string {
  return name.replaceAll(/\d+/g, '0');
}

/** Probes of one name in enough directories, near enough in time. */
function odd(facts: readonly Fact[], t: ThresholdsOf<typeof meta>): readonly Fact[] {
  const byName = new Map<string, Fact[]>();
  for (const f of facts) byName.set(shapeOf(baseName(f.note)), [...(byName.get(shapeOf(baseName(f.note))) ?? []), f]);
  return [...byName.values()].flatMap((list) =>
    bursts(list, t.directories, t.seconds * 1000, (f) => dirName(f.note)).flat(),
  );
}
