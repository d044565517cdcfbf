/** printf directives as input. */
import type { Rule, RuleMeta } from '../model.ts';
import { isDigit } from '../text.ts';
import { counted } from './engine/fact.ts';
import { traitGate } from './engine/gates.ts';
import { named, type Sighting, type Sightings, sightingRule } from './kinds/sightings.ts';
import { textVerbs, traits, traitsOf } from './words/traits.ts';

const meta = {
  id: 'format-string',
  status: 'stable',
  severity: 'medium',
  group: 'integrity',
  title: 'printf directives as input',
  why: 'A daemon that passes input to printf as the format gives away its memory (%x, %s) and lets it be written (%n). FTP daemons did that, for instance in SITE EXEC and in their logging.',
  advice: 'Check whether the daemon went down at that time, keep it up to date, and block the client.',
  falseAlarms: 'Percentages (`50%off`), single percent signs and percent-encoded names are not reported.',
  references: ['CVE-2000-0573', 'CVE-2001-0187'],
  attack: ['T1190'],
  cwe: ['CWE-134'],
  verbs: textVerbs,
  thresholds: { directives: 3 },
} satisfies RuleMeta;

export const formatString: Rule<Sightings> = sightingRule(
  meta,
  (t) => ({
    by: 'client',
    exchange: (x) => ((traitsOf(x.arg) & traits.percent) === 0 ? undefined : look(x.arg, t.directives)),
    bareLogin: (l) => (l.user.includes('%') ? look(l.user, t.directives) : undefined),
    message: (seen) => `${counted(seen.count, 'argument')} with printf directives: ${named(seen)}`,
  }),
  { when: () => traitGate(traits.percent) },
);

const directive = /%(?:\d+\$)?[-+#0]{0,3}\d{0,5}(?:\.\d{1,4})?(?:hh|h|ll|l|q|j|z|t|L)?([diouxXscpn])/g;

function look(arg: string, atLeast: number): Sighting | undefined {
  let n = 0;
  for (const match of arg.matchAll(directive)) {
    if (isEncoded(arg, match.index) || isPercentage(arg, match.index)) continue;
    n++;
    if (match[1] === 'n' && !isLetter(arg, match.index + match[0].length)) n += atLeast;
  }
  return n >= atLeast ? { severity: 'medium', note: arg } : undefined;
}

/** `%20`, `%d0`: an octet of a URL. `%08x` is not: nobody encodes a backspace in front of an x. */
function isEncoded(arg: string, at: number): boolean {
  if (!/^%[0-9A-Fa-f]{2}/.test(arg.slice(at, at + 3))) return false;
  return !/^%0\d+[xXp]/.test(arg.slice(at, at + 6));
}

/** `50%off`, `100%n`: what stands before the sign is a number. In `%08x%08x` a directive stands there. */
function isPercentage(text: string, at: number): boolean {
  return at > 0 && isDigit(text, at - 1);
}

/** `100%neu.txt` is a name, `%n%n` is not. */
function isLetter(text: string, at: number): boolean {
  const c = text.charCodeAt(at) | 32;
  return c >= 97 && c <= 122;
}
