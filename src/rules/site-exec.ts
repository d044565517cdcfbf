/** SITE EXEC is tried. */
import type { Rule, RuleMeta } from '../model.ts';
import { siteVerb } from '../protocol/commands.ts';
import { counted } from './engine/fact.ts';
import { type Sightings, sightingRule } from './kinds/sightings.ts';

const meta = {
  id: 'site-exec',
  status: 'stable',
  severity: 'high',
  group: 'integrity',
  title: 'SITE EXEC is tried',
  why: 'SITE EXEC runs a program on the server. Old daemons allowed it, and broke on it; no client of today sends it.',
  advice: 'If it was answered with success, take the server off the net. Else block the client.',
  falseAlarms: 'Administrators of very old installations.',
  references: ['CVE-1999-0080', 'CVE-2000-0573'],
  attack: ['T1190', 'T1059'],
  cwe: ['CWE-78'],
  verbs: ['SITE'],
} satisfies RuleMeta;

export const siteExec: Rule<Sightings> = sightingRule(meta, () => ({
  by: 'client',
  exchange(x) {
    if (siteVerb(x.arg) !== 'SITE EXEC') return undefined;
    return { severity: x.outcome === 'completed' ? 'critical' : 'high', note: String(x.code) };
  },
  message: (seen) => `${counted(seen.count, 'SITE EXEC')}${seen.worst.rank >= 4 ? ', carried out' : ''}`,
}));
