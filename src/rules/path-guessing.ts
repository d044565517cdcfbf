/** Names are tried until one exists. */
import type { Exchange, Finding, Rule, RuleMeta, Session } from '../model.ts';
import { exchangeFact, type Fact, findingOf, listed, subjectOf } from './engine/fact.ts';
import { gates } from './engine/gates.ts';
import { remember } from './engine/memory.ts';
import { createdIt } from './engine/work.ts';
import { bursts, type Counts, countingRule, enter, entries } from './kinds/ledger.ts';
import { baseName, refused } from './words/paths.ts';

const meta = {
  id: 'path-guessing',
  status: 'stable',
  severity: 'medium',
  group: 'reconnaissance',
  title: 'Names are tried until one exists',
  why: 'A list of interesting names (backups, configurations, keys) is tried one after the other. Whatever exists and is readable is gone.',
  advice: 'See which names were found. Keep secrets out of the trees that FTP can reach, and block the client.',
  falseAlarms:
    'Mirror lists with many dead entries. Upload tools that ask for a path and then create it are not counted.',
  references: ['RFC 2577 §6'],
  attack: ['T1083'],
  cwe: ['CWE-552'],
  verbs: ['RETR', 'SIZE', 'MDTM', 'CWD', 'XCWD', 'LIST', 'NLST', 'STAT', 'MLST', 'MLSD'],
  thresholds: { paths: 20, seconds: 300, refusedPercent: 80 },
} satisfies RuleMeta;

/** Refused path commands of one session. */
interface Paths {
  refused: number;
  readonly missing: Fact[];
}

const pathLimit = 16_384;

export const pathGuessing: Rule<Counts<Paths>> = countingRule(
  meta,
  (t) => ({
    exchange(state, x) {
      if (refused(x) && x.arg !== '' && x.code !== 530 && x.code !== 425 && x.code !== 426)
        miss(remember(state, x.session, start), x);
    },
    session(state, s, paths) {
      const { missing, refused: n } = paths;
      if (!isMostlyRefused(n, s, t.refusedPercent)) return;
      const guessed = missing.filter((f) => !createdIt(s, baseName(f.note)));
      if (!isMostlyRefused(n - missing.length + guessed.length, s, t.refusedPercent)) return;
      for (const f of guessed) enter(state.ledgers, f.client, f);
    },
    finish: (ledgers) =>
      entries(ledgers, t.paths).flatMap(([client, facts]) => ofClient(client, facts, t.paths, t.seconds * 1000)),
  }),
  { when: () => gates.failed },
);

/** USER, PASS, SYST, FEAT, TYPE, QUIT: what a session has besides its work. */
const formalities = 6;

/** Of transfers and refusals nearly all are refusals, and of all commands (half of which may be PASV) a large part. */
function isMostlyRefused(n: number, s: Session, percent: number): boolean {
  return n * 100 >= (n + s.downloads + s.uploads) * percent && n * 200 >= (s.commands - formalities) * percent;
}

function start(): Paths {
  return { refused: 0, missing: [] };
}

function miss(paths: Paths, x: Exchange): void {
  paths.refused++;
  if (paths.missing.length < pathLimit) paths.missing.push(exchangeFact(x, x.arg));
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
