/** A user appears from a network never seen for them. */
import type { Finding, Rule, RuleMeta } from '../model.ts';
import { type Best, best, type BoundedMap, boundedMap, claim, mergeBest, mergeBounded, offer, ranked } from '../monoid.ts';
import { networkOf } from '../protocol/host-port.ts';
import { byText } from '../text.ts';
import { type Fact, findingOf, inOrder, loginFact, subjectOf } from './support/fact.ts';

const meta: RuleMeta = {
  id: 'new-client-for-user',
  status: 'stable',
  severity: 'low',
  group: 'authentication',
  title: 'A user appears from a network never seen for them',
  why: 'A user who always comes from the same place and suddenly comes from another may be somebody else with the same password.',
  advice: 'Ask the user, and look at what the session did. If it is a new office or provider, add its network to the allow-list.',
  falseAlarms: 'Mobile and travelling users, a change of provider. Networks are compared by /16 (IPv6: /48), so that a pool of addresses is one.',
  references: [],
  attack: ['T1078'],
  cwe: [],
  thresholds: { earlierLogins: 5, knownNetworks: 2 },
};

/** The earliest logins of a user at all, and the earliest from each network. */
export interface Networks {
  readonly first: Best<Fact>;
  readonly byNetwork: Map<string, Fact>;
}

const userLimit = 50_000;
const networkLimit = 16;
let lastClient = '';
let lastNetwork = '';

export const newClientForUser: Rule<BoundedMap<Networks>> = {
  meta,
  create(thresholds) {
    const { earlierLogins = 5, knownNetworks = 2 } = { ...meta.thresholds, ...thresholds };
    return {
      init: () => boundedMap(userLimit),
      login(state, l): void {
        if (!l.ok || l.anonymous || l.user === '') return;
        const network = cachedNetwork(l.session.client);
        if (network === '') return;
        const known = claim(state, l.user, () => ({ first: best<Fact>(earlierLogins), byNetwork: new Map<string, Fact>() }));
        if (known === undefined) return;
        const fact = loginFact(l, network);
        offer(known.first, fact, inOrder);
        keep(known, network, fact);
      },
      merge(into, from): void {
        mergeBounded(into, from, (a, b) => {
          mergeBest(a.first, b.first, inOrder);
          for (const [network, fact] of b.byNetwork) keep(a, network, fact);
        });
      },
      finish: (state) => [...state.map].sort((a, b) => byText(a[0], b[0])).flatMap(([user, known]) => ofUser(user, known, earlierLogins, knownNetworks)),
    };
  },
};

function cachedNetwork(client: string): string {
  if (client === lastClient) return lastNetwork;
  lastClient = client;
  lastNetwork = networkOf(client, 16, 48);
  return lastNetwork;
}

/** Keeps the networks that were first seen first. */
function keep(known: Networks, network: string, fact: Fact): void {
  const before = known.byNetwork.get(network);
  if (before !== undefined && inOrder(before, fact) <= 0) return;
  known.byNetwork.set(network, fact);
  if (known.byNetwork.size <= networkLimit) return;
  const latest = [...known.byNetwork].sort((a, b) => inOrder(b[1], a[1]))[0];
  if (latest !== undefined) known.byNetwork.delete(latest[0]);
}

function ofUser(user: string, known: Networks, earlier: number, most: number): readonly Finding[] {
  const enough = ranked(known.first, inOrder)[earlier - 1];
  if (enough === undefined) return [];
  const networks = [...known.byNetwork.values()].sort(inOrder);
  const news = networks.filter((fact, i) => i > 0 && i <= most && inOrder(enough, fact) < 0);
  const first = news[0];
  if (first === undefined) return [];
  return [
    findingOf(meta, {
      message: `'${user}' logged in from ${news.map((f) => f.note).join(', ')}, after ${earlier} or more logins from elsewhere`,
      subject: subjectOf(first.client, user),
      facts: news,
    }),
  ];
}
