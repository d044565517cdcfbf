/** One account is guessed from many addresses. */
import type { Finding, Rule, RuleMeta } from '../model.ts';
import { type Fact, findingOf } from './support/fact.ts';
import { bursts, type Counts, limit } from './support/ledger.ts';
import { type History, isStaleLoop, loginRule } from './support/logins.ts';
import { isAnonymousName, plainUser } from './support/users.ts';

const meta: RuleMeta = {
  id: 'distributed-bruteforce',
  status: 'stable',
  severity: 'high',
  group: 'authentication',
  title: 'One account is guessed from many addresses',
  why: 'A botnet shares the guesses among its members, so that none of them reaches a limit per address. Only the view by account shows it.',
  advice: 'Protect the account: long password, login only from known networks, or a second factor. Blocking single addresses does not help here.',
  falseAlarms: 'A shared account whose password was changed: every site fails once or twice. Clients that log in with this account at any time are not counted.',
  references: ['RFC 2577 §5'],
  attack: ['T1110'],
  cwe: ['CWE-307'],
  thresholds: { clients: 5, failures: 10, seconds: 600, slowClients: 10, slowFailures: 30, slowSeconds: 86_400, perClient: 8 },
};

type Limits = Readonly<Record<string, number>>;

export const distributedBruteforce: Rule<Counts<never>> = loginRule(
  meta,
  (l) => (l.session.client === '' || isAnonymousName(l.user) ? '' : plainUser(l.user)),
  (t) => (histories) => histories.flatMap((history) => ofUser(history, t)),
);

function ofUser({ key, failed, passed }: History, t: Limits): readonly Finding[] {
  const tries = strangersBelowLimit(failed, passed, t);
  const facts = new Set<Fact>();
  for (const [prefix, clients, failures, seconds] of [
    ['', 'clients', 'failures', 'seconds'],
    ['slow', 'slowClients', 'slowFailures', 'slowSeconds'],
  ] as const) {
    for (const run of bursts(tries, limit(t, clients), limit(t, seconds) * 1000, (f) => f.client)) {
      const full = bursts(run, limit(t, failures), limit(t, seconds) * 1000);
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

/** Clients that never logged in with this account, and do not stand out by themselves. */
function strangersBelowLimit(failed: readonly Fact[], passed: readonly Fact[], t: Limits): readonly Fact[] {
  const known = new Set(passed.map((f) => f.client));
  const byClient = new Map<string, Fact[]>();
  for (const f of failed) {
    if (known.has(f.client)) continue;
    const list = byClient.get(f.client);
    if (list === undefined) byClient.set(f.client, [f]);
    else list.push(f);
  }
  const loud = new Set<string>();
  for (const [client, facts] of byClient) {
    if (isStaleLoop(facts) || bursts(facts, limit(t, 'perClient'), 300_000).length > 0) loud.add(client);
  }
  return failed.filter((f) => !known.has(f.client) && !loud.has(f.client));
}
