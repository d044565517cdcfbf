/** PORT or EPRT asks the server to connect to somebody else, or to a port below 1024. */
import type { Exchange, Rule, RuleMeta, Severity } from '../model.ts';
import { addressClass, endpointText, type HostPort, isPrivateAddress } from '../protocol/host-port.ts';
import { counted, doneOrAsked, type Fact, listed } from './engine/fact.ts';
import { type Sighting, type Sightings, sightingRule } from './kinds/sightings.ts';
import { isOwn, targetOf } from './words/bounce.ts';

const meta = {
  id: 'bounce-port',
  status: 'stable',
  severity: 'high',
  group: 'reconnaissance',
  title: 'PORT or EPRT points to somebody else, or below port 1024',
  why: 'The server is asked to open a connection to a third party. That hides the client, reaches hosts behind the firewall of the server, and can carry commands to other services (bounce attack).',
  advice:
    'Let the server refuse addresses other than the client’s and ports below 1024; allow server-to-server transfers only between named hosts.',
  falseAlarms:
    'Active mode behind NAT, where the client names its private address (reported as low), and FXP between own servers (allow-list them).',
  references: ['RFC 2577 §3', 'CVE-1999-0017'],
  attack: ['T1090'],
  cwe: ['CWE-441'],
  verbs: ['PORT', 'EPRT', 'LPRT'],
  thresholds: { lowestPort: 1024 },
} satisfies RuleMeta;

export const bouncePort: Rule<Sightings> = sightingRule(meta, (t) => ({
  by: 'client',
  exchange: (x) => look(x, t.lowestPort),
  message: ({ count, facts }) =>
    `${counted(count, 'data connection')} to ${listed(facts)} asked for${grantedText(facts)}, which is not the client’s own high port`,
}));

/** Granted is what a 2yz answered, and nothing else. */
function grantedText(facts: readonly Fact[]): string {
  if (!facts.some((f) => f.done)) return '';
  return doneOrAsked(facts, ' and granted', ', some of them granted');
}

function look(x: Exchange, lowestPort: number): Sighting | undefined {
  const target = targetOf(x);
  if (target === undefined) return undefined;
  const own = isOwn(x.session.client, target.host);
  if (own && target.port >= lowestPort) return undefined;
  return { severity: severityOf(x, target, own), note: endpointText(target.host, target.port) };
}

function severityOf(x: Exchange, target: HostPort, own: boolean): Severity {
  const { client } = x.session;
  if (!own && target.port >= 1024 && isPrivateAddress(target.host) && addressClass(client) === 'public') return 'low';
  if (!own && client.includes(':') !== target.host.includes(':')) return 'low';
  // 425: the server tried to connect
  return x.outcome === 'completed' || x.code === 425 ? 'high' : 'medium';
}
