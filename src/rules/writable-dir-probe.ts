/** Write access is tested directory by directory. */
import type { Exchange, Rule, RuleMeta } from '../model.ts';
import { counted, exchangeFact, type Fact, inOrder, listed, rankOf } from './support/fact.ts';
import { bursts } from './support/ledger.ts';
import { accepted, afterChange, baseName, dirName, refused, resolvePath, startDirectory } from './support/paths.ts';
import { remember, sight, type Watch, watchingRule } from './support/sightings.ts';

const meta: RuleMeta = {
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
  verbs: ['CWD', 'XCWD', 'CDUP', 'XCUP', 'MKD', 'XMKD', 'RMD', 'XRMD', 'STOR', 'DELE'],
  thresholds: { directories: 3, seconds: 120 },
};

interface Probe {
  readonly made: Fact | undefined;
  /** Made and taken away again, or refused. */
  readonly probed: Fact | undefined;
}

interface Probes {
  cwd: string;
  /** By full path. */
  readonly byPath: Map<string, Probe>;
}

const pathLimit = 512;

export const writableDirProbe: Rule<Watch<Probes>> = watchingRule<Probes>(meta, (t) => ({
  by: 'client',
  exchange(state, x) {
    const known = state.live.get(x.session.id);
    if (x.verb === 'CWD' || x.verb === 'XCWD' || x.verb === 'CDUP' || x.verb === 'XCUP') {
      const probes = known ?? start(state, x);
      probes.cwd = afterChange(probes.cwd, x);
      return;
    }
    add(known ?? start(state, x), x);
  },
  session(state, _session, { byPath }) {
    const facts = [...byPath.values()].flatMap((p) => (p.probed === undefined ? [] : [p.probed])).sort(inOrder);
    if (facts.length * 2 <= byPath.size) return;
    for (const f of odd(facts, t)) sight(state.seen, 'client', f);
  },
  message: (seen) => `Write access tried in ${counted(seen.count, 'directory', 'directories')}: ${listed(seen.facts)}`,
}));

function start(state: Watch<Probes>, x: Exchange): Probes {
  return remember(state.live, x.session.id, () => ({ cwd: startDirectory, byPath: new Map<string, Probe>() }));
}

function add(probes: Probes, x: Exchange): void {
  const path = resolvePath(probes.cwd, x.arg);
  const before = probes.byPath.get(path);
  const fact = exchangeFact(x, path, rankOf('medium'));
  if (x.verb === 'RMD' || x.verb === 'XRMD' || x.verb === 'DELE') {
    if (before?.made !== undefined && accepted(x)) probes.byPath.set(path, { made: before.made, probed: before.made });
    return;
  }
  if (x.code === 530 || probes.byPath.size >= pathLimit) return;
  probes.byPath.set(path, refused(x) ? { made: undefined, probed: fact } : { made: accepted(x) ? fact : undefined, probed: undefined });
}


/** Names that differ only in their digits are one: probes count or carry the time. */
function shapeOf(name: string): string {
  return name.replaceAll(/\d+/g, '0');
}

/** Probes of one name in enough directories, near enough in time. */
function odd(facts: readonly Fact[], t: Readonly<Record<string, number>>): readonly Fact[] {
  const byName = new Map<string, Fact[]>();
  for (const f of facts) byName.set(shapeOf(baseName(f.note)), [...(byName.get(shapeOf(baseName(f.note))) ?? []), f]);
  return [...byName.values()].flatMap((list) => bursts(list, t['directories'] ?? 3, (t['seconds'] ?? 120) * 1000, (f) => dirName(f.note)).flat());
}
