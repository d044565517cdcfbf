/** A path climbs out of the root. */
import type { Exchange, Rule, RuleMeta } from '../model.ts';
import { counted } from './engine/fact.ts';
import { traitGate } from './engine/gates.ts';
import { workOf } from './engine/work.ts';
import { named, type Sightings, sightingRule } from './kinds/sightings.ts';
import { refused, type Trail } from './words/paths.ts';
import { textVerbs, traits, traitsOf } from './words/traits.ts';

const meta = {
  id: 'directory-traversal',
  status: 'stable',
  severity: 'high',
  group: 'integrity',
  title: 'A path climbs out of the root',
  why: 'With `..`, plain or encoded, a client tries to leave the directory it was given. Where the server lets it, passwords and configurations lie open.',
  advice: 'Lock users into their directory (chroot), keep the server up to date, and check what was fetched.',
  falseAlarms:
    'CDUP, `CWD ..`, names with dots such as `a..b` and paths that stay inside the tree are not reported; two levels above the start in one command are.',
  references: ['RFC 2577 §6', 'CVE-2019-12815'],
  attack: ['T1083'],
  cwe: ['CWE-22'],
  verbs: textVerbs,
  thresholds: { levels: 2 },
} satisfies RuleMeta;

const notPaths: ReadonlySet<string> = new Set([
  'USER',
  'PASS',
  'ACCT',
  'PORT',
  'EPRT',
  'TYPE',
  'MODE',
  'STRU',
  'AUTH',
  'PBSZ',
  'PROT',
  'OPTS',
  'CLNT',
  'HOST',
  'LANG',
  'FEAT',
  'SYST',
  'NOOP',
  'QUIT',
  'PASV',
  'EPSV',
  'REST',
  'ALLO',
]);

export const directoryTraversal: Rule<Sightings> = sightingRule(
  meta,
  (t) => ({
    by: 'client',
    exchange(x) {
      if ((traitsOf(x.arg) & traits.climb) === 0 || notPaths.has(x.verb) || !climbs(x, t.levels)) return undefined;
      return { severity: refused(x) ? 'medium' : 'high', note: x.arg };
    },
    message: (seen) =>
      `${counted(seen.count, 'path')} out of the root: ${named(seen)}${seen.worst.rank >= 3 ? '' : ', all refused'}`,
  }),
  { when: () => traitGate(traits.climb) },
);

/** Depth below the start, or below `/` once a path named it. */
function depthOf(trail: Trail | undefined): number {
  let depth = 0;
  let isAbsolute = false;
  for (const path of trail ?? []) {
    const absolute = path.startsWith('/') || path.startsWith('\\');
    isAbsolute ||= absolute;
    depth = walked(path, absolute ? 0 : depth).end;
    if (isAbsolute && depth < 0) depth = 0;
  }
  return depth;
}

function climbs(x: Exchange, levels: number): boolean {
  if (isEncoded(x.arg)) return true;
  const path = x.verb === 'SITE' ? x.arg.slice(x.arg.lastIndexOf(' ') + 1) : x.arg;
  const absolute = path.startsWith('/');
  const trail = absolute ? undefined : workOf(x.session)?.trail;
  if (!absolute && trail === undefined && !x.session.sawStart && x.session.user === '') return upsOf(path) >= 4;
  const { lowest, ups } = walked(path, depthOf(trail));
  return ups >= levels && -lowest >= levels;
}

/** Depth at the end and at the lowest point of a path that begins at `depth`, and how many `..` it has. */
function walked(path: string, from: number): { readonly end: number; readonly lowest: number; readonly ups: number } {
  let depth = from;
  let lowest = from;
  let ups = 0;
  for (const part of path.split(/[/\\]/)) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      depth--;
      ups++;
    } else depth++;
    if (depth < lowest) lowest = depth;
  }
  return { end: depth, lowest, ups };
}

function upsOf(path: string): number {
  return walked(path, 0).ups;
}

/** `..%2f`, `%2e%2e`, over-long UTF-8, `....//`, and the same encoded twice. */
const encoded =
  /\.\.(?:%2f|%5c|%255c|%252f|%c0%af|%c1%9c|%c0%9v)|%2e%2e(?:[/\\]|%2f|%5c)|(?:%c0%ae|%252e|%e0%80%ae){2}|(?:%c0%ae){1,2}[/\\]|(?:^|[/\\])(?:\.{4}\/\/|\.{3,}[/\\]\.{3,}[/\\])|\xc0\xae\xc0\xae|\xc0\xaf/i;

function isEncoded(arg: string): boolean {
  if (!arg.includes('%') && !arg.includes('...') && !arg.includes('\xaf') && !arg.includes('\xae')) return false;
  return encoded.test(arg.length > 1024 ? arg.slice(0, 1024) : arg);
}
