/** PASV sends the client to another host. */
import type { Exchange, Finding, Rule, RuleMeta, Severity } from '../model.ts';
import { type AddressClass, addressClass, isPrivateAddress, parsePort } from '../protocol/host-port.ts';
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
    'A server behind NAT that always announces the same other address; that is not reported from the third session on. A private address, 127.0.0.1 and 0.0.0.0 are wrong settings and reported as low; a private one only if no data came through, since a router may rewrite it on the way.',
  references: ['RFC 2577 §3', 'CVE-2020-8284', 'CVE-2007-1562'],
  attack: ['T1557'],
  cwe: ['CWE-918'],
  verbs: ['PASV', 'LIST', 'NLST', 'MLSD', 'RETR', 'STOR', 'APPE', 'STOU'],
  thresholds: { steadySessions: 3 },
};

/** What is remembered of a session. */
interface Announced {
  /** The first address that was announced. */
  readonly first: string;
  /** A private address told to a client of the open net: wrong, unless data came through all the same. */
  pending: Fact | undefined;
}

export const pasvAddressMismatch: Rule<Counts<Announced>> = countingRule<Announced>(meta, (t) => ({
  exchange(state, x) {
    if (x.verb !== 'PASV') {
      // A router that rewrites the 227 on its way does not show in the log of the server.
      if (x.outcome === 'completed') settle(recall(state, x.session));
      return;
    }
    if (x.code !== 227) return;
    const host = hostIn(x.replies[x.replies.length - 1]?.text ?? '');
    const known = recall(state, x.session);
    if (host === (x.session.server === '' ? known?.first : x.session.server)) return;
    if (host !== '') look(state, x, host, known);
  },
  session(state, s, { pending }) {
    if (pending !== undefined) enter(state.ledgers, `${s.client}\n`, pending);
  },
  finish: (ledgers) => entries(ledgers).flatMap(([key, facts]) => told(key, facts, limit(t, 'steadySessions'))),
}));

function settle(known: Announced | undefined): void {
  if (known !== undefined) known.pending = undefined;
}

let lastHost = '';
let lastText = '\n';

/** The address in a 227; '' if there is none. Most replies of a log name the same one. */
function hostIn(text: string): string {
  const at = text.indexOf('(');
  if (at >= 0 && text.startsWith(lastText, at)) return lastHost;
  const host = parsePort(text)?.host ?? '';
  if (host === '') return '';
  lastHost = host;
  lastText = `(${host.replaceAll('.', ',')},`;
  return host;
}

function look(state: Counts<Announced>, x: Exchange, host: string, known: Announced | undefined): void {
  const memory = known ?? { first: host, pending: undefined };
  if (known === undefined) keep(state, x.session, memory);
  const { client, server } = x.session;
  const hostClass = addressClass(host);
  const serverClass = addressClass(server);
  const clientClass = addressClass(client);
  if (hostClass === 'unspecified') {
    enter(state.ledgers, `${client}\n`, fact(x, host, 'low'));
  } else if (hostClass === 'loopback') {
    const isRemote = serverClass === '' ? isElsewhere(client, clientClass) : serverClass !== 'loopback';
    if (isRemote && (client === '' || client !== server)) enter(state.ledgers, `${client}\n`, fact(x, host, 'low'));
  } else if (serverClass !== '') {
    if (host !== server) enter(state.ledgers, `${client}\n${server}`, fact(x, host, severity(host, server)));
  } else if (memory.first !== host) {
    enter(state.ledgers, `${client}\n`, fact(x, host, severity(host, memory.first)));
  } else if (isPrivateAddress(host) && isOpenNet(clientClass)) memory.pending = fact(x, host, 'low');
}

/** The client is known, and not on the host of the server. */
function isElsewhere(client: string, clientClass: AddressClass | ''): boolean {
  return clientClass !== '' ? clientClass !== 'loopback' : client !== '' && !client.startsWith('localhost');
}

/** Addresses for examples stand for public ones. */
function isOpenNet(kind: AddressClass | ''): boolean {
  return kind === 'public' || kind === 'documentation';
}

function severity(host: string, server: string): Severity {
  return isPrivateAddress(host) && !isPrivateAddress(server) ? 'low' : 'medium';
}

function fact(x: Exchange, host: string, grade: Severity): Fact {
  const reply = x.replies[x.replies.length - 1];
  return { ...exchangeFact(x, host, rankOf(grade)), line: reply?.line ?? x.line };
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
      message: `${counted(facts.length, 'reply', 'replies')} to PASV name ${listed(facts)}, ${server === '' ? reasonOf(hosts) : `the server is ${server}`}`,
      subject: subjectOf(first.client, '', first.session),
      facts,
      identity: server,
    }),
  ];
}

/** Why the addresses are wrong where the server's own is not known. */
function reasonOf(hosts: ReadonlySet<string>): string {
  const classes = new Set([...hosts].map((host) => addressClass(host)));
  if (classes.size === 1 && classes.has('unspecified')) return 'to which nobody can connect';
  if (classes.size === 1 && classes.has('loopback')) return 'which is the client’s own host';
  if (hosts.size === 1 && [...hosts].every(isPrivateAddress)) return 'a private address, which the client cannot reach';
  return 'another host than before in the same session';
}
