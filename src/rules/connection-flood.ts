/** One client opens connections without pause. */
import type { Finding, Rule, RuleMeta } from '../model.ts';
import { type BoundedMap, boundedMap, claim, mergeBounded } from '../monoid.ts';
import { byText } from '../text.ts';
import { type Fact, findingOf, inOrder, subjectOf } from './support/fact.ts';
import { bursts, limit, withoutEchoes } from './support/ledger.ts';

const meta: RuleMeta = {
  id: 'connection-flood',
  status: 'stable',
  severity: 'medium',
  group: 'availability',
  title: 'One client opens connections without pause',
  why: 'Every connection costs a process and a slot. One a second and more from one client leaves none for others, and is how guessing tools work too.',
  advice: 'Set a limit of connections per address in the server and a rate limit in the firewall.',
  falseAlarms:
    'Many people behind one address. Parallel mirrors keep their connections, and jobs with a session per file stay below the limit.',
  references: ['RFC 2577 §5'],
  attack: ['T1499.002'],
  cwe: ['CWE-770'],
  thresholds: { connections: 60, seconds: 60 },
};

/** Time, source and line of each connection, one after the other, by client. */
export interface Opened {
  readonly byClient: BoundedMap<{ numbers: number[] }>;
  /** Dialects by source: two logs of one server state a connection twice. */
  readonly dialects: Map<number, string>;
}

const clientLimit = 50_000;
const perClient = 3 * 16_384;

export const connectionFlood: Rule<Opened> = {
  meta,
  create(thresholds) {
    const t = { ...meta.thresholds, ...thresholds };
    return {
      init: () => ({ byClient: boundedMap(clientLimit), dialects: new Map() }),
      open(state, s): void {
        if (s.client === '' || Number.isNaN(s.opened)) return;
        if (!state.dialects.has(s.source)) state.dialects.set(s.source, s.dialect);
        const known = state.byClient.map.get(s.client);
        if (known === undefined) {
          claim(state.byClient, s.client, () => ({ numbers: [s.opened, s.source, s.firstLine] }));
          return;
        }
        known.numbers.push(s.opened, s.source, s.firstLine);
        if (known.numbers.length >= perClient * 2) cut(known);
      },
      merge(into, from): void {
        mergeBounded(into.byClient, from.byClient, (a, b) => {
          a.numbers = a.numbers.concat(b.numbers);
          if (a.numbers.length > perClient) cut(a);
        });
        for (const [source, dialect] of from.dialects) into.dialects.set(source, dialect);
      },
      finish: (state): readonly Finding[] =>
        [...state.byClient.map]
          .filter(([, { numbers }]) => numbers.length >= limit(t, 'connections') * 3)
          .sort((a, b) => byText(a[0], b[0]))
          .flatMap(([client, { numbers }]) =>
            told(client, factsOf(client, numbers, state.dialects), limit(t, 'connections'), limit(t, 'seconds')),
          ),
    };
  },
};

/** Keeps the earliest. */
function cut(kept: { numbers: number[] }): void {
  const facts = factsOf('', kept.numbers, new Map()).slice(0, perClient / 3);
  kept.numbers = facts.flatMap((f) => [f.time, f.source, f.line]);
}

function factsOf(client: string, numbers: readonly number[], dialects: ReadonlyMap<number, string>): readonly Fact[] {
  const facts: Fact[] = [];
  for (let i = 0; i < numbers.length; i += 3) {
    const [time = Number.NaN, source = 0, line = 0] = numbers.slice(i, i + 3);
    facts.push({
      time,
      source,
      line,
      session: '',
      dialect: dialects.get(source) ?? '',
      client,
      user: '',
      note: '',
      rank: 0,
    });
  }
  return facts.sort(inOrder);
}

function told(client: string, all: readonly Fact[], connections: number, seconds: number): readonly Finding[] {
  const facts = bursts(withoutEchoes(all), connections, seconds * 1000).flat();
  if (facts.length === 0) return [];
  return [
    findingOf(meta, {
      message: `${facts.length} connections, ${connections} and more within ${seconds} s`,
      subject: subjectOf(client, ''),
      facts,
    }),
  ];
}
