/** A password crossed the wire unprotected. */
import type { Rule, RuleMeta, Session } from '../model.ts';
import { counted } from './engine/fact.ts';
import { type Sightings, sightingRule } from './kinds/sightings.ts';
import { isAnonymousSession } from './words/users.ts';

const meta = {
  id: 'cleartext-login',
  status: 'stable',
  severity: 'info',
  group: 'confidentiality',
  title: 'A password crossed the wire unprotected',
  why: 'Whoever sees the packets of the control connection has the password. It is still the normal state of FTP, so this is a fact for an audit, not an alarm.',
  advice: 'Offer AUTH TLS on the server, then require it, account by account.',
  falseAlarms:
    'Implicit TLS shows no AUTH: where neither a line says so nor the port is 990, it looks like a password in clear. A tunnel below FTP does not show at all.',
  references: ['RFC 4217 §4', 'RFC 2577 §5'],
  attack: ['T1040'],
  cwe: ['CWE-319'],
  verbs: ['PASS'],
} satisfies RuleMeta;

export const cleartextLogin: Rule<Sightings> = sightingRule(meta, () => ({
  by: 'user',
  exchange(x) {
    if (x.outcome !== 'completed' || x.inferred || x.session.encrypted || isImplicit(x.session)) return undefined;
    const { user, sawStart } = x.session;
    if (user === '' && !sawStart) return undefined;
    return isAnonymousSession(x.session) ? undefined : { severity: 'info', note: x.session.client };
  },
  bareLogin(l) {
    const { session } = l;
    // A record that says so.
    if (!l.ok || !session.clear || session.encrypted || l.anonymous) return undefined;
    return { severity: 'info', note: session.client };
  },
  message: (seen) => `${counted(seen.count, 'login')} with a password in clear`,
}));

/** Port 990 is that of FTP over TLS from the first octet on; no line of the log needs to say so. */
function isImplicit({ serverPort }: Session): boolean {
  return serverPort === 990;
}
