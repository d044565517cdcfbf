/** An argument far longer than its command can need. */
import type { Exchange, Rule, RuleMeta } from '../model.ts';
import { counted, short } from './engine/fact.ts';
import { gates, longArgument } from './engine/gates.ts';
import type { ThresholdsOf } from './engine/thresholds.ts';
import { type Sighting, type Sightings, sightingRule } from './kinds/sightings.ts';

const meta = {
  id: 'overlong-argument',
  status: 'stable',
  severity: 'medium',
  group: 'integrity',
  title: 'An argument far longer than its command can need',
  why: 'Long arguments are how buffers are made to overflow. No file system holds a name of more than 255 octets, and no user name has 500.',
  advice: 'Check whether the daemon went down or restarted at that time, keep it up to date, and block the client.',
  falseAlarms: 'Very deep trees: a path counts from 2048 octets on, a single name from 256.',
  references: ['RFC 959 §4.1'],
  attack: ['T1190'],
  cwe: ['CWE-120'],
  thresholds: { shortArgument: 512, path: 2048, name: 255 },
} satisfies RuleMeta;

const shortArguments: ReadonlySet<string> = new Set([
  'USER',
  'PASS',
  'ACCT',
  'TYPE',
  'PORT',
  'EPRT',
  'REST',
  'SITE',
  'HELP',
  'STAT',
  'MODE',
  'STRU',
  'ALLO',
  'AUTH',
  'PROT',
  'PBSZ',
  'OPTS',
  'LANG',
  'CLNT',
]);

export const overlongArgument: Rule<Sightings> = sightingRule(
  meta,
  (t) => {
    const shortest = leastLength(t);
    return {
      by: 'client',
      exchange(x) {
        const long = x.arg.length > shortest ? byLength(x, t, shortest) : undefined;
        if (long !== undefined) return long;
        if (x.code === 500 || x.code === 501) return byReply(x);
        return x.verb.length > 255 ? { severity: 'medium', note: `a verb of ${x.verb.length} octets` } : undefined;
      },
      message: (seen) => `${counted(seen.count, 'overlong line')}: ${seen.worst.note}`,
    };
  },
  { when: (_verb, t) => (leastLength(t) < longArgument ? gates.always : gates.long | gates.syntax) },
);

/** Characters up to which no argument reaches a threshold in octets: a character is three of them at most. */
function leastLength({ shortArgument, path, name }: ThresholdsOf<typeof meta>): number {
  return Math.floor((Math.min(shortArgument, path, name + 1) - 1) / 3);
}

function byLength(x: Exchange, t: ThresholdsOf<typeof meta>, shortest: number): Sighting | undefined {
  const length = octets(x.arg, 0, x.arg.length);
  const most = shortArguments.has(x.verb) ? t.shortArgument : t.path;
  if (length >= most) return { severity: 'medium', note: `${x.verb} with ${length} octets` };
  const name = shortArguments.has(x.verb) ? 0 : longestName(x.arg, shortest);
  return name > t.name ? { severity: 'medium', note: `${x.verb} with a name of ${name} octets` } : undefined;
}

/** vsftpd `500 Input line too long.`, pyftpdlib `500 Command too long.`, ProFTPD `500 Command line too long`. */
function byReply(x: Exchange): Sighting | undefined {
  const reply = x.replies[x.replies.length - 1];
  if (reply === undefined || !reply.text.includes('too long')) return undefined;
  return { severity: 'medium', note: `the server says ${reply.code} '${short(reply.text)}'` };
}

function longestName(path: string, shortest: number): number {
  let longest = 0;
  let start = 0;
  for (let i = 0; i <= path.length; i++) {
    if (i < path.length && path.charCodeAt(i) !== 47) continue;
    if (i - start > shortest) longest = Math.max(longest, octets(path, start, i));
    start = i + 1;
  }
  return longest;
}

/** Octets in UTF-8. */
function octets(text: string, from: number, to: number): number {
  let n = to - from;
  for (let i = from; i < to; i++) {
    const c = text.charCodeAt(i);
    if (c >= 0x80) n += c >= 0x800 && (c < 0xd800 || c > 0xdfff) ? 2 : 1;
  }
  return n;
}
