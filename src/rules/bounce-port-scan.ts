/** The server is used to scan others. */
import type { Finding, Rule, RuleMeta } from '../model.ts';
import { endpointText } from '../protocol/host-port.ts';
import { exchangeFact, type Fact, findingOf, inOrder, listed, subjectOf } from './engine/fact.ts';
import { gates } from './engine/gates.ts';
import { drop, keep, recall } from './engine/memory.ts';
import { bursts, type Counts, countingRule, enter, entries } from './kinds/ledger.ts';
import { isOwn, targetOf } from './words/bounce.ts';

const meta = {
  id: 'bounce-port-scan',
  status: 'stable',
  severity: 'high',
  group: 'reconnaissance',
  title: 'The server is used to scan others',
  why: 'PORT to one address after another, each followed by a listing: 226 says that the port is open, 425 that it is not. The scanned host sees your server as the scanner.',
  advice: 'Refuse PORT to other addresses at once. Look at what the scan found open: the client knows it now.',
  falseAlarms: 'FXP of many files goes to one host and to high ports, and is not reported.',
  references: ['RFC 2577 §3'],
  attack: ['T1046', 'T1090'],
  cwe: ['CWE-441'],
  verbs: ['PORT', 'EPRT', 'LPRT', 'LIST', 'NLST', 'RETR', 'MLSD'],
  thresholds: { endpoints: 5, seconds: 300 },
} satisfies RuleMeta;

/** Remembers: the third party that the next transfer will go to. */
const dataPorts: ReadonlySet<string> = new Set(['PORT', 'EPRT', 'LPRT']);

export const bouncePortScan: Rule<Counts<Fact>> = countingRule(
  meta,
  (t) => ({
    exchange(state, x) {
      const { client } = x.session;
      if (dataPorts.has(x.verb)) {
        const target = targetOf(x);
        const isForeign = target !== undefined && !isOwn(client, target.host);
        if (isForeign && x.outcome === 'completed')
          keep(state, x.session, exchangeFact(x, endpointText(target.host, target.port)));
        else drop(state, x.session);
        // pyftpdlib connects at once, and says here that the port is closed
        if (isForeign && x.code === 425)
          enter(state.ledgers, client, exchangeFact(x, endpointText(target.host, target.port), 1));
        return;
      }
      const pending = recall(state, x.session);
      if (pending === undefined) return;
      drop(state, x.session);
      enter(state.ledgers, client, { ...pending, rank: x.verb === 'RETR' && x.outcome === 'completed' ? 0 : 1 });
    },
    finish: (ledgers) =>
      entries(ledgers, t.endpoints).flatMap(([client, facts]) =>
        ofClient(client, facts, t.endpoints, t.seconds * 1000),
      ),
  }),
  { when: (verb) => (dataPorts.has(verb) ? gates.always : gates.recalls) },
);

function ofClient(client: string, all: readonly Fact[], endpoints: number, ms: number): readonly Finding[] {
  const facts = bursts(all, endpoints, ms, (f) => f.note)
    .filter(isScan)
    .flat()
    .sort(inOrder);
  if (facts.length === 0) return [];
  return [
    findingOf(meta, {
      message: `${new Set(facts.map((f) => f.note)).size} foreign endpoints tried through the server: ${listed(facts)}`,
      subject: subjectOf(client, '', facts[0]?.session),
      facts,
    }),
  ];
}

/** More than one host, ports of services, or mostly listings and failures: FXP retrieves files from one host. */
function isScan(run: readonly Fact[]): boolean {
  if (run.filter((f) => f.rank > 0).length * 2 > run.length) return true;
  const hosts = new Set(run.map((f) => f.note.slice(0, f.note.lastIndexOf(':'))));
  return hosts.size > 1 || run.some((f) => Number(f.note.slice(f.note.lastIndexOf(':') + 1)) < 1024);
}
