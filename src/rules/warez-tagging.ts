/** Anonymous marks or hides directories. */
import type { Exchange, Rule, RuleMeta } from '../model.ts';
import { counted } from './engine/fact.ts';
import { gates } from './engine/gates.ts';
import { named, type Sighting, type Sightings, sightingRule } from './kinds/sightings.ts';
import { baseName, refused } from './words/paths.ts';
import { isAnonymousSession } from './words/users.ts';

const meta = {
  id: 'warez-tagging',
  status: 'stable',
  severity: 'medium',
  group: 'integrity',
  title: 'Anonymous marks or hides directories',
  why: 'Those who trade stolen files mark the servers they may write to, with a time stamp, and hide their directories behind blanks, dots or device names.',
  advice:
    'Take write access away from anonymous and remove the directories (some names need a tool other than the file manager).',
  falseAlarms: 'Own users are not looked at, nor are date directories such as 20260310.',
  references: ['RFC 2577 §9'],
  attack: ['T1608.001'],
  cwe: ['CWE-434'],
  verbs: ['MKD', 'XMKD', 'STOR', 'APPE', 'RNTO'],
} satisfies RuleMeta;

export const warezTagging: Rule<Sightings> = sightingRule(
  meta,
  () => ({
    by: 'client',
    exchange: look,
    message: (seen) => `${counted(seen.count, 'tag')} of anonymous: ${named(seen)}`,
  }),
  { when: () => gates.anonymous },
);

function look(x: Exchange): Sighting | undefined {
  if (!isAnonymousSession(x.session) || x.code === 530) return undefined;
  const name = baseName(x.arg);
  const tagged = isTag(name) || (x.verb === 'STOR' && isProbe(name)) || (x.verb !== 'STOR' && isHidden(name));
  return tagged ? { severity: refused(x) ? 'low' : 'medium', note: x.arg } : undefined;
}

const stamp = /^\d{12}p$/i;
const text =
  /\b(?:tagged|scanned|pubbed|filled|hacked|owned)[ ._-]?(?:by|for)\b|\bno[ ._-]?delete\b|\bdo[ ._-]?not[ ._-]?delete\b/i;

function isTag(name: string): boolean {
  return stamp.test(name) || text.test(name);
}

/** Test files of Grim's Ping and its kin: speed and script tests. */
function isProbe(name: string): boolean {
  return /^\d{1,4}[km]b(?:\.\w{1,4})?$/i.test(name) || /^space\.asp$/i.test(name) || /^(?:1mb|speed)test\b/i.test(name);
}

const device = /^(?:com[1-9]|lpt[1-9]|aux|prn|nul|con)(?:\.|$)/i;

/** Dots, blanks or control signs only, blanks at either end, or names of devices. */
function isHidden(name: string): boolean {
  if (name === '' || name === '.' || name === '..') return false;
  return (
    /^[. \x00-\x1f\x7f~\xa0]+$/.test(name) ||
    /^\s|\s$/.test(name) ||
    device.test(name.trim()) ||
    /[\x00-\x1f\x7f]/.test(name)
  );
}
