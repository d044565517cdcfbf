/** A run of verbs that do not exist. */
import type { Rule, RuleMeta } from '../model.ts';
import { isVerb } from '../protocol/commands.ts';
import { rankOf } from '../severity.ts';
import { counted, exchangeFact } from './engine/fact.ts';
import { gates } from './engine/gates.ts';
import { remember } from './engine/memory.ts';
import { type KeptFacts, keepFact, keptFacts, named, sightAll, type Watch, watchingRule } from './kinds/sightings.ts';

const meta = {
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
} satisfies RuleMeta;

/** Different verbs that are told apart. */
const verbsPerSession = 1024;

interface Unknown {
  readonly verbs: Set<string>;
  readonly kept: KeptFacts;
}

export const unknownCommandBurst: Rule<Watch<Unknown>> = watchingRule(
  meta,
  (t) => ({
    exchange(state, x) {
      if ((x.code !== 500 && x.code !== 502) || !x.asked || x.verb === '' || isVerb(x.verb)) return;
      const unknown = remember(state, x.session, (): Unknown => ({ verbs: new Set(), kept: keptFacts() }));
      if (unknown.verbs.size < verbsPerSession) unknown.verbs.add(x.verb);
      keepFact(unknown.kept, exchangeFact(x, x.verb, rankOf('low')));
    },
    session(state, _session, { verbs, kept }) {
      if (verbs.size >= t.verbs) sightAll(state.seen, 'client', kept);
    },
    message: (seen) => `${counted(seen.count, 'unknown command')}: ${named(seen)}`,
  }),
  { when: (verb) => (isVerb(verb) ? gates.never : gates.syntax) },
);
