/** An anonymous session was opened. */
import type { Rule, RuleMeta } from '../model.ts';
import { counted } from './engine/fact.ts';
import { type Sightings, sightingRule } from './kinds/sightings.ts';

const meta = {
  id: 'anonymous-login',
  status: 'stable',
  severity: 'info',
  group: 'authentication',
  title: 'An anonymous session was opened',
  why: 'Anybody may come in. That is meant so on a public mirror, and a mistake elsewhere.',
  advice:
    'If the server is not meant to be public, switch anonymous access off. If it is, make sure that nothing can be written.',
  falseAlarms: 'Public servers, where it is the purpose.',
  references: ['RFC 1635', 'RFC 2577 §9'],
  attack: ['T1078.001'],
  cwe: ['CWE-306'],
} satisfies RuleMeta;

export const anonymousLogin: Rule<Sightings> = sightingRule(meta, () => ({
  by: 'client',
  login: (l) => (l.ok && l.anonymous ? { severity: 'info', note: l.user } : undefined),
  message: (seen) => `${counted(seen.count, 'anonymous login')}`,
}));
