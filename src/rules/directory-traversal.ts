/** A path climbs out of the root. */
import type { Exchange, Rule, RuleMeta } from '../model.ts';
import { counted, exchangeFact, listed, rankOf } from './support/fact.ts';
import { accepted, refused } from './support/paths.ts';
import { sight, type Watch, watchingRule } from './support/sightings.ts';
import { traits, traitsOf } from './support/traits.ts';

const meta: RuleMeta = {
  id: 'directory-traversal',
  status: 'stable',
  severity: 'high',
  group: 'integrity',
  title: 'A path climbs out of the root',
  why: 'With `..`, plain or encoded, a client tries to leave the directory it was given. Where the server lets it, passwords and configurations lie open.',
  advice: 'Lock users into their directory (chroot), keep the server up to date, and check what was fetched.',
  falseAlarms: 'CDUP, `CWD ..` and paths that stay inside the tree are not reported; two levels above the start in one command are.',
  references: ['RFC 2577 §6', 'CVE-2019-12815'],
  attack: ['T1083'],
  cwe: ['CWE-22'],
  thresholds: { levels: 2 },
};

/** How deep below its start, or below `/` once it was named, a session stands. */
interface Depth {
  depth: number;
  absolute: boolean;
}

const notPaths: ReadonlySet<string> = new Set(['USER', 'PASS', 'ACCT', 'PORT', 'EPRT', 'TYPE', 'MODE', 'STRU', 'AUTH', 'PBSZ', 'PROT', 'OPTS', 'CLNT', 'HOST', 'LANG', 'FEAT', 'SYST', 'NOOP', 'QUIT', 'PASV', 'EPSV', 'REST', 'ALLO']);

export const directoryTraversal: Rule<Watch<Depth>> = watchingRule<Depth>(meta, (t) => ({
  by: 'client',
  exchange(state, x) {
    if (x.arg === '' && x.verb !== 'CDUP' && x.verb !== 'XCUP') return;
    if ((traitsOf(x.arg) & traits.climb) !== 0 && !notPaths.has(x.verb) && climbs(state, x, t['levels'] ?? 2)) {
      sight(state.seen, 'client', exchangeFact(x, x.arg, rankOf(refused(x) ? 'medium' : 'high')));
    }
    if (x.verb === 'CWD' || x.verb === 'XCWD' || x.verb === 'CDUP' || x.verb === 'XCUP') move(state, x);
  },
  message: (seen) => `${counted(seen.count, 'path')} out of the root: ${listed(seen.facts)}${seen.worst.rank >= 3 ? '' : ', all refused'}`,
}));

function move(state: Watch<Depth>, x: Exchange): void {
  if (!accepted(x)) return;
  const path = x.verb === 'CDUP' || x.verb === 'XCUP' ? '..' : x.arg;
  const before = state.live.get(x.session.id);
  const absolute = path.startsWith('/') || path.startsWith('\\');
  const walk = walked(path, absolute ? 0 : (before?.depth ?? 0));
  const isAbsolute = absolute || (before?.absolute ?? false);
  const depth = isAbsolute ? Math.max(0, walk.end) : walk.end;
  if (before !== undefined) {
    before.depth = depth;
    before.absolute = isAbsolute;
  } else if (depth !== 0 || isAbsolute) state.live.set(x.session.id, { depth, absolute: isAbsolute });
}

function climbs(state: Watch<Depth>, x: Exchange, levels: number): boolean {
  if (isEncoded(x.arg)) return true;
  const path = x.verb === 'SITE' ? x.arg.slice(x.arg.lastIndexOf(' ') + 1) : x.arg;
  const absolute = path.startsWith('/');
  const start = absolute ? undefined : state.live.get(x.session.id);
  if (!absolute && start === undefined && !x.session.sawStart && x.session.user === '') return upsOf(path) >= 4;
  const { lowest, ups } = walked(path, absolute ? 0 : (start?.depth ?? 0));
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

/** `..%2f`, `%2e%2e`, `..\`, over-long UTF-8, `....//`, and the same encoded twice. */
const encoded = /\.\.(?:%2f|%5c|%255c|%252f|%c0%af|%c1%9c|%c0%9v|\\)|%2e%2e(?:[/\\]|%2f|%5c)|(?:%c0%ae|%252e|%e0%80%ae){2}|(?:%c0%ae){1,2}[/\\]|\.{4}\/\/|\.{3,}[/\\]\.{3,}[/\\]|\xc0\xae\xc0\xae|\xc0\xaf/i;

function isEncoded(arg: string): boolean {
  return encoded.test(arg.length > 1024 ? arg.slice(0, 1024) : arg);
}
