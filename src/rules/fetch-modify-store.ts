/** Pages are taken, changed and put back in bulk. */
import type { Finding, Rule, RuleMeta } from '../model.ts';
import { type Fact, findingOf, listed, subjectOf, transferFact } from './support/fact.ts';
import { bursts, type Counts, countingRule, enter, entries, limit } from './support/ledger.ts';
import { recall, remember } from './support/memory.ts';
import { extensionOf } from './support/paths.ts';

const meta: RuleMeta = {
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
};

const pages: ReadonlySet<string> = new Set(
  'html htm xhtml shtml js mjs php php3 php4 php5 phtml inc asp aspx jsp jspx cfm tpl css'.split(' '),
);
const fileLimit = 4096;

/** Remembers: when each file was fetched in this session. */
export const fetchModifyStore: Rule<Counts<Map<string, number>>> = countingRule<Map<string, number>>(meta, (t) => ({
  transfer(state, x) {
    if (!x.complete || !pages.has(extensionOf(x.path))) return;
    if (x.direction === 'download') {
      const fetched = remember(state, x.session, () => new Map<string, number>());
      if (fetched.size < fileLimit) fetched.set(x.path, x.time);
      return;
    }
    const time = recall(state, x.session)?.get(x.path);
    if (time === undefined || x.time - time > limit(t, 'pairSeconds') * 1000) return;
    enter(state.ledgers, `${x.session.client}\n${x.session.user}`, transferFact(x, x.path));
  },
  finish: (ledgers) =>
    entries(ledgers, limit(t, 'files')).flatMap(([, facts]) =>
      told(bursts(facts, limit(t, 'files'), limit(t, 'seconds') * 1000, (f) => f.note).flat()),
    ),
}));

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
