/** A known back door's knock. */
import type { Rule, RuleMeta } from '../model.ts';
import { counted } from './engine/fact.ts';
import { gates, traitGate } from './engine/gates.ts';
import { named, type Sighting, type Sightings, sightingRule } from './kinds/sightings.ts';
import { traits } from './words/traits.ts';

const meta = {
  id: 'backdoor-trigger',
  status: 'stable',
  severity: 'critical',
  group: 'integrity',
  title: 'A known back door’s knock',
  why: 'Two daemons were once distributed with a back door: a user name that ends in a smiley opens a root shell in vsftpd 2.3.4, HELP with a certain word in ProFTPD 1.3.3c.',
  advice:
    'Check that the daemon is a clean, current version. On vsftpd look for a listener on port 6200 at that time; if there was one, treat the machine as taken over.',
  falseAlarms: 'Your own vulnerability scans. A smiley in a path or password is harmless and not reported.',
  references: ['CVE-2011-2523', 'CVE-2010-20103'],
  attack: ['T1190'],
  cwe: ['CWE-912'],
  verbs: ['USER', 'HELP'],
} satisfies RuleMeta;

export const backdoorTrigger: Rule<Sightings> = sightingRule(
  meta,
  () => ({
    by: 'client',
    exchange(x) {
      if (x.verb === 'USER') return smiley(x.arg);
      return x.arg.trim().toUpperCase() === 'ACIDBITCHEZ'
        ? { severity: 'critical', note: 'HELP ACIDBITCHEZ' }
        : undefined;
    },
    bareLogin: (l) => smiley(l.user),
    message: (seen) => `${counted(seen.count, 'knock')} at a back door: ${named(seen)}`,
  }),
  { when: (verb) => (verb === 'USER' ? traitGate(traits.record) : gates.always) },
);

function smiley(user: string): Sighting | undefined {
  return user.endsWith(':)') ? { severity: 'critical', note: `USER ${user}` } : undefined;
}
