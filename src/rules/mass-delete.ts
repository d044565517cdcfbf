/** A tree is wiped. */
import type { Finding, Rule, RuleMeta } from '../model.ts';
import { doneOrAsked, exchangeFact, type Fact, findingOf, subjectOf } from './engine/fact.ts';
import { daysAtThisHour } from './engine/steady.ts';
import type { ThresholdsOf } from './engine/thresholds.ts';
import { createdIt } from './engine/work.ts';
import { bursts, type Counts, countingRule, enter, entries } from './kinds/ledger.ts';
import { accepted, baseName } from './words/paths.ts';

const meta = {
  id: 'mass-delete',
  status: 'stable',
  severity: 'high',
  group: 'integrity',
  title: 'A tree is wiped',
  why: 'Somebody with an account removes what is there: out of anger, by mistake, or to cover tracks.',
  advice: 'Stop the account, keep the disk as it is, restore from a backup, and ask the owner of the account.',
  falseAlarms:
    'A sync that deletes, a rotation, a cache being cleared: exempt when the same client does it at the same hour on three days. Files that the session itself stored do not count.',
  references: [],
  attack: ['T1485'],
  cwe: [],
  verbs: ['DELE', 'RMD', 'XRMD'],
  thresholds: { deletions: 50, seconds: 600, routineDays: 3 },
} satisfies RuleMeta;

export const massDelete: Rule<Counts<never>> = countingRule(meta, (t) => ({
  exchange(state, x) {
    if (!accepted(x) || (x.verb === 'DELE' && createdIt(x.session, baseName(x.arg)))) return;
    enter(state.ledgers, `${x.session.client}\n${x.session.user}`, exchangeFact(x, x.arg));
  },
  finish: (ledgers) => entries(ledgers, t.deletions).flatMap(([, facts]) => ofAccount(facts, t)),
}));

function ofAccount(all: readonly Fact[], t: ThresholdsOf<typeof meta>): readonly Finding[] {
  const runs = bursts(all, t.deletions, t.seconds * 1000);
  const times = runs.length < t.routineDays ? [] : runs.map((run) => run[0]?.time ?? Number.NaN);
  const facts = runs.filter((run) => daysAtThisHour(times, run[0]?.time ?? Number.NaN) < t.routineDays).flat();
  const first = facts[0];
  if (first === undefined) return [];
  return [
    findingOf(meta, {
      message: `${facts.length} files and directories ${doneOrAsked(facts, 'deleted', 'asked to be deleted; the log shows no replies')}`,
      subject: subjectOf(first.client, first.user, first.session),
      facts,
    }),
  ];
}
