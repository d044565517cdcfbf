/** The log itself holds a password. */
import type { Rule, RuleMeta } from '../model.ts';
import { counted } from './engine/fact.ts';
import { gates } from './engine/gates.ts';
import { type Sightings, sightingRule } from './kinds/sightings.ts';
import { isAnonymousSession } from './words/users.ts';

const meta = {
  id: 'password-exposed-in-log',
  status: 'stable',
  severity: 'medium',
  group: 'confidentiality',
  title: 'The log itself holds a password',
  why: 'Logs are copied, mailed, attached to tickets and kept for years. A password in one of them belongs to everybody who ever reads it.',
  advice:
    'Change the password, mask or delete the file, and switch the program that wrote it to a level that hides PASS.',
  falseAlarms:
    'Anonymous passwords are no secret and not reported. A mask of an unknown program may be taken for a password; a run of one character is not.',
  references: ['RFC 959 §4.1.1'],
  attack: ['T1552.001'],
  cwe: ['CWE-532'],
  verbs: ['PASS', 'ACCT', 'SITE'],
} satisfies RuleMeta;

export const passwordExposedInLog: Rule<Sightings> = sightingRule(
  meta,
  () => ({
    by: 'account',
    exchange: (x) =>
      x.secret === 'exposed' && !isAnonymousSession(x.session) ? { severity: 'medium', note: x.verb } : undefined,
    message: (seen) => `${counted(seen.count, 'line')} of the log with a password in clear (not repeated here)`,
  }),
  { when: () => gates.exposed },
);
