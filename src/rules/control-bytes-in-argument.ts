/** NUL, escape or telnet bytes inside a command. */
import type { Rule, RuleMeta } from '../model.ts';
import { counted } from './engine/fact.ts';
import { traitGate } from './engine/gates.ts';
import { named, type Sighting, type Sightings, sightingRule } from './kinds/sightings.ts';
import { textVerbs, traits, traitsOf } from './words/traits.ts';

const meta = {
  id: 'control-bytes-in-argument',
  status: 'stable',
  severity: 'medium',
  group: 'integrity',
  title: 'NUL, escape or telnet bytes inside a command',
  why: 'They cut names short, overflow the telnet decoder of old daemons, and write what they like on the terminal of whoever reads the log.',
  advice: 'Read such logs only through a program that escapes them, keep the daemon up to date, and block the client.',
  falseAlarms:
    'The telnet Synch before ABOR belongs to FTP. Daemons that log such bytes as `?` (vsftpd) cannot show them.',
  references: ['RFC 959 §4.1.3', 'CVE-2010-4221'],
  attack: ['T1190'],
  cwe: ['CWE-150'],
  verbs: textVerbs,
  thresholds: { telnetBytes: 4 },
} satisfies RuleMeta;

export const controlBytesInArgument: Rule<Sightings> = sightingRule(
  meta,
  (t) => ({
    by: 'client',
    exchange(x) {
      const bits = traitsOf(x.arg);
      if ((bits & (traits.control | traits.high | traits.backslash | traits.hash)) === 0 || x.verb === 'ABOR')
        return undefined;
      return look(x.arg, bits, t.telnetBytes);
    },
    bareLogin: (l) => look(l.user, traitsOf(l.user), t.telnetBytes),
    message: (seen) => `${counted(seen.count, 'argument')} with control bytes: ${named(seen)}`,
  }),
  { when: () => traitGate(traits.control | traits.high | traits.backslash | traits.hash) },
);

/** `\x1b`, `\033`, and `#033` of rsyslog. */
const escaped = /\\x(?:[01][0-9A-Fa-f]|7[fF])|\\0[0-3][0-7]|\\e\[|#0[0-3][0-7]/;

function look(arg: string, bits: number, telnetBytes: number): Sighting | undefined {
  if ((bits & traits.control) !== 0 && isControl(arg)) return { severity: 'medium', note: arg };
  if ((bits & traits.high) !== 0 && telnetRun(arg) >= telnetBytes) return { severity: 'medium', note: arg };
  if ((bits & (traits.backslash | traits.hash)) !== 0 && escaped.test(arg)) return { severity: 'medium', note: arg };
  return undefined;
}

/** A CR at the end is a line end that came twice. */
function isControl(arg: string): boolean {
  for (let i = 0; i < arg.length; i++) {
    const c = arg.charCodeAt(i);
    if ((c < 32 && c !== 9 && !(c === 13 && i === arg.length - 1)) || c === 127) return true;
  }
  return false;
}

function telnetRun(arg: string): number {
  let longest = 0;
  let run = 0;
  for (let i = 0; i < arg.length; i++) {
    const c = arg.charCodeAt(i);
    run = c === 0xff || c === 0xfffd ? run + 1 : 0;
    if (run > longest) longest = run;
  }
  return longest;
}
