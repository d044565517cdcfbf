/** PASV sends the client to another host. */
import type { Exchange, Finding, RuleMeta, Severity } from '../model.ts';
import { type BoundedMap, boundedMap, claim, keepsAll, mergeBounded } from '../monoid.ts';
import { type AddressClass, addressClass, isPrivateAddress, parsePort } from '../protocol/host-port.ts';
import { rankOf, severityOf } from '../severity.ts';
import { byText, hash32 } from '../text.ts';
import { breakOff, type Course, goesOn, newCourse } from './engine/course.ts';
import { counted, exchangeFact, type Fact, findingOf, inOrder, listed, subjectOf, worstFirst } from './engine/fact.ts';
import { type GatedRule, gates } from './engine/gates.ts';
import { drop, keep, newSlot, type Remembering, recall, slotOf } from './engine/memory.ts';
import { inForce } from './engine/thresholds.ts';
import { addDistinct, distinctLimit, insert, keepLast } from './kinds/sightings.ts';

const meta = {
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
} satisfies RuleMeta;

/** What is remembered of a session to which a wrong address was announced; before that, the first address alone. */
interface Announced {
  /** The first address that was announced. */
  readonly first: string;
  /** Where the session is counted. */
  told: Told | undefined;
  /** What was said of the last wrong address: mostly the next is the same. */
  judged: Judgement;
}

/** Whether an address is wrong, for whom it was told to. */
interface Judgement {
  readonly host: string;
  readonly client: string;
  readonly server: string;
  /** Of the fact; -1 if nothing is wrong. */
  readonly rank: number;
  /** It is wrong only if no data comes through. */
  readonly waits: boolean;
  /** The address of the server, where it is known and tells that the other is wrong. */
  readonly than: string;
}

/** Wrong addresses told to one client of one server. */
interface Told {
  readonly client: string;
  readonly server: string;
  count: number;
  sessions: number;
  /** The smallest hashes of the addresses: how many different ones there were, up to {@link distinctLimit}. */
  readonly hosts: number[];
  /** Of what classes they are. */
  readonly classes: (AddressClass | '')[];
  /** The address that was counted last. */
  latest: string;
  /** The first, and the gravest of all. */
  readonly first: Fact[];
  readonly worst: Fact[];
  readonly last: Fact[];
  worstRank: number;
}

/** Remembers a private address told to a client of the open net: wrong, unless data came through all the same. */
interface State extends Remembering<Fact> {
  readonly announced: Remembering<Announced | string>;
  readonly told: BoundedMap<Told>;
  readonly course: Course;
}

const keyLimit = 20_000;
const factLimit = 6;

export const pasvAddressMismatch: GatedRule<State> = {
  meta,
  when: (verb) => (verb === 'PASV' ? gates.always : gates.recalls),
  create(thresholds) {
    const t = inForce(meta, thresholds);
    const hostIn = hostReader();
    return {
      init: (slots) => ({
        slot: newSlot(slots),
        announced: { slot: newSlot(slots) },
        told: boundedMap<Told>(keyLimit),
        course: newCourse(),
      }),
      exchange(state, x): void {
        if (x.verb !== 'PASV') {
          // A router that rewrites the 227 on its way does not show in the log of the server.
          if (x.outcome === 'completed') drop(state, x.session);
          return;
        }
        if (x.code !== 227) return;
        const host = hostIn(x.replies[x.replies.length - 1]?.text ?? '');
        const known = recall(state.announced, x.session);
        if (host === (x.session.server === '' ? firstOf(known) : x.session.server)) return;
        if (host !== '') look(state, x, host, known);
      },
      slotOf,
      session(state, s): void {
        const pending = recall(state, s);
        const known = recall(state.announced, s);
        if (pending !== undefined && typeof known === 'object') enter(state, known, s.client, '', pending);
      },
      merge(into, from): void {
        breakOff(into.course);
        mergeBounded(into.told, from.told, join);
      },
      uncounted: (state): number => state.told.overflow,
      finish: (state): readonly Finding[] => {
        const keys = [...state.told.map].sort((a, b) => byText(a[0], b[0]));
        return keys.flatMap(([, told]) => findingsOf(told, t.steadySessions));
      },
    };
  },
};

/** Reads the address in a 227; '' if there is none. It remembers the last: most replies of a log name the same one. */
function hostReader(): (text: string) => string {
  let lastHost = '';
  let lastText = '\n';
  return (text) => {
    const at = text.indexOf('(');
    if (at >= 0 && text.startsWith(lastText, at)) return lastHost;
    const host = parsePort(text)?.host ?? '';
    if (host === '') return '';
    lastHost = host;
    lastText = `(${host.replaceAll('.', ',')},`;
    return host;
  };
}

function firstOf(known: Announced | string | undefined): string | undefined {
  return typeof known === 'object' ? known.first : known;
}

