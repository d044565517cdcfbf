/** TLS was wanted, and the secret went out in clear. */
import type { Exchange, Finding, Rule, RuleMeta } from '../model.ts';
import { counted, exchangeFact, type Fact, findingOf, inOrder, subjectOf } from './engine/fact.ts';
import { gates } from './engine/gates.ts';
import { drop, keep, recall } from './engine/memory.ts';
import { type Counts, countingRule, enter, entries } from './kinds/ledger.ts';
import { refused } from './words/paths.ts';
import { isAnonymousSession } from './words/users.ts';

const meta = {
  id: 'tls-downgrade',
  status: 'stable',
  severity: 'medium',
  group: 'confidentiality',
  title: 'TLS was wanted and the secret went out in clear',
  why: 'The client asked for TLS, was refused, and sent the password all the same. Whoever sits between can cause exactly that by answering for the server.',
  advice: 'Require TLS in the client. If the server has none, give it a certificate; if it has, find out who refused.',
  falseAlarms:
    'Clients that try TLS by default on a server without it: real, but one finding for the server. A refused AUTH SSL before an accepted AUTH TLS is not reported.',
  references: ['RFC 4217 §4', 'RFC 4217 §15.1'],
  attack: ['T1557'],
  cwe: ['CWE-757'],
  verbs: ['AUTH', 'PASS', 'CCC'],
  thresholds: { systemicClients: 5 },
} satisfies RuleMeta;

/** Remembers: AUTH was refused (`refused`), or TLS was given up (`ccc`). Ledgers: by account, and `+source` where AUTH was accepted. */
export const tlsDowngrade: Rule<Counts<string>> = countingRule(
  meta,
  (t) => ({
    exchange(state, x) {
      if (x.verb === 'AUTH') {
        if (x.code === 234 || x.code === 334) {
          drop(state, x.session);
          enter(state.ledgers, `+${x.source}`, exchangeFact(x));
        } else if (refused(x)) keep(state, x.session, 'refused');
        return;
      }
      if (x.verb === 'CCC') {
        if (x.code === 200) enter(state.ledgers, key(x), exchangeFact(x, 'ccc'));
        return;
      }
      if (x.verb === 'PASS' && isExposed(state, x)) enter(state.ledgers, key(x), exchangeFact(x, 'refused'));
    },
    finish: (ledgers) => conclude(entries(ledgers), t.systemicClients),
  }),
  { when: (verb) => (verb === 'PASS' ? gates.recalls : gates.always) },
);

function key(x: Exchange): string {
  return `-${x.session.client}\n${x.session.user}`;
}

function isExposed(state: Counts<string>, x: Exchange): boolean {
  return (
    recall(state, x.session) === 'refused' && !x.session.encrypted && !isAnonymousSession(x.session) && x.code !== 503
  );
}

function conclude(lists: readonly (readonly [string, readonly Fact[]])[], systemic: number): readonly Finding[] {
  const withTls = new Set(lists.filter(([k]) => k.startsWith('+')).map(([k]) => Number(k.slice(1))));
  const downgrades = lists.filter(([k]) => k.startsWith('-'));
  const plain = downgrades.filter(([, facts]) => facts.every((f) => f.note === 'refused' && !withTls.has(f.source)));
  const clients = new Set(plain.flatMap(([, facts]) => facts.map((f) => f.client)));
  const isSystemic = clients.size >= systemic;
  const findings = downgrades.filter((one) => !isSystemic || !plain.includes(one)).map(([, facts]) => ofAccount(facts));
  if (!isSystemic) return findings;
  const facts = plain.flatMap(([, list]) => list).sort(inOrder);
  return [
    ...findings,
    findingOf(meta, {
      message: `The server refuses TLS: ${clients.size} clients asked for it and sent ${counted(facts.length, 'password')} in clear`,
      subject: {},
      facts,
      identity: 'server',
    }),
  ];
}

function ofAccount(facts: readonly Fact[]): Finding {
  const first = facts[0];
  const ccc = facts.some((f) => f.note === 'ccc');
  return findingOf(meta, {
    message: ccc
      ? 'TLS was switched off again (CCC), and commands went on in clear'
      : `${counted(facts.length, 'password')} sent in clear after TLS was refused`,
    subject: subjectOf(first?.client ?? '', first?.user ?? '', first?.session),
    facts,
  });
}
