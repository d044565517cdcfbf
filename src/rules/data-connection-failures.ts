/** Data channels do not come up or break. */
import type { Exchange, Rule, RuleMeta } from '../model.ts';
import { exchangeFact, type Fact, findingOf, subjectOf } from './engine/fact.ts';
import { gates } from './engine/gates.ts';
import { drop, keep, recall } from './engine/memory.ts';
import { bursts, type Counts, countingRule, enter, entries } from './kinds/ledger.ts';

const meta = {
  id: 'data-connection-failures',
  status: 'stable',
  severity: 'low',
  group: 'availability',
  title: 'Data channels do not come up or break',
  why: 'Mostly a firewall or NAT between client and server; sometimes somebody who takes the passive port before the client does (port stealing).',
  advice:
    'Open the passive port range and check the address in the 227. Where the server speaks of a wrong address, look who connected.',
  falseAlarms: 'A client that cancels (ABOR) gets 426 by design, which is not counted.',
  references: ['RFC 959 §5.4', 'RFC 2577 §8', 'RFC 2428 §4'],
  attack: [],
  cwe: [],
  verbs: ['RETR', 'STOR', 'APPE', 'STOU', 'LIST', 'NLST', 'MLSD', 'PORT', 'EPRT', 'ABOR'],
  thresholds: { failures: 5, seconds: 600 },
} satisfies RuleMeta;

/** Remembers: a broken transfer that an ABOR may still explain. */
export const dataConnectionFailures: Rule<Counts<Fact>> = countingRule(
  meta,
  (t) => ({
    exchange(state, x) {
      const { client } = x.session;
      if (x.verb === 'ABOR') {
        drop(state, x.session);
        return;
      }
      if (!isFailure(x)) return;
      const pending = recall(state, x.session);
      if (pending !== undefined) {
        drop(state, x.session);
        enter(state.ledgers, client, pending);
      }
      if (x.code === 426) keep(state, x.session, exchangeFact(x, String(x.code)));
      else enter(state.ledgers, client, exchangeFact(x, String(x.code)));
    },
    session(state, _session, pending) {
      enter(state.ledgers, pending.client, pending);
    },
    finish: (ledgers) =>
      entries(ledgers, t.failures).flatMap(([client, all]) => {
        const facts = bursts(all, t.failures, t.seconds * 1000).flat();
        if (facts.length === 0) return [];
        const codes = [...new Set(facts.map((f) => f.note))].sort().join(', ');
        return [
          findingOf(meta, {
            message: `${facts.length} data connections failed (${codes})`,
            subject: subjectOf(client, '', facts[0]?.session),
            facts,
          }),
        ];
      }),
  }),
  { when: (verb) => (verb === 'ABOR' ? gates.always : gates.noData) },
);

function isFailure(x: Exchange): boolean {
  if (x.code !== 425 && x.code !== 426 && x.code !== 522) return false;
  return !(x.replies[x.replies.length - 1]?.text ?? '').includes('PORT or PASV');
}
