/** One client opens connections without pause. */
import type { Finding, Rule, RuleMeta } from '../model.ts';
import { type BoundedMap, boundedMap, claim, mergeBounded } from '../monoid.ts';
import { byText } from '../text.ts';
import { type Fact, findingOf, inOrder, subjectOf } from './engine/fact.ts';
import { inForce } from './engine/thresholds.ts';
import { bursts } from './kinds/ledger.ts';

const meta = {
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
} satisfies RuleMeta;

/** The connections of a client. Bare numbers, and times apart from small ones: half of what objects would take. */
interface Opening {
  times: number[];
  /** Source and line of each, one after the other. */
  places: number[];
}

export type Opened = BoundedMap<Opening>;

const clientLimit = 50_000;
const perClient = 16_384;

export const connectionFlood: Rule<Opened> = {
  meta,
  create(thresholds) {
    const t = inForce(meta, thresholds);
    return {
      init: () => boundedMap(clientLimit),
      open(state, s): void {
        if (s.client === '' || Number.isNaN(s.opened)) return;
        const known = state.map.get(s.client);
        if (known === undefined) {
          claim(state, s.client, () => ({ times: [s.opened], places: [s.source, s.firstLine] }));
          return;
        }
        known.times.push(s.opened);
        known.places.push(s.source, s.firstLine);
        if (known.times.length >= perClient * 2) cut(known);
      },
      merge(into, from): void {
        mergeBounded(into, from, (a, b) => {
          a.times = a.times.concat(b.times);
          a.places = a.places.concat(b.places);
          if (a.times.length > perClient) cut(a);
        });
      },
      finish: (state): readonly Finding[] =>
        [...state.map]
          .filter(([, { times }]) => times.length >= t.connections)
          .sort((a, b) => byText(a[0], b[0]))
          .flatMap(([client, opening]) => told(client, factsOf(client, opening), t.connections, t.seconds)),
    };
  },
};

/** Keeps the earliest. */
function cut(kept: Opening): void {
  const facts = factsOf('', kept).slice(0, perClient);
  kept.times = facts.map((f) => f.time);
  kept.places = facts.flatMap((f) => [f.source, f.line]);
}

function factsOf(client: string, { times, places }: Opening): readonly Fact[] {
  const facts: Fact[] = [];
  for (let i = 0; i < times.length; i++) {
    const source = places[i * 2] ?? 0;
    facts.push({
      time: times[i] ?? Number.NaN,
      source,
      line: places[i * 2 + 1] ?? 0,
      session: '',
      dialect: '',
      client,
      user: '',
      note: '',
      rank: 0,
      done: true,
    });
  }
  return facts.sort(inOrder);
}

function told(client: string, all: readonly Fact[], connections: number, seconds: number): readonly Finding[] {
  const facts = bursts(all, connections, seconds * 1000).flat();
  if (facts.length === 0) return [];
  return [
    findingOf(meta, {
      message: `${facts.length} connections, ${connections} and more within ${seconds} s`,
      subject: subjectOf(client, ''),
      facts,
    }),
  ];
}
