/** One account is guessed from many addresses. */
import type { Finding, Rule, RuleMeta } from '../model.ts';
import { byText } from '../text.ts';
import { type Fact, findingOf, inOrder } from './engine/fact.ts';
import type { ThresholdsOf } from './engine/thresholds.ts';
import { bursts } from './kinds/ledger.ts';
import { byUser, type History, histories, isStaleLoop, type Logins, loginRule } from './kinds/logins.ts';
import { isAnonymousName } from './words/users.ts';

const meta = {
  id: 'distributed-bruteforce',
  status: 'stable',
  severity: 'high',
  group: 'authentication',
  title: 'One account is guessed from many addresses',
  why: 'A botnet shares the guesses among its members, so that none of them reaches a limit per address. Only the view by account shows it.',
  advice:
    'Protect the account: long password, login only from known networks, or a second factor. Blocking single addresses does not help here.',
  falseAlarms:
    'A shared account whose password was changed: every site fails once or twice. Clients that log in with this account at any time are not counted.',
  references: ['RFC 2577 §5'],
  attack: ['T1110'],
  cwe: ['CWE-307'],
  thresholds: {
    clients: 5,
    failures: 10,
    seconds: 600,
    slowClients: 10,
    slowFailures: 30,
    slowSeconds: 86_400,
    perClient: 8,
  },
} satisfies RuleMeta;

type Limits = ThresholdsOf<typeof meta>;

export const distributedBruteforce: Rule<Logins> = loginRule(meta, (t) => (book) => {
  const strangers = histories(book)
    .flatMap((history) => tries(history, t))
    .sort(inOrder);
  return [...byUser(strangers)].sort((a, b) => byText(a[0], b[0])).flatMap(([user, list]) => ofUser(user, list, t));
});

/** Failures of one client, for accounts it never gets into, if it does not stand out by itself. */
function tries({ client, failedBy, passedBy }: History, t: Limits): readonly Fact[] {
  if (client.startsWith('\n')) return [];
  const kept: Fact[] = [];
  for (const [user, facts] of failedBy) {
    if (
      passedBy.has(user) ||
      isAnonymousName(user) ||
      isStaleLoop(facts) ||
      bursts(facts, t.perClient, 300_000).length > 0
    )
      continue;
    kept.push(...facts);
  }
  return kept;
}

function ofUser(key: string, tries: readonly Fact[], t: Limits): readonly Finding[] {
  if (tries.length < t.failures) return [];
  const facts = new Set<Fact>();
  for (const [prefix, clients, failures, seconds] of [
    ['', 'clients', 'failures', 'seconds'],
    ['slow', 'slowClients', 'slowFailures', 'slowSeconds'],
  ] as const) {
    for (const run of bursts(tries, t[clients], t[seconds] * 1000, (f) => f.client)) {
      const full = bursts(run, t[failures], t[seconds] * 1000);
      for (const f of full.flat()) if (prefix === '' || full.length > 0) facts.add(f);
    }
  }
  if (facts.size === 0) return [];
  const found = tries.filter((f) => facts.has(f));
  const clients = new Set(found.map((f) => f.client)).size;
  return [
    findingOf(meta, {
      message: `${found.length} failed logins for '${key}' from ${clients} clients, each below the limit of its own`,
      subject: { user: found[0]?.user ?? key },
      facts: found,
    }),
  ];
}
