/** A known scanner's handwriting. */
import type { Exchange, Rule, RuleMeta } from '../model.ts';
import { counted } from './engine/fact.ts';
import { traitGate } from './engine/gates.ts';
import { named, type Sighting, type Sightings, sightingRule } from './kinds/sightings.ts';
import { baseName } from './words/paths.ts';
import { traits } from './words/traits.ts';

const meta = {
  id: 'scanner-signature',
  status: 'stable',
  severity: 'medium',
  group: 'reconnaissance',
  title: 'A known scanner’s handwriting',
  why: 'Some scanners log in with a password, or make a directory, that nothing else in the world uses. They look for servers to store on or to break into.',
  advice:
    'If it is not your own scan, block the client, and see what it found out: whether it could write, and reach other hosts.',
  falseAlarms: 'Your own vulnerability scans (allow-list the scanner).',
  references: [],
  attack: ['T1595.002'],
  cwe: [],
  verbs: ['USER', 'MKD', 'XMKD', 'STOR', 'CWD', 'RMD'],
} satisfies RuleMeta;

export const scannerSignature: Rule<Sightings> = sightingRule(
  meta,
  () => ({
    by: 'client',
    exchange: look,
    login: (l) => (l.secret === 'scanner' ? found('password of a scanner') : undefined),
    message: (seen) => `${counted(seen.count, 'sign')} of a scanner: ${named(seen)}`,
  }),
  { when: () => traitGate(traits.scanner) },
);

function look(x: Exchange): Sighting | undefined {
  if (x.verb === 'USER') return x.arg === 'opie' ? found('user opie') : undefined;
  const name = baseName(x.arg).toLowerCase();
  return name.startsWith('nessus') || name.startsWith('openvas') ? found(name) : undefined;
}

function found(note: string): Sighting {
  return { severity: 'medium', note };
}
