/** File commands without a login. */
import type { Exchange, Rule, RuleMeta } from '../model.ts';
import { rankOf } from '../severity.ts';
import { counted, exchangeFact, type Fact } from './engine/fact.ts';
import { gates } from './engine/gates.ts';
import { remember } from './engine/memory.ts';
import {
  type KeptFacts,
  keepFact,
  keptFacts,
  named,
  sight,
  sightAll,
  type Watch,
  watchingRule,
} from './kinds/sightings.ts';
import { hidesLines } from './words/shown.ts';

const meta = {
  id: 'command-before-login',
  status: 'stable',
  severity: 'low',
  group: 'reconnaissance',
  title: 'File commands without a login',
  why: 'Some servers forget to check the login for one command or the other; whoever tries file commands without a login looks for such a hole. Answered with success, it was found.',
  advice: 'If any of them succeeded, take the server off the net and update it. Else it was a probe.',
  falseAlarms:
    'A log that begins in the middle of a session, and clients that go on after a failed login. FEAT, SYST, OPTS, AUTH and the like are normal before a login.',
  references: ['RFC 959 §5.4', 'RFC 2577 §6'],
  attack: ['T1190'],
  cwe: ['CWE-306'],
  verbs: [
    'RETR',
    'STOR',
    'APPE',
    'STOU',
    'DELE',
    'MKD',
    'XMKD',
    'RMD',
    'XRMD',
    'RNFR',
    'RNTO',
    'CWD',
    'XCWD',
    'LIST',
    'NLST',
    'MLSD',
    'SITE',
  ],
  thresholds: { refusedCommands: 3 },
} satisfies RuleMeta;

interface Early {
  /** The first refusal of each verb. */
  readonly refused: Map<string, { readonly fact: Fact; times: number }>;
  readonly granted: KeptFacts;
}

export const commandBeforeLogin: Rule<Watch<Early>> = watchingRule(
  meta,
  (t) => ({
    exchange(state, x) {
      if (x.session.loggedIn || x.session.state === 'logged-in') return;
      if (x.code === 530 || x.code === 503) {
        const { refused } = memory(state, x);
        const known = refused.get(x.verb);
        if (known === undefined) refused.set(x.verb, { fact: exchangeFact(x, x.verb, rankOf('low')), times: 1 });
        else known.times++;
      } else if (isGranted(x)) keepFact(memory(state, x).granted, exchangeFact(x, x.verb, rankOf('high')));
    },
    session(state, s, { refused, granted }) {
      // A client that shows no login hides it: no honest one sends these before.
      if (hidesLines(s)) return;
      sightAll(state.seen, 'client', granted);
      if (refused.size < t.refusedCommands) return;
      for (const { fact, times } of refused.values()) sight(state.seen, 'client', fact, times);
    },
    message: (seen) =>
      `${counted(seen.count, 'command')} without a login: ${named(seen)}${seen.worst.rank >= 3 ? ', carried out' : ''}`,
  }),
  { when: () => gates.early },
);

function memory(state: Watch<Early>, x: Exchange): Early {
  return remember(state, x.session, () => ({ refused: new Map(), granted: keptFacts() }));
}

/** Carried out, in a session whose login would have been seen. Help is for everybody. */
function isGranted(x: Exchange): boolean {
  if (!x.session.sawStart || x.code === 0 || x.inferred || x.session.replies === 0) return false;
  if (x.verb === 'SITE' && (x.code === 214 || x.code === 211 || x.code === 200 || x.code === 202)) return false;
  return x.outcome === 'completed' || (x.outcome === 'intermediate' && x.code === 350);
}
