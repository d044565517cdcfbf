/** The server turns clients away. */
import type { Exchange, Finding, Rule, RuleMeta } from '../model.ts';
import { exchangeFact, findingOf, inOrder, subjectOf } from './engine/fact.ts';
import { gates } from './engine/gates.ts';
import { bursts, type Counts, countingRule, enter, entries, type Ledgers } from './kinds/ledger.ts';

const meta = {
  id: 'reply-421-storm',
  status: 'stable',
  severity: 'medium',
  group: 'availability',
  title: 'The server turns clients away',
  why: 'The limit of connections is reached: by a flood, by a client that does not close, or because there are more users than it was set for. Honest users get no service.',
  advice: 'See who holds the connections. Limit them per address, or raise the limit of the server.',
  falseAlarms: 'A 421 of an idle timer ends a session that had begun, and is not counted.',
  references: ['RFC 959 §5.4'],
  attack: ['T1499.002'],
  cwe: ['CWE-770'],
  verbs: ['', 'USER', 'PASS'],
  thresholds: { refusals: 10, seconds: 300, waitSeconds: 15 },
} satisfies RuleMeta;

export const reply421Storm: Rule<Counts<never>> = countingRule(
  meta,
  (t) => ({
    exchange(state, x) {
      if (x.code === 421 && isTurnedAway(x, t.waitSeconds * 1000))
        enter(state.ledgers, x.session.client, exchangeFact(x));
    },
    finish: (ledgers) => conclude(ledgers, t.refusals, t.seconds * 1000),
  }),
  { when: () => gates.code421 },
);

/** At the greeting or the login, and not after a pause. */
function isTurnedAway(x: Exchange, waitMs: number): boolean {
  if (x.session.loggedIn || (!x.asked && x.session.commands > 1) || x.time - x.session.opened > waitMs) return false;
  const text = (x.replies[x.replies.length - 1]?.text ?? '').toLowerCase();
  return (
    !text.includes('timeout') && !text.includes('timed out') && !text.includes('idle') && !text.includes('inactiv')
  );
}

function conclude(ledgers: Ledgers, refusals: number, ms: number): readonly Finding[] {
  const lists = entries(ledgers);
  const findings: Finding[] = [];
  for (const [client, all] of lists) {
    const facts = bursts(all, refusals, ms).flat();
    if (facts.length > 0)
      findings.push(
        findingOf(meta, {
          message: `${facts.length} connections turned away with 421`,
          subject: subjectOf(client, '', facts[0]?.session),
          facts,
        }),
      );
  }
  if (findings.length > 0) return findings;
  const facts = bursts(lists.flatMap(([, all]) => all).sort(inOrder), refusals, ms).flat();
  if (facts.length === 0) return [];
  const clients = new Set(facts.map((f) => f.client)).size;
  return [
    findingOf(meta, {
      message: `${facts.length} connections of ${clients} clients turned away with 421`,
      subject: {},
      facts,
      identity: 'server',
    }),
  ];
}
