/** A run of verbs that do not exist. */
import type { Rule, RuleMeta } from '../model.ts';
import { isVerb } from '../protocol/commands.ts';
import { counted, exchangeFact, type Fact, listed, rankOf } from './support/fact.ts';
import { gates } from './support/gates.ts';
import { remember } from './support/memory.ts';
import { sight, type Watch, watchingRule } from './support/sightings.ts';

const meta: RuleMeta = {
  id: 'unknown-command-burst',
  status: 'stable',
  severity: 'low',
  group: 'protocol-conformance',
  title: 'A run of verbs that do not exist',
  why: 'Fuzzers and scanners send words that no client knows, to learn the server or to make it fall over.',
  advice:
    'Look at the session as a whole and at its client elsewhere in the log; block it if nothing honest comes from there.',
  falseAlarms: 'Clients that probe for extensions; commands that some server is known to have are not counted.',
  references: ['RFC 959 §4.2'],
  attack: ['T1595.002'],
  cwe: [],
  thresholds: { verbs: 8 },
};

const keptPerSession = 64;

export const unknownCommandBurst: Rule<Watch<Map<string, Fact>>> = watchingRule<Map<string, Fact>>(
  meta,
  (t) => ({
    by: 'client',
    exchange(state, x) {
      if ((x.code !== 500 && x.code !== 502) || !x.asked || x.verb === '' || isVerb(x.verb)) return;
      const facts = remember(state, x.session, () => new Map<string, Fact>());
      if (facts.size < keptPerSession && !facts.has(x.verb)) facts.set(x.verb, exchangeFact(x, x.verb, rankOf('low')));
    },
    session(state, _session, facts) {
      if (facts.size >= (t['verbs'] ?? 8)) for (const f of facts.values()) sight(state.seen, 'client', f);
    },
    message: (seen) => `${counted(seen.count, 'unknown command')}: ${listed(seen.facts)}`,
  }),
  () => gates.failed,
);
