/** Anonymous stored a file. */
import type { Rule, RuleMeta } from '../model.ts';
import { counted } from './engine/fact.ts';
import { named, type Sightings, sightingRule } from './kinds/sightings.ts';
import { anyFile } from './words/names.ts';
import { isAnonymousSession } from './words/users.ts';

const meta = {
  id: 'anonymous-upload',
  status: 'stable',
  severity: 'high',
  group: 'integrity',
  title: 'Anonymous stored a file',
  why: 'A server on which anybody may store is used to pass on stolen files, malware and worse, in your name.',
  advice:
    'Take write access away from anonymous, or make the drop box unreadable and its files unlistable. Look at what was stored.',
  falseAlarms: 'Intended drop boxes (allow-list the directory). Refused tries are not reported.',
  references: ['RFC 2577 §9'],
  attack: ['T1105'],
  cwe: ['CWE-306'],
} satisfies RuleMeta;

export const anonymousUpload: Rule<Sightings> = sightingRule(
  meta,
  () => ({
    by: 'client',
    transfer: (x) =>
      x.direction === 'upload' && x.complete && isAnonymousSession(x.session)
        ? { severity: 'high', note: x.path }
        : undefined,
    message: (seen) => `${counted(seen.count, 'file')} stored by anonymous: ${named(seen)}`,
  }),
  { moves: { upload: anyFile } },
);
