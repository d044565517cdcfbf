/** Pages are taken, changed and put back in bulk. */
import type { Finding, Rule, RuleMeta } from '../model.ts';
import { type Fact, findingOf, listed, subjectOf, transferFact } from './engine/fact.ts';
import { recall, remember } from './engine/memory.ts';
import { whereOf } from './engine/work.ts';
import { bursts, type Counts, countingRule, enter, entries } from './kinds/ledger.ts';
import { files, filesOf } from './words/names.ts';
import { resolvePath } from './words/paths.ts';

const meta = {
  id: 'fetch-modify-store',
  status: 'stable',
  severity: 'high',
  group: 'integrity',
  title: 'Pages are taken, changed and put back in bulk',
  why: 'Malware with stolen FTP passwords does that: it fetches every index page and script, adds a few lines that infect visitors, and stores it again.',
  advice:
    'Compare the files with a backup, change the account’s password, and look for the malware on the machines of those who know it.',
  falseAlarms: 'Somebody who edits many files on the server itself, one by one and quickly.',
  references: [],
  attack: ['T1565.001'],
  cwe: [],
  thresholds: { files: 5, pairSeconds: 60, seconds: 600 },
} satisfies RuleMeta;

const fileLimit = 4096;

/** Pages that a session fetched, and when. */
type Fetched = Map<string, number>;

export const fetchModifyStore: Rule<Counts<Fetched>> = countingRule(
  meta,
  (t) => ({
    transfer(state, x) {
      if (!x.complete || (filesOf(x.path) & files.page) === 0) return;
      const known = recall(state, x.session);
      if (x.direction !== 'download' && known === undefined) return;
      const path = resolvePath(whereOf(x.session), x.path);
      if (x.direction === 'download') {
        const fetched = known ?? remember(state, x.session, noneFetched);
        if (fetched.size < fileLimit) fetched.set(path, x.time);
        return;
      }
      const time = known?.get(path);
      if (time === undefined || x.time - time > t.pairSeconds * 1000) return;
      enter(state.ledgers, `${x.session.client}\n${x.session.user}`, transferFact(x, path));
    },
    finish: (ledgers) =>
      entries(ledgers, t.files).flatMap(([, facts]) =>
        told(bursts(facts, t.files, t.seconds * 1000, (f) => f.note).flat()),
      ),
  }),
  { moves: { upload: files.page, download: files.page } },
);

function noneFetched(): Fetched {
  return new Map();
}

function told(facts: readonly Fact[]): readonly Finding[] {
  const first = facts[0];
  if (first === undefined) return [];
  return [
    findingOf(meta, {
      message: `${new Set(facts.map((f) => f.note)).size} pages fetched and stored again within a minute each: ${listed(facts)}`,
      subject: subjectOf(first.client, first.user, first.session),
      facts,
    }),
  ];
}
