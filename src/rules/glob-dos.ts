/** Patterns that explode. */
import type { Exchange, Rule, RuleMeta } from '../model.ts';
import { counted } from './engine/fact.ts';
import { traitGate } from './engine/gates.ts';
import { named, type Sightings, sightingRule } from './kinds/sightings.ts';
import { traits } from './words/traits.ts';

const meta = {
  id: 'glob-dos',
  status: 'stable',
  severity: 'medium',
  group: 'availability',
  title: 'Patterns that explode',
  why: 'A pattern with wildcards at every level makes the server walk the whole tree again and again, until processor and memory are gone. One line is enough.',
  advice: 'Limit memory and time of a session, switch recursive patterns off, and keep the C library up to date.',
  falseAlarms: '`*.txt`, `docs/*`, `{{name}}` and the like are not reported.',
  references: ['CVE-2010-2632', 'CVE-2011-0762'],
  attack: ['T1499.004'],
  cwe: ['CWE-400'],
  verbs: ['LIST', 'NLST', 'STAT', 'MLSD', 'MLST', 'RETR', 'CWD'],
  thresholds: { components: 3 },
} satisfies RuleMeta;

export const globDos: Rule<Sightings> = sightingRule(
  meta,
  (t) => ({
    by: 'client',
    exchange: (x) => (explodes(patternOf(x), t.components) ? { severity: 'medium', note: x.arg } : undefined),
    message: (seen) => `${counted(seen.count, 'pattern')} that may explode: ${named(seen)}`,
  }),
  { when: () => traitGate(traits.wild) },
);

/** Where a secret was hidden in a name, three stars are its mask. */
function patternOf(x: Exchange): string {
  return x.secret === '' ? x.arg : x.arg.replace(/(?<!\*)\*{3}(?!\*)/g, '-');
}

function explodes(arg: string, components: number): boolean {
  if (arg.length < 5 || (!arg.includes('*') && !arg.includes('{') && !arg.includes('?'))) return false;
  return (arg.includes('*') && wildParts(arg) >= components) || climbs(arg) || nestedBraces(arg) || stars(arg);
}

/** Components that hold a wildcard. */
function wildParts(arg: string): number {
  let parts = 0;
  let isWild = false;
  for (let i = 0; i < arg.length; i++) {
    const c = arg.charCodeAt(i);
    if (c === 47) isWild = false;
    else if (!isWild && (c === 42 || c === 63 || c === 123)) {
      isWild = true;
      parts++;
    }
  }
  return parts;
}

/** `*` and `..` in turn, twice. */
function climbs(arg: string): boolean {
  const first = arg.indexOf('*/../');
  return first >= 0 && arg.indexOf('*/..', first + 4) > 0;
}

/**
 * Alternatives in alternatives, or three groups of them in a row: each multiplies the rest. `{name}` has none, and is a
 * name; four braces that open in each other are no name.
 */
function nestedBraces(arg: string): boolean {
  let depth = 0;
  let groups = 0;
  /** Depths whose group holds a comma, as bits. */
  let several = 0;
  for (let i = 0; i < arg.length; i++) {
    const c = arg.charCodeAt(i);
    if (c === 123) {
      if (++depth > 3) return true;
      several &= ~(1 << depth);
    } else if (c === 44 && depth > 0) several |= 1 << depth;
    else if (c === 125 && depth > 0) {
      if ((several & (1 << depth)) !== 0 && (depth > 1 || ++groups > 2)) return true;
      depth--;
    }
  }
  return false;
}

/** More stars than any name needs, as in `*a*b*c*d*`; stars in a row are one. */
function stars(arg: string): boolean {
  let n = 0;
  for (let i = 0; i < arg.length; i++) if (arg.charCodeAt(i) === 42 && arg.charCodeAt(i - 1) !== 42) n++;
  return n >= 8;
}
