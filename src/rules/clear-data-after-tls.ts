/** The control connection is encrypted, the data connection is not. */
import type { Rule, RuleMeta } from '../model.ts';
import { rankOf } from '../severity.ts';
import { counted, exchangeFact } from './engine/fact.ts';
import { gates } from './engine/gates.ts';
import { keep, recall } from './engine/memory.ts';
import { sight, type Watch, watchingRule } from './kinds/sightings.ts';

const meta = {
  id: 'clear-data-after-tls',
  status: 'stable',
  severity: 'medium',
  group: 'confidentiality',
  title: 'Control connection encrypted, data connection not',
  why: 'The password is safe, the files and listings are not: without an accepted PROT P they cross the wire in clear, although everybody believes that TLS is on.',
  advice: 'Let the server require PROT P, and set the client to protect data as well.',
  falseAlarms: 'A log that does not show PROT. Listings are data too.',
  references: ['RFC 4217 §9', 'RFC 2228 §3'],
  attack: ['T1040'],
  cwe: ['CWE-319'],
  verbs: ['AUTH', 'PROT', 'RETR', 'STOR', 'APPE', 'STOU', 'LIST', 'NLST', 'MLSD'],
} satisfies RuleMeta;

/** Remembers: the protection in force for sessions whose AUTH was seen, `P` or `C`. */
export const clearDataAfterTls: Rule<Watch<string>> = watchingRule(
  meta,
  () => ({
    exchange(state, x) {
      const { encrypted, loggedIn } = x.session;
      if (!encrypted) return;
      if (x.verb === 'AUTH') {
        if (x.code === 234) keep(state, x.session, 'C');
      } else if (x.verb === 'PROT') {
        if (x.outcome === 'completed') keep(state, x.session, x.arg.trim().toUpperCase() || 'P');
      } else if (loggedIn && x.outcome === 'completed') {
        const level = recall(state, x.session);
        if (level === undefined || level === 'P' || level === 'E') return;
        sight(state.seen, 'account', exchangeFact(x, x.verb, rankOf('medium')));
      }
    },
    message: (seen) => `${counted(seen.count, 'transfer')} in clear over a connection that had asked for TLS`,
  }),
  { when: () => gates.encrypted },
);
