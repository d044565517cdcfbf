/** Commands in an impossible order. */
import type { Exchange, Rule, RuleMeta } from '../model.ts';
import { rankOf } from '../severity.ts';
import { counted, exchangeFact } from './engine/fact.ts';
import { gates } from './engine/gates.ts';
import { remember } from './engine/memory.ts';
import {
  countOf,
  type KeptFacts,
  keepFact,
  keptFacts,
  named,
  sightAll,
  type Watch,
  watchingRule,
} from './kinds/sightings.ts';

const meta = {
  id: 'bad-command-sequence',
  status: 'stable',
  severity: 'low',
  group: 'protocol-conformance',
  title: 'Commands in an impossible order',
  why: 'RNTO without RNFR, PASS without USER, a transfer without PORT or PASV: no client program does that. A hand-written tool does, or a probe that looks how the server reacts.',
  advice: 'Look at what the session was after. If it is a program of your own, its state machine has lost a reply.',
  falseAlarms: 'A client that repeats PASS after it is already logged in (not counted), and programs with a bug.',
  references: ['RFC 959 §5.4', 'RFC 959 §6'],
  attack: [],
  cwe: [],
  thresholds: { perSession: 2 },
} satisfies RuleMeta;

export const badCommandSequence: Rule<Watch<KeptFacts>> = watchingRule(
  meta,
  (t) => ({
    exchange(state, x) {
      if (isFault(x)) keepFact(remember(state, x.session, keptFacts), exchangeFact(x, x.verb, rankOf('low')));
    },
    session(state, _session, facts) {
      if (countOf(facts) >= t.perSession) sightAll(state.seen, 'client', facts);
    },
    message: (seen) => `${counted(seen.count, 'command')} out of order: ${named(seen)}`,
  }),
  { when: () => gates.outOfOrder },
);

function isFault(x: Exchange): boolean {
  if (x.code === 425) return (x.replies[x.replies.length - 1]?.text ?? '').includes('PORT or PASV');
  return x.code === 503 && x.asked && !(x.verb === 'PASS' && x.session.loggedIn);
}