function look(state: State, x: Exchange, host: string, before: Announced | string | undefined): void {
  const { client, server } = x.session;
  let judged = typeof before === 'object' ? before.judged : undefined;
  if (judged === undefined || judged.host !== host || judged.client !== client || judged.server !== server)
    judged = judge(host, client, server, firstOf(before) ?? host);
  if (judged.rank < 0) {
    if (before === undefined) keep(state.announced, x.session, host);
    return;
  }
  const known = typeof before === 'object' ? before : { first: before ?? host, told: undefined, judged };
  if (known !== before) keep(state.announced, x.session, known);
  known.judged = judged;
  const fact = exchangeFact(x, host, judged.rank, x.replies[x.replies.length - 1]?.line);
  if (judged.waits) keep(state, x.session, fact);
  else enter(state, known, client, judged.than, fact);
}

function judge(host: string, client: string, server: string, first: string): Judgement {
  const wrong = (grade: Severity, than = '', waits = false): Judgement => {
    return { host, client, server, rank: rankOf(grade), than, waits };
  };
  const right = { host, client, server, rank: -1, than: '', waits: false };
  const hostClass = addressClass(host);
  if (hostClass === 'unspecified') return wrong('low');
  const serverClass = addressClass(server);
  const clientClass = addressClass(client);
  if (hostClass === 'loopback') {
    const isRemote = serverClass === '' ? isElsewhere(client, clientClass) : serverClass !== 'loopback';
    return isRemote && (client === '' || client !== server) ? wrong('low') : right;
  }
  if (serverClass !== '') return host === server ? right : wrong(severity(host, server), server);
  if (first !== host) return wrong(severity(host, first));
  return isPrivateAddress(host) && isOpenNet(clientClass) ? wrong('low', '', true) : right;
}

function enter(state: State, known: Announced, client: string, server: string, f: Fact): void {
  const told = toldAt(state.told, known, client, server);
  if (told === undefined) return;
  told.count++;
  if (f.note !== told.latest) {
    told.latest = f.note;
    addDistinct(told.hosts, hash32(f.note));
    addClass(told, addressClass(f.note));
  }
  const follows = goesOn(state.course, f);
  if (!follows || told.first.length < factLimit) insert(told.first, f, factLimit, inOrder);
  if (!follows || f.rank > told.worstRank) {
    insert(told.worst, f, 1, worstFirst);
    told.worstRank = told.worst[0]?.rank ?? -1;
  }
  keepLast(told.last, f, factLimit, follows);
}

/** Mostly the same as before in the session. */
function toldAt(all: BoundedMap<Told>, known: Announced, client: string, server: string): Told | undefined {
  const before = known.told;
  if (before !== undefined && before.client === client && before.server === server && keepsAll(all)) return before;
  const told = claim(all, `${client}\n${server}`, () => noneTold(client, server));
  if (told !== undefined && told !== before) told.sessions++;
  known.told = told;
  return told;
}

function noneTold(client: string, server: string): Told {
  return {
    client,
    server,
    count: 0,
    sessions: 0,
    hosts: [],
    classes: [],
    latest: '',
    first: [],
    worst: [],
    last: [],
    worstRank: -1,
  };
}

function addClass({ classes }: Told, kind: AddressClass | ''): void {
  if (!classes.includes(kind)) classes.push(kind);
}

function join(into: Told, from: Told): void {
  into.count += from.count;
  into.sessions += from.sessions;
  for (const hash of from.hosts) addDistinct(into.hosts, hash);
  for (const kind of from.classes) addClass(into, kind);
  for (const f of from.first) insert(into.first, f, factLimit, inOrder);
  for (const f of from.worst) insert(into.worst, f, 1, worstFirst);
  into.worstRank = into.worst[0]?.rank ?? -1;
  for (const f of from.last) keepLast(into.last, f, factLimit);
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

function findingsOf(told: Told, steady: number): readonly Finding[] {
  const { server, hosts, classes, first, worst, last } = told;
  const facts = [...first, ...worst, ...last].filter((f, i, all) => all.indexOf(f) === i).sort(inOrder);
  if (server !== '' && hosts.length === 1 && told.sessions >= steady) return [];
  const distinct = { n: hosts.length, atLeast: hosts.length >= distinctLimit };
  return [
    findingOf(meta, {
      severity: severityOf(worst[0]?.rank ?? 0),
      message: `${counted(told.count, 'reply', 'replies')} to PASV name ${listed(facts, 3, distinct)}, ${server === '' ? reasonOf(classes, hosts.length === 1 ? (facts[0]?.note ?? '') : '') : `the server is ${server}`}`,
      subject: subjectOf(told.client, '', first[0]?.session),
      facts,
      count: told.count,
      identity: server,
    }),
  ];
}

/** Why the addresses are wrong where the server's own is not known. `host`: the only one, '' if there are several. */
function reasonOf(classes: readonly (AddressClass | '')[], host: string): string {
  if (classes.length === 1 && classes[0] === 'unspecified') return 'to which nobody can connect';
  if (classes.length === 1 && classes[0] === 'loopback') return 'which is the client’s own host';
  if (isPrivateAddress(host)) return 'a private address, which the client cannot reach';
  return 'another host than before in the same session';
}
