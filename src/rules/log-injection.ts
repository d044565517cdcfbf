/** Input shaped like a log record. */
import type { Rule, RuleMeta } from '../model.ts';
import { counted } from './engine/fact.ts';
import { traitGate } from './engine/gates.ts';
import { named, type Sighting, type Sightings, sightingRule } from './kinds/sightings.ts';
import { textVerbs, traits, traitsOf } from './words/traits.ts';

const meta = {
  id: 'log-injection',
  status: 'stable',
  severity: 'medium',
  group: 'integrity',
  title: 'Input shaped like a log record',
  why: 'A user name or path that looks like a record makes careless readers believe it: logins that never were, or a ban of an innocent address.',
  advice:
    'Do not trust other tools’ counts for this log. The client of this finding is the one that was really connected.',
  falseAlarms: 'Files that are honestly named after log lines or dates; a date alone is not reported in a path.',
  references: ['RFC 5424 §8.2'],
  attack: [],
  cwe: ['CWE-117'],
  verbs: textVerbs,
} satisfies RuleMeta;

export const logInjection: Rule<Sightings> = sightingRule(
  meta,
  () => ({
    by: 'client',
    exchange: (x) =>
      (traitsOf(x.arg) & (traits.record | traits.control)) === 0 && x.verb !== 'USER'
        ? undefined
        : look(x.arg, x.verb === 'USER'),
    bareLogin: (l) => look(l.user, true),
    ambiguous: () => ({ severity: 'medium', note: '' }),
    message: (seen) => {
      const what = named(seen);
      return what === ''
        ? `${counted(seen.count, 'record')} that can be read in more than one way: somebody sent what looks like a record`
        : `${counted(seen.count, 'argument')} shaped like a log record: ${what}`;
    },
  }),
  {
    when: (verb) =>
      traitGate(traits.record | traits.control | traits.backslash | traits.hash | (verb === 'USER' ? traits.blank : 0)),
  },
);

/** Words that daemons write about logins and connections. */
const phrases =
  /(?:OK|FAIL) (?:LOGIN|UPLOAD|DOWNLOAD|MKDIR|DELETE|RENAME)|CONNECT: Client|FTP (?:command|response): Client|Login successful|Login incorrect|Login failed|no such user found|FTP session (?:opened|closed)|SECURITY VIOLATION|Maximum login attempts|is now logged in|Authentication failed for user|FTP LOGIN|ANONYMOUS FTP LOGIN|failed login|logged in\b|authentication failure|New connection from|Accepted password/i;
const structure =
  /\[pid \d+\]|\[\d{1,7}\]:|Client "|\bfrom \d{1,3}(?:\.\d{1,3}){3}|\(\S*@?\d{1,3}(?:\.\d{1,3}){3}|\[\d{1,3}(?:\.\d{1,3}){3}\]|rhost=/;
const stamp =
  /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]\d \d\d:\d\d:\d\d|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]\d \d\d:\d\d:\d\d|\b\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d/;
const terminal = /\x1b[[\]]|\r\n|\n|\\x1b\[|#012/;
const lookLimit = 1024;

function look(arg: string, isName: boolean): Sighting | undefined {
  if (
    arg.length < 8 ||
    (isName &&
      !arg.includes(' ') &&
      !arg.includes('[') &&
      !arg.includes('\n') &&
      !arg.includes('\\') &&
      !arg.includes('\x1b') &&
      !arg.includes('#'))
  )
    return undefined;
  const text = arg.length > lookLimit ? arg.slice(0, lookLimit) : arg;
  const signs = Number(phrases.test(text)) + Number(structure.test(text)) + Number(stamp.test(text));
  const forged = isName ? signs > 0 : signs > 1;
  return forged || terminal.test(text) ? { severity: 'medium', note: arg } : undefined;
}
