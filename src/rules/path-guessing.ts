/** Names are tried until one exists. */
import type { Exchange, Finding, Rule, RuleMeta } from '../model.ts';
import { exchangeFact, type Fact, findingOf, listed, subjectOf } from './support/fact.ts';
import { bursts, type Counts, countingRule, enter, entries, limit } from './support/ledger.ts';
import { baseName, refused } from './support/paths.ts';
import { remember } from './support/sightings.ts';

const meta: RuleMeta = {
  id: 'path-guessing',
  status: 'stable',
  severity: 'medium',
  group: 'reconnaissance',
  title: 'Names are tried until one exists',
  why: 'A list of interesting names (backups, configurations, keys) is tried one after the other. Whatever exists and is readable is gone.',
  advice: 'See which names were found. Keep secrets out of the trees that FTP can reach, and block the client.',
  falseAlarms: 'Mirror lists with many dead entries. Upload tools that ask for a path and then create it are not counted.',
  references: ['RFC 2577 §6'],
  attack: ['T1083'],
  cwe: ['CWE-552'],
  verbs: ['RETR', 'SIZE', 'MDTM', 'CWD', 'XCWD', 'LIST', 'NLST', 'STAT', 'MLST', 'MLSD', 'STOR', 'APPE', 'MKD', 'XMKD'],
  thresholds: { paths: 20, seconds: 300, refusedPercent: 80 },
};

/** Path commands of one session: all, the refused ones by path, and what the session made itself. */
interface Paths {
  asked: number;
  refused: number;
  readonly missing: Map<string, Fact>;
  readonly made: Set<string>;
}

const pathLimit = 1024;

export const pathGuessing: Rule<Counts<Paths>> = countingRule<Paths>(meta, (t) => ({
  exchange(state, x) {
    if (x.arg === '') return;
    const made = x.verb === 'STOR' || x.verb === 'APPE' || x.verb === 'MKD' || x.verb === 'XMKD';
    if (made ? !state.live.has(x.session.id) : x.code === 530 || x.outcome === 'unanswered') return;
    const paths = remember(state.live, x.session.id, () => ({ asked: 0, refused: 0, missing: new Map<string, Fact>(), made: new Set<string>() }));
    if (made) {
      if (paths.made.size < pathLimit && !refused(x)) paths.made.add(baseName(x.arg));
    } else add(paths, x);
  },
  session(state, _session, paths) {
    if (paths === undefined || paths.missing.size === 0) return;
    const guessed = [...paths.missing.values()].filter((f) => !paths.made.has(baseName(f.note)));
    const own = paths.missing.size - guessed.length;
    if ((paths.refused - own) * 100 < (paths.asked - own) * limit(t, 'refusedPercent')) return;
    for (const f of guessed) enter(state.ledgers, f.client, f);
  },
  finish: (ledgers) => entries(ledgers).flatMap(([client, facts]) => ofClient(client, facts, limit(t, 'paths'), limit(t, 'seconds') * 1000)),
}));

function add(paths: Paths, x: Exchange): void {
  paths.asked++;
  if (!refused(x) || x.code === 425 || x.code === 426) return;
  paths.refused++;
  if (paths.missing.size < pathLimit && !paths.missing.has(x.arg)) paths.missing.set(x.arg, exchangeFact(x, x.arg));
}

function ofClient(client: string, all: readonly Fact[], paths: number, ms: number): readonly Finding[] {
  const facts = bursts(all, paths, ms, (f) => f.note).flat();
  if (facts.length === 0) return [];
  return [
    findingOf(meta, {
      message: `${new Set(facts.map((f) => f.note)).size} paths tried that do not exist: ${listed(facts)}`,
      subject: subjectOf(client, '', facts[0]?.session),
      facts,
    }),
  ];
}
