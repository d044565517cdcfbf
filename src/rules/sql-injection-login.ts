/** SQL in the user name. */
import type { Rule, RuleMeta } from '../model.ts';
import { counted } from './engine/fact.ts';
import { traitGate } from './engine/gates.ts';
import { named, type Sighting, type Sightings, sightingRule } from './kinds/sightings.ts';
import { traits, traitsOf } from './words/traits.ts';

const meta = {
  id: 'sql-injection-login',
  status: 'stable',
  severity: 'medium',
  group: 'integrity',
  title: 'SQL in the user name',
  why: 'Servers that keep their users in a database build a query from the name. One that does not quote it lets anybody in, as any user (mod_sql of ProFTPD did).',
  advice: 'Check whether the login succeeded, keep the database module up to date, and block the client.',
  falseAlarms: 'A quote alone is a name like O’Brien, and not reported.',
  references: ['CVE-2009-0542'],
  attack: ['T1190'],
  cwe: ['CWE-89'],
  verbs: ['USER'],
} satisfies RuleMeta;

export const sqlInjectionLogin: Rule<Sightings> = sightingRule(
  meta,
  () => ({
    by: 'client',
    exchange: (x) => look(x.arg),
    bareLogin: (l) => look(l.user),
    message: (seen) => `${counted(seen.count, 'user name')} with SQL: ${named(seen)}`,
  }),
  { when: () => traitGate(traits.query) },
);

/** What ends the name that the server put in quotes or brackets. */
const out = '[\'"`;)].*';
const sql: readonly RegExp[] = [
  /\b(?:or|and|xor|having)\b\s*(?:not\s+)?["'(]*\s*[\w'"]*\s*["')]*\s*(?:=|<|>|\blike\b|\bis\b|\bin\b|\bbetween\b)/i,
  /\bunion\b(?:\s|\/\*.*?\*\/)+(?:all\s+)?\bselect\b/i,
  new RegExp(`${out}\\bselect\\b.+\\bfrom\\b|\\(\\s*select\\b.+\\bfrom\\b`, 'i'),
  new RegExp(
    `${out}(?:\\binsert\\s+into\\b|\\bdrop\\s+(?:table|database)\\b|\\bdelete\\s+from\\b|\\bupdate\\b.+\\bset\\b|\\bwaitfor\\s+delay\\b|\\bxp_\\w+|\\border\\s+by\\s+\\d)`,
    'i',
  ),
  new RegExp(
    `(?:${out}|\\b(?:select|and|or)\\b.*)\\b(?:sleep|benchmark|pg_sleep|extractvalue|load_file|concat|char)\\s*\\(`,
    'i',
  ),
  /['"]\s*\|\|\s*['"]/,
];
const comment = /(['"])\s*\)*\s*(?:--|#|\/\*|;)/;

/** The longest name that is looked at. */
const lookLimit = 512;

function look(name: string): Sighting | undefined {
  if (name.length < 4 || (traitsOf(name) & traits.query) === 0) return undefined;
  const text = name.slice(0, lookLimit);
  return sql.some((pattern) => pattern.test(text)) || cutsOff(text) ? { severity: 'medium', note: name } : undefined;
}

/** A quote that opens nothing, then a comment or the end of the query: `admin'--`. Quotes in pairs are a nickname's. */
function cutsOff(text: string): boolean {
  const quote = comment.exec(text)?.[1];
  return quote !== undefined && text.split(quote).length % 2 === 0;
}
