/** PASV sends the client to another host. */
import type { Exchange, Finding, Rule, RuleMeta, Severity } from '../model.ts';
import { addressClass, isPrivateAddress, normalizeAddress, parsePort } from '../protocol/host-port.ts';
import { counted, exchangeFact, type Fact, findingOf, listed, rankOf, severityOf, subjectOf } from './support/fact.ts';
import { type Counts, countingRule, enter, entries, limit } from './support/ledger.ts';
import { keep, recall } from './support/memory.ts';

const meta: RuleMeta = {
  id: 'pasv-address-mismatch',
  status: 'stable',
  severity: 'medium',
  group: 'confidentiality',
  title: 'PASV sends the client to another host',
  why: 'A client that follows the address in a 227 connects wherever the server says: into the client’s own network, or to a host that takes the data in its place.',
  advice:
    'Let the client ignore the address (most do by now) or use EPSV. On the server, set the address it announces.',
  falseAlarms:
    'A server behind NAT that always announces the same other address; that is not reported from the third session on. A private address is a wrong setting and reported as low.',
  references: ['RFC 2577 §3', 'CVE-2020-8284', 'CVE-2007-1562'],
  attack: ['T1557'],
  cwe: ['CWE-918'],
  verbs: ['PASV'],
  thresholds: { steadySessions: 3 },
};

/** Remembers: the first address announced in the session. */
export const pasvAddressMismatch: Rule<Counts<string>> = countingRule<string>(meta, (t) => ({
  exchange(state, x) {
    if (x.code !== 227) return;
    const host = hostIn(x.replies[x.replies.length - 1]?.text ?? '');
    const first = recall(state, x.session);
    if (host === (x.session.server === '' ? first : x.session.server)) return;
    if (host !== '') look(state, x, host, first);
  },
  finish: (ledgers) => entries(ledgers).flatMap(([key, facts]) => told(key, facts, limit(t, 'steadySessions'))),
}));

let lastHost = '';
let lastText = '\n';

/** The address in a 227; '' if there is none. Most replies of a log name the same one. */
function hostIn(text: string): string {
  const at = text.indexOf('(');
  if (at >= 0 && text.startsWith(lastText, at)) return lastHost;
  const host = parsePort(text)?.host ?? '';
  if (host === '' || addressClass(host) === 'unspecified') return '';
  lastHost = host;
  lastText = `(${host.replaceAll('.', ',')},`;
  return host;
}

function look(state: Counts<string>, x: Exchange, host: string, first: string | undefined): void {
  if (first === undefined) keep(state, x.session, host);
  const server = normalizeAddress(x.session.server);
  const known = addressClass(server) !== '';
  const before = known ? server : first;
  if (before !== undefined && before !== host)
    enter(state.ledgers, `${x.session.client}\n${known ? server : ''}`, fact(x, host, before));
}

function fact(x: Exchange, host: string, server: string): Fact {
  const severity: Severity = isPrivateAddress(host) && !isPrivateAddress(server) ? 'low' : 'medium';
  const reply = x.replies[x.replies.length - 1];
  return { ...exchangeFact(x, host, rankOf(severity)), line: reply?.line ?? x.line };
}

function told(key: string, facts: readonly Fact[], steady: number): readonly Finding[] {
  const server = key.slice(key.indexOf('\n') + 1);
  const first = facts[0];
  const sessions = new Set(facts.map((f) => f.session)).size;
  const hosts = new Set(facts.map((f) => f.note));
  if (first === undefined || (server !== '' && hosts.size === 1 && sessions >= steady)) return [];
  return [
    findingOf(meta, {
      severity: severityOf(Math.max(...facts.map((f) => f.rank))),
      message: `${counted(facts.length, 'reply', 'replies')} to PASV name ${listed(facts)}${server === '' ? ', another host than before in the same session' : `, the server is ${server}`}`,
      subject: subjectOf(first.client, '', first.session),
      facts,
      identity: server,
    }),
  ];
}
