/** Commands in an impossible order. */
import type { Exchange, Rule, RuleMeta } from '../model.ts';
import { counted, exchangeFact, type Fact, rankOf } from './engine/fact.ts';
import { gates } from './engine/gates.ts';
import { recall, remember } from './engine/memory.ts';
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

const meta: RuleMeta = {
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
};

/** Faults of one session, and a REST that waits for its transfer: how many there were before it. */
interface Faults {
  readonly facts: KeptFacts;
  restart: Fact | undefined;
  transfers: number;
}

export const badCommandSequence: Rule<Watch<Faults>> = watchingRule<Faults>(
  meta,
  (t) => ({
    by: 'client',
    exchange(state, x) {
      if (x.verb === 'REST' && x.code === 350) {
        if (x.arg.length > 1) wait(memory(state, x), x);
      } else if (x.verb === 'QUIT') settle(recall(state, x.session), x);
      else if ((x.code === 503 || x.code === 425) && isFault(x))
        keepFact(memory(state, x).facts, exchangeFact(x, x.verb, rankOf('low')));
    },
    session(state, _session, { facts }) {
      if (countOf(facts) >= (t['perSession'] ?? 2)) sightAll(state.seen, 'client', facts);
    },
    message: (seen) => `${counted(seen.count, 'command')} out of order: ${named(seen)}`,
  }),
  (verb) => (verb === 'REST' ? gates.always : verb === 'QUIT' ? gates.recalls : gates.outOfOrder),
);

function memory(state: Watch<Faults>, x: Exchange): Faults {
  return remember(state, x.session, () => ({ facts: keptFacts(), restart: undefined, transfers: 0 }));
}

function wait(known: Faults, x: Exchange): void {
  known.restart = exchangeFact(x, 'REST', rankOf('low'));
  known.transfers = x.session.downloads + x.session.uploads;
}

function settle(known: Faults | undefined, { session }: Exchange): void {
  if (known?.restart !== undefined && known.transfers === session.downloads + session.uploads)
    keepFact(known.facts, known.restart);
}

function isFault(x: Exchange): boolean {
  if (x.code === 425) return (x.replies[x.replies.length - 1]?.text ?? '').includes('PORT or PASV');
  return x.asked && !(x.verb === 'PASS' && x.session.loggedIn);
}
