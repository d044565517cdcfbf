/** The server takes very long to answer. */
import type { Exchange, Rule, RuleMeta } from '../model.ts';
import { exchangeFact, type Fact, findingOf, listed, subjectOf } from './engine/fact.ts';
import { gates, waitedMs } from './engine/gates.ts';
import { type Counts, countingRule, enter, entries } from './kinds/ledger.ts';

const meta = {
  id: 'slow-reply',
  status: 'stable',
  severity: 'low',
  group: 'availability',
  title: 'The server takes very long to answer',
  why: 'Disk, name service or memory of the server are at their end, or somebody keeps it busy. Clients give up after a minute or so and try again, which makes it worse.',
  advice: 'Look at the load and at reverse DNS lookups of the server at that time.',
  falseAlarms: 'Deliberate delays after a failed login, and commands that compute (checksums), are not counted.',
  references: ['RFC 1123 §4.1.3.2'],
  attack: [],
  cwe: [],
  thresholds: { seconds: 30, times: 3 },
} satisfies RuleMeta;

const data: ReadonlySet<string> = new Set(['RETR', 'STOR', 'APPE', 'STOU', 'LIST', 'NLST', 'MLSD']);
const computing: ReadonlySet<string> = new Set([
  'XCRC',
  'XMD5',
  'MD5',
  'HASH',
  'XSHA',
  'XSHA1',
  'XSHA256',
  'XSHA512',
  'SITE',
  'MMD5',
]);

export const slowReply: Rule<Counts<never>> = countingRule(
  meta,
  (t) => {
    const slowMs = t.seconds * 1000;
    return {
      exchange(state, x) {
        const first = x.replies[0];
        if (first === undefined || !(first.time - x.time > slowMs)) return;
        if (isFair(x, first.code)) enter(state.ledgers, x.session.client, exchangeFact(x, x.verb));
      },
      finish: (ledgers) => entries(ledgers, t.times).map(([client, facts]) => told(client, facts, t.seconds)),
    };
  },
  { when: (_verb, { seconds }) => (seconds * 1000 < waitedMs ? gates.always : gates.waited) },
);

/** Where the log has only the end of a transfer, its duration says nothing about the server. */
function isFair(x: Exchange, firstCode: number): boolean {
  if (!x.asked || computing.has(x.verb) || (data.has(x.verb) && firstCode >= 200)) return false;
  return !(x.verb === 'PASS' && x.code >= 400);
}

function told(client: string, facts: readonly Fact[], seconds: number): ReturnType<typeof findingOf> {
  return findingOf(meta, {
    message: `${facts.length} commands waited more than ${seconds} s for their first reply: ${listed(facts).replaceAll("'", '')}`,
    subject: subjectOf(client, '', facts[0]?.session),
    facts,
  });
}
