/** The server tells a password to everyone. */
import type { Exchange, Reply, Rule, RuleMeta } from '../model.ts';
import { own } from '../text.ts';
import { counted } from './engine/fact.ts';
import { gates } from './engine/gates.ts';
import { type Sighting, type Sightings, sightingRule } from './kinds/sightings.ts';

const meta = {
  id: 'credential-in-reply',
  status: 'stable',
  severity: 'medium',
  group: 'confidentiality',
  title: 'The server tells a password to everyone',
  why: 'A greeting or a message of a directory names a password. Everybody who connects can read it, scanners included.',
  advice: 'Take it out of the banner, and change the password: it is known.',
  falseAlarms:
    'A public password that is meant to be known (allow-list it). Texts that only ask for a password, or say that one is wrong or expired, are not reported.',
  references: ['RFC 2577 §5'],
  attack: [],
  cwe: ['CWE-522'],
  verbs: ['', 'USER', 'PASS', 'ACCT', 'CWD', 'XCWD', 'CDUP', 'HELP', 'STAT', 'SITE', 'FEAT', 'SYST', 'QUIT'],
} satisfies RuleMeta;

export const credentialInReply: Rule<Sightings> = sightingRule(
  meta,
  () => {
    /** By code, the last text that tells no password: servers repeat themselves. */
    const innocent: string[] = [];
    return {
      by: 'source',
      exchange: (x) => look(x, innocent),
      message: (seen) =>
        `${counted(seen.count, 'reply', 'replies')} (${seen.worst.note}) with a password in the text (not repeated here)`,
    };
  },
  {
    when: (verb) => (verb === '' || verb === 'USER' || verb === 'PASS' ? gates.always : gates.multiLine | gates.failed),
  },
);

function look({ replies, arg }: Exchange, innocent: string[]): Sighting | undefined {
  for (let i = 0; i < replies.length; i++) {
    const { code, text, line } = replies[i] as Reply;
    if (innocent[code] === text) continue;
    if (code === 250 && text.length < 60 && !text.includes('\n')) continue;
    if (code >= 500 && arg !== '' && text.includes(arg)) continue; // `550 passwd: Permission denied`
    if (tellsPassword(text)) return { severity: 'medium', note: String(code), line };
    innocent[code] = own(text);
  }
  return undefined;
}

/** Cheap tests first: most replies hold neither. */
function tellsPassword(text: string): boolean {
  if (
    (text.includes('ass') || text.includes('ASS')) &&
    (text.includes(':') || text.includes('=') || text.includes(' is')) &&
    named(text)
  )
    return true;
  return text.includes('@') && text.includes(':') && inAddress(text);
}

const passwordIs = /(?<![\w./-])pass(?:word|wd|phrase|wort)?\b["']?\s*(?:is\b\s*:?|[=:])\s*["'`<]?([^\s"'`<>.,;)]+)/gi;

/** Words that follow `password is` or `password:` in texts that tell none. */
const harmless: ReadonlySet<string> = new Set(
  'required needed necessary incorrect wrong invalid expired missing empty not no none your you the a an any too too-short weak bad changed accepted ok okay correct locked disabled about to going being please use enter type send give anonymous anything e-mail email mail guest set for case only optional unknown protected hidden'.split(
    ' ',
  ),
);

function named(text: string): boolean {
  for (const match of text.matchAll(passwordIs)) {
    const token = (match[1] ?? '').toLowerCase();
    // What was told is hidden by now.
    if (token === '***') return true;
    if (token.length >= 3 && !harmless.has(token) && !/^[*?x#•-]+$/.test(token)) return true;
  }
  return false;
}

const userAtHost = /(?:^|[\s"'(<[/])([\w.-]{1,64}):([^\s:@/]{3,64})@[\w-]+(?:\.[\w-]+)*/g;
const labels: ReadonlySet<string> = new Set(
  'mailto contact contacts email e-mail mail admin administrator support abuse info webmaster hostmaster postmaster questions problems help write to from owner operator staff sip xmpp irc'.split(
    ' ',
  ),
);

/** `user:password@host`, also where the password of a URL was masked before (`ftp://user:***@host`). */
function inAddress(text: string): boolean {
  for (const match of text.matchAll(userAtHost)) if (!labels.has((match[1] ?? '').toLowerCase())) return true;
  return false;
}
