/** Bytes of another protocol on the control channel. */
import type { Exchange, Finding, RuleMeta } from '../model.ts';
import { foreignVerbs, isVerb } from '../protocol/commands.ts';
import { rankOf } from '../severity.ts';
import { exchangeFact, type Fact, findingOf, listed, subjectOf } from './engine/fact.ts';
import { type GatedRule, gates } from './engine/gates.ts';
import { keep, newSlot, type Remembering, recall } from './engine/memory.ts';
import { inForce } from './engine/thresholds.ts';
import { enter, entries, type Ledgers, ledgers, mergeLedgers } from './kinds/ledger.ts';

const meta = {
  id: 'foreign-protocol',
  status: 'stable',
  severity: 'low',
  group: 'reconnaissance',
  title: 'Bytes of another protocol on the control channel',
  why: 'Somebody speaks HTTP, TLS or SSH to an FTP port: a scanner that tries every protocol, or an attempt to smuggle commands in through another service.',
  advice: 'Nothing by itself. If the client is your own, it uses the wrong port or the wrong kind of TLS.',
  falseAlarms:
    'A browser, or a client set to implicit TLS, pointed at the explicit port by mistake: one TLS hello of a client that also logs in is not reported.',
  references: ['RFC 2577 §3', 'RFC 8446 §4.1.2'],
  attack: ['T1046'],
  cwe: [],
  thresholds: { mediumFrom: 3 },
} satisfies RuleMeta;

/** Connections that spoke another protocol, by client, and clients that logged in. */
export interface Strangers extends Remembering<string> {
  readonly ledgers: Ledgers;
  readonly entered: Set<string>;
}

const clientLimit = 100_000;

export const foreignProtocol: GatedRule<Strangers> = {
  meta,
  when: (verb) => (isVerb(verb) && !foreignVerbs.has(verb) && verb !== 'MAIL' ? gates.never : gates.failed),
  create(thresholds) {
    const t = inForce(meta, thresholds);
    return {
      init: (slots) => ({ slot: newSlot(slots), ledgers: ledgers(), entered: new Set() }),
      exchange(state, x): void {
        if (!x.asked || x.outcome === 'completed' || x.outcome === 'intermediate' || x.outcome === 'preliminary')
          return;
        const protocol = protocolOf(x);
        if (protocol === '' || recall(state, x.session) === protocol) return;
        keep(state, x.session, protocol);
        enter(state.ledgers, x.session.client, exchangeFact(x, protocol, rankOf('low')));
      },
      login(state, l): void {
        if (l.ok && state.entered.size < clientLimit) state.entered.add(l.session.client);
      },
      merge(into, from): void {
        mergeLedgers(into.ledgers, from.ledgers);
        for (const client of from.entered) into.entered.add(client);
      },
      finish: (state): readonly Finding[] =>
        entries(state.ledgers).flatMap(([client, facts]) =>
          told(client, facts, state.entered.has(client), t.mediumFrom),
        ),
    };
  },
};

/** A single TLS hello of a client that also logs in is a wrong setting. */
function told(client: string, facts: readonly Fact[], entered: boolean, mediumFrom: number): readonly Finding[] {
  const sessions = new Set(facts.map((f) => f.session)).size;
  if (sessions === 1 && facts[0]?.note === 'TLS' && entered) return [];
  return [
    findingOf(meta, {
      severity: sessions >= mediumFrom ? 'medium' : 'low',
      message: `${listed(facts, 5).replaceAll("'", '')} spoken on the control connection, in ${sessions} of the client's connections`,
      subject: subjectOf(client, '', facts[0]?.session),
      facts,
      count: sessions,
    }),
  ];
}

const http: ReadonlySet<string> = new Set([
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'OPTIONS',
  'CONNECT',
  'PATCH',
  'DELETE',
  'TRACE',
  'PROPFIND',
  'MKCOL',
]);
const mail: ReadonlySet<string> = new Set(['EHLO', 'HELO', 'RCPT', 'STARTTLS', 'APOP', 'STLS', 'CAPABILITY']);

/** Name of the protocol; '' if it may be FTP. */
function protocolOf(x: Exchange): string {
  const { verb, arg } = x;
  if (verb === '') return arg === '' ? '' : ofBytes(arg);
  const first = verb.charCodeAt(0);
  if (first < 32) return first === 0x16 || first === 0x80 ? 'TLS' : first === 3 ? 'RDP' : 'binary data';
  if (isVerb(verb) && !foreignVerbs.has(verb))
    return verb === 'MAIL' && arg.toUpperCase().startsWith('FROM:') ? 'SMTP' : '';
  if (http.has(verb))
    return arg === '' || arg.startsWith('/') || arg.includes('HTTP/') || arg.startsWith('*') ? 'HTTP' : '';
  if (mail.has(verb)) return 'SMTP';
  if (verb.startsWith('SSH-')) return 'SSH';
  if (verb.startsWith('HTTP/') || isHeader(verb)) return 'HTTP';
  if (first === 42 && /^\*\d+$/.test(verb)) return 'Redis';
  if (first === 63 && isMaskedBinary(verb)) return 'TLS';
  return '';
}

/** The line began with a control character, which is taken for the end of an empty verb: `\x16` of a TLS record `\x16\x03`. */
function ofBytes(rest: string): string {
  const first = rest.charCodeAt(0);
  return first === 3 ? 'TLS' : first < 32 ? 'binary data' : '';
}

/** `USER-AGENT:`, `HOST:`: a header of HTTP became a verb. */
function isHeader(verb: string): boolean {
  return verb.length > 4 && verb.endsWith(':') && /^[A-Z][A-Z-]+:$/.test(verb);
}

/** vsftpd writes every byte outside printable ASCII as `?`; no word of a person begins with three of them. */
function isMaskedBinary(verb: string): boolean {
  return verb.startsWith('???');
}
