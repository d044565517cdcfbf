/** One account is in use from several places at once. */
import type { Finding, Rule, RuleMeta } from '../model.ts';
import { networkOf } from '../protocol/host-port.ts';
import { type Fact, factAt, findingOf } from './support/fact.ts';
import { type Counts, countingRule, enter, entries, limit } from './support/ledger.ts';
import { isAnonymousSession } from './support/users.ts';

const meta: RuleMeta = {
  id: 'concurrent-user-clients',
  status: 'stable',
  severity: 'medium',
  group: 'authentication',
  title: 'One account is in use from several places at once',
  why: 'A person sits in one place, with a laptop and a phone in two. More places at the same moment mean that the password is shared, sold or stolen.',
  advice: 'Ask the owner which of the clients are theirs; change the password, and give each machine an account of its own.',
  falseAlarms: 'Service accounts of a fleet or a chain of stores (allow-list them). A session counts as open only while the log shows it alive.',
  references: [],
  attack: ['T1078'],
  cwe: [],
  thresholds: { networks: 3 },
};

/** `live`: when the session logged in. The fact of a session carries its end in the note. */
export const concurrentUserClients: Rule<Counts<Fact>> = countingRule<Fact>(meta, (t) => ({
  login(state, l) {
    if (l.ok && !l.anonymous && l.session.client !== '' && l.time === l.time) state.live.set(l.session.id, factAt(l.session, l, '', 0, l.user));
  },
  session(state, s, begun) {
    if (begun === undefined || isAnonymousSession(s) || !(s.closed >= begun.time)) return;
    enter(state.ledgers, begun.user, { ...begun, note: `${s.closed} ${s.lastLine}` });
  },
  finish: (ledgers) => entries(ledgers).flatMap(([user, facts]) => ofUser(user, facts, limit(t, 'networks'))),
}));

function ofUser(user: string, facts: readonly Fact[], networks: number): readonly Finding[] {
  if (new Set(facts.map((f) => f.client)).size < networks) return [];
  let open: Fact[] = [];
  let most: readonly Fact[] = [];
  const involved = new Set<Fact>();
  for (const fact of facts) {
    open = open.filter((f) => isOpen(f, fact));
    open.push(fact);
    const places = new Map(open.map((f) => [networkOf(f.client, 24, 64) || f.client, f]));
    if (places.size < networks) continue;
    if (places.size > most.length) most = [...places.values()];
    for (const f of open) involved.add(f);
  }
  if (most.length === 0) return [];
  const found = facts.filter((f) => involved.has(f));
  return [
    findingOf(meta, {
      message: `'${user}' was logged in from ${most.length} networks at once: ${most.map((f) => f.client).join(', ')}`,
      subject: { user },
      facts: found,
    }),
  ];
}

/** Clocks of whole seconds: within one, the order of the lines decides. */
function isOpen(session: Fact, now: Fact): boolean {
  const [closed = 0, lastLine = 0] = session.note.split(' ').map(Number);
  return closed > now.time || (closed === now.time && session.source === now.source && lastLine > now.line);
}
