/** Rights are opened up. */
import type { Exchange, Rule, RuleMeta } from '../model.ts';
import { siteVerb } from '../protocol/commands.ts';
import { counted, doneOrAsked } from './engine/fact.ts';
import { named, type Sighting, type Sightings, sightingRule } from './kinds/sightings.ts';
import { accepted } from './words/paths.ts';

const meta = {
  id: 'site-chmod-dangerous',
  status: 'stable',
  severity: 'medium',
  group: 'integrity',
  title: 'Rights are opened up',
  why: 'A file that everybody may write, or that runs with the rights of its owner, is what a planted script needs and what the next intruder looks for.',
  advice: 'Set the rights back (644, 755; 640 for secrets) and look at what was uploaded before.',
  falseAlarms: 'Owners who give 777 to a cache or upload directory because an installer told them to.',
  references: [],
  attack: ['T1222.002'],
  cwe: ['CWE-732'],
  verbs: ['SITE'],
} satisfies RuleMeta;

export const siteChmodDangerous: Rule<Sightings> = sightingRule(meta, () => ({
  by: 'account',
  exchange: look,
  message: (seen) =>
    `${counted(seen.count, 'time')} rights ${doneOrAsked(seen.facts, 'opened', 'asked to be opened')} to everybody, or setuid: ${named(seen)}`,
}));

function look(x: Exchange): Sighting | undefined {
  if (siteVerb(x.arg) !== 'SITE CHMOD' || !accepted(x)) return undefined;
  const rest = x.arg.slice(6).trim();
  const blank = rest.indexOf(' ');
  const mode = blank < 0 ? rest : rest.slice(0, blank);
  return isDangerous(mode) ? { severity: 'medium', note: rest } : undefined;
}

function isDangerous(mode: string): boolean {
  if (/^[0-7]{3,5}$/.test(mode)) {
    const bits = Number.parseInt(mode, 8);
    return (bits & 0o2) !== 0 || (bits & 0o6000) !== 0;
  }
  return mode
    .split(',')
    .some(
      (part) =>
        /^[ugoa]*[oa][ugoa]*[+=][rxXst]*w/.test(part) || /^[+=][rx]*w/.test(part) || /^[uga]*[+=][rwx]*s/.test(part),
    );
}
