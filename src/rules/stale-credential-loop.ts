/** A job keeps using a password that no longer works. */
import type { Finding, Rule, RuleMeta } from '../model.ts';
import { type Fact, findingOf, inOrder, subjectOf } from './engine/fact.ts';
import { isSteady, wakeUps } from './engine/steady.ts';
import type { ThresholdsOf } from './engine/thresholds.ts';
import { type History, histories, type Logins, loginRule, refusals } from './kinds/logins.ts';

const meta = {
  id: 'stale-credential-loop',
  status: 'stable',
  severity: 'low',
  group: 'authentication',
  title: 'A job keeps using a password that no longer works',
  why: 'Something that was meant to run does not run any more, and its failures hide those of a guesser. A patient guesser with a fixed pace looks the same.',
  advice: 'Find the job by its client and pace, and give it the new password or switch it off.',
  falseAlarms: 'A monitor that logs in wrongly by design.',
  references: [],
  attack: [],
  cwe: [],
  thresholds: { failures: 10, seconds: 60, variationPercent: 20 },
} satisfies RuleMeta;

type Limits = ThresholdsOf<typeof meta>;

export const staleCredentialLoop: Rule<Logins> = loginRule(
  meta,
  (t) => (book) => [...histories(book), ...refusals(book)].flatMap((history) => ofClient(history, t)),
);

function ofClient({ client, failed, failedBy, passedBy }: History, t: Limits): readonly Finding[] {
  if (client.startsWith('\n')) return [];
  const findings: Finding[] = [];
  if (failed.length < t.failures) return findings;
  for (const [user, facts] of failedBy) {
    if (facts.length < t.failures) continue;
    for (const run of between(facts, passedBy.get(user) ?? [])) {
      if (wakeUps(run) < t.failures || !isSteady(run, t.seconds * 1000, t.variationPercent / 100)) continue;
      const first = run[0];
      const last = run[run.length - 1];
      if (first === undefined || last === undefined) continue;
      const pace = Math.round((last.time - first.time) / (wakeUps(run) - 1) / 1000);
      findings.push(
        findingOf(meta, {
          message: `${run.length} failed logins${user === '' ? '' : ` of '${user}'`}, one every ${pace} s, and none that succeeds`,
          subject: subjectOf(first.client, first.user),
          facts: run,
        }),
      );
      break;
    }
  }
  return findings;
}

/** The failures parted by successes. */
function between(failed: readonly Fact[], passed: readonly Fact[]): readonly (readonly Fact[])[] {
  const runs: Fact[][] = [[]];
  let next = 0;
  for (const f of failed) {
    while (next < passed.length && inOrder(passed[next] ?? f, f) < 0) {
      runs.push([]);
      next++;
    }
    runs[runs.length - 1]?.push(f);
  }
  return runs;
}
