/** Shell syntax as input. */
import type { Rule, RuleMeta } from '../model.ts';
import { counted } from './engine/fact.ts';
import { traitGate } from './engine/gates.ts';
import { named, type Sighting, type Sightings, sightingRule } from './kinds/sightings.ts';
import { textVerbs, traits, traitsOf } from './words/traits.ts';

const meta = {
  id: 'shell-metacharacters',
  status: 'stable',
  severity: 'medium',
  group: 'integrity',
  title: 'Shell syntax as input',
  why: 'Where a daemon, a hook or a cron job passes a name to a shell, the name becomes a command. Pure-FTPd with a broken bash ran whatever stood in the user name (Shellshock).',
  advice:
    'Look for the command’s traces on the server, quote names in scripts that handle uploads, and block the client.',
  falseAlarms:
    'Names with `;1`, `R&D`, `($)` and the like are not reported; a name that really holds `$(…)` or back-ticks is.',
  references: ['CVE-2014-6271'],
  attack: ['T1190', 'T1059'],
  cwe: ['CWE-78'],
  verbs: textVerbs,
} satisfies RuleMeta;

export const shellMetacharacters: Rule<Sightings> = sightingRule(
  meta,
  () => ({
    by: 'client',
    exchange: (x) => ((traitsOf(x.arg) & traits.shell) === 0 ? undefined : look(x.arg)),
    bareLogin: (l) => look(l.user),
    message: (seen) => `${counted(seen.count, 'argument')} with shell syntax: ${named(seen)}`,
  }),
  { when: () => traitGate(traits.shell) },
);

const tools =
  '(?:id|cat|ls|dir|wget|curl|nc|ncat|netcat|bash|sh|zsh|ksh|ping|sleep|whoami|uname|rm|mv|cp|chmod|chown|python3?|perl|php|ruby|telnet|ssh|scp|tftp|touch|echo|printf|reboot|shutdown|halt|powershell|cmd|net|certutil|kill|ps|env|id_rsa|base64|xterm|mkfifo|nohup|mail|useradd|passwd|nslookup|dig|ifconfig|ip|tee|dd|tar|eval|exec|awk|sed|find|busybox)';

const syntax: readonly RegExp[] = [
  // What bash took for a function is a value that begins so, to the character (CVE-2014-6271).
  /^\(\) \{/,
  /\$\((?![A-Z][A-Za-z0-9]*\))[^)$ ]{2,}[^)]*\)/,
  /`[^`]{2,}`/,
  /\$\{IFS\}/,
  new RegExp(`(?:^|[^|])\\|\\|?\\s*(?:/\\S*/)?${tools}(?=$|[\\s;|&<>/\`"'])`),
  new RegExp(`;\\s*(?:/\\S*/)?${tools}(?=$|[\\s;|&<>\`"'])`),
  new RegExp(`&&\\s*(?:/\\S*/)?${tools}(?=$|[\\s;|&<>\`"'])`),
];

/** The longest argument that is looked at. */
const lookLimit = 1024;

function look(arg: string): Sighting | undefined {
  const text = arg.length > lookLimit ? arg.slice(0, lookLimit) : arg;
  return syntax.some((pattern) => pattern.test(text)) ? { severity: 'medium', note: arg } : undefined;
}
