/** One client opens connections without pause. */
import type { Rule, RuleMeta } from '../model.ts';
import { factAt, findingOf, subjectOf } from './support/fact.ts';
import { bursts, type Counts, countingRule, enter, entries, limit, withoutEchoes } from './support/ledger.ts';

const meta: RuleMeta = {
  id: 'connection-flood',
  status: 'stable',
  severity: 'medium',
  group: 'availability',
  title: 'One client opens connections without pause',
  why: 'Every connection costs a process and a slot. One a second and more from one client leaves none for others, and is how guessing tools work too.',
  advice: 'Set a limit of connections per address in the server and a rate limit in the firewall.',
  falseAlarms: 'Many people behind one address. Parallel mirrors keep their connections, and jobs with a session per file stay below the limit.',
  references: ['RFC 2577 §5'],
  attack: ['T1499.002'],
  cwe: ['CWE-770'],
  thresholds: { connections: 60, seconds: 60 },
};

export const connectionFlood: Rule<Counts<never>> = countingRule<never>(meta, (t) => ({
  open(state, s) {
    if (s.client !== '' && s.opened === s.opened) enter(state.ledgers, s.client, factAt(s, { time: s.opened, source: s.source, line: s.firstLine }, '', 0, ''));
  },
  finish: (ledgers) =>
    entries(ledgers).flatMap(([client, all]) => {
      if (all.length < limit(t, 'connections')) return [];
      const facts = bursts(withoutEchoes(all), limit(t, 'connections'), limit(t, 'seconds') * 1000).flat();
      if (facts.length === 0) return [];
      return [findingOf(meta, { message: `${facts.length} connections, ${limit(t, 'connections')} and more within ${limit(t, 'seconds')} s`, subject: subjectOf(client, ''), facts })];
    }),
}));
