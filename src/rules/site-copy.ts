/** mod_copy is used to move files where they must not go. */
import type { Exchange, Rule, RuleMeta, Severity } from '../model.ts';
import { siteVerb } from '../protocol/commands.ts';
import { counted } from './engine/fact.ts';
import { named, type Sightings, sightingRule } from './kinds/sightings.ts';
import { isControlFile, isScriptExtension } from './words/names.ts';
import { extensionOf } from './words/paths.ts';

const meta = {
  id: 'site-copy',
  status: 'stable',
  severity: 'high',
  group: 'integrity',
  title: 'SITE CPFR/CPTO moves files where they must not go',
  why: 'ProFTPD’s mod_copy once copied files for anybody, without a login: from /etc to the web root, or a script into it.',
  advice: 'Update ProFTPD or unload mod_copy. If a copy succeeded, look at its target.',
  falseAlarms: 'Logged-in users who copy ordinary files within their tree are not reported.',
  references: ['CVE-2015-3306', 'CVE-2019-12815'],
  attack: ['T1190'],
  cwe: ['CWE-284'],
  verbs: ['SITE'],
} satisfies RuleMeta;

export const siteCopy: Rule<Sightings> = sightingRule(meta, () => ({
  by: 'client',
  exchange(x) {
    const sub = siteVerb(x.arg);
    if (sub !== 'SITE CPFR' && sub !== 'SITE CPTO') return undefined;
    const path = x.arg.slice(x.arg.indexOf(' ') + 1).trim();
    const early = isBeforeLogin(x);
    if (!early && !isSensitive(path)) return undefined;
    return { severity: severityOf(x, early), note: path };
  },
  message: (seen) => `${counted(seen.count, 'copy command')} on ${named(seen)}`,
}));

function isBeforeLogin(x: Exchange): boolean {
  return !x.session.loggedIn && (x.session.sawStart || x.code === 530 || x.session.user === '');
}

function severityOf(x: Exchange, early: boolean): Severity {
  return early && (x.code === 350 || x.code === 250) ? 'critical' : 'high';
}

function isSensitive(path: string): boolean {
  const lower = path.toLowerCase();
  if (lower.startsWith('/etc/') || lower.startsWith('/proc/') || lower.startsWith('/root/') || lower.includes('/.ssh/'))
    return true;
  const name = lower.slice(lower.lastIndexOf('/') + 1);
  return isControlFile(name) || isScriptExtension(extensionOf(name)) || name === 'shadow';
}
