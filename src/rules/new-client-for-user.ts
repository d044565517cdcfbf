/** A user appears from a network never seen for them. */
import type { Finding, Rule, RuleMeta } from '../model.ts';
import { type Fact, findingOf, subjectOf } from './engine/fact.ts';
import { type Logins, loginRule, successesByUser } from './kinds/logins.ts';
import { once, providerName, providerOf } from './words/networks.ts';
import { isAnonymousName } from './words/users.ts';

const meta = {
  id: 'new-client-for-user',
  status: 'stable',
  severity: 'low',
  group: 'authentication',
  title: 'A user appears from a network never seen for them',
  why: 'A user who always comes from the same place and suddenly comes from another may be somebody else with the same password.',
  advice:
    'Ask the user, and look at what the session did. If it is a new office or provider, add its network to the allow-list.',
  falseAlarms:
    'Mobile and travelling users, a change of provider. Networks are compared by /16 (IPv6: /48), so that a pool of addresses is one.',
  references: [],
  attack: ['T1078'],
  cwe: [],
  thresholds: { earlierLogins: 5, knownNetworks: 2 },
} satisfies RuleMeta;

export const newClientForUser: Rule<Logins> = loginRule(meta, ({ earlierLogins, knownNetworks }) => (book) => {
  const provider = once(providerOf);
  return successesByUser(book, earlierLogins).flatMap(([user, facts]) =>
    user === '' || isAnonymousName(user) ? [] : told(user, newNetworks(facts, earlierLogins, knownNetworks, provider)),
  );
});

/** First logins from networks that are new after enough logins from at most some others. */
function newNetworks(
  facts: readonly Fact[],
  earlier: number,
  most: number,
  provider: (client: string) => string,
): readonly Fact[] {
  const seen = new Set<string>();
  const news: Fact[] = [];
  for (let i = 0; i < facts.length; i++) {
    const fact = facts[i] as Fact;
    const network = provider(fact.client);
    if (network === '' || seen.has(network)) continue;
    if (seen.size > most) break;
    if (seen.size > 0 && i >= earlier) news.push(fact);
    seen.add(network);
  }
  return news;
}

function told(user: string, news: readonly Fact[]): readonly Finding[] {
  const first = news[0];
  if (first === undefined) return [];
  return [
    findingOf(meta, {
      message: `'${user}' logged in from ${news.map((f) => providerName(f.client)).join(', ')}, never seen for this user before`,
      subject: subjectOf(first.client, user),
      facts: news,
    }),
  ];
}
