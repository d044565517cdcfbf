/** A file that governs access or execution is written. */
import type { Rule, RuleMeta, Session } from '../model.ts';
import { rankOf } from '../severity.ts';
import { counted, doneOrAsked, exchangeFact, type Fact, transferFact } from './engine/fact.ts';
import { remember } from './engine/memory.ts';
import { named, sight, type Watch, watchingRule } from './kinds/sightings.ts';
import { files, filesOf, isCron, isGraveControlFile, isSiteControlFile } from './words/names.ts';
import { accepted, baseName } from './words/paths.ts';

const meta = {
  id: 'control-file-write',
  status: 'stable',
  severity: 'medium',
  group: 'integrity',
  title: 'A file that governs access or execution is written',
  why: 'Such a file turns a right to store into more: a login without password (authorized_keys, .rhosts), commands that run by themselves (crontab, .forward), scripts where there should be none (.htaccess).',
  advice:
    'Look at what is in it. Let the server refuse to write dot files, and keep home directories of FTP users apart from those of shell users.',
  falseAlarms: 'Site owners who deploy their .htaccess or web.config together with the site are not reported.',
  references: [],
  attack: ['T1098.004'],
  cwe: ['CWE-732'],
  verbs: ['RNTO', 'DELE'],
  thresholds: { deployedFiles: 10 },
} satisfies RuleMeta;

/** Remembers: files of a web site written in this session. */
type Writing = Fact[];

export const controlFileWrite: Rule<Watch<Writing>> = watchingRule(
  meta,
  (t) => ({
    exchange(state, x) {
      if (isControl(x.arg) && accepted(x)) write(state, x.session, exchangeFact(x, `${x.verb} ${x.arg}`), x.arg);
    },
    transfer(state, x) {
      if (x.direction !== 'upload' || !x.complete) return;
      if (isControl(x.path)) write(state, x.session, transferFact(x, x.path), x.path);
    },
    session(state, s, site) {
      if (s.uploads - site.length < t.deployedFiles) for (const f of site) sight(state.seen, 'account', f);
    },
    message: (seen) =>
      `${counted(seen.count, 'control file')} ${doneOrAsked(seen.facts, 'written', 'asked to be written')}: ${named(seen)}`,
  }),
  { moves: { upload: files.control } },
);

function isControl(path: string): boolean {
  return (filesOf(path) & files.control) !== 0;
}

function write(state: Watch<Writing>, s: Session, fact: Fact, path: string): void {
  const name = baseName(path).toLowerCase();
  const grave = isGraveControlFile(name) || isCron(path);
  const ranked = { ...fact, rank: rankOf(grave ? 'high' : 'medium') };
  if (grave || !isSiteControlFile(name)) sight(state.seen, 'account', ranked);
  else remember(state, s, () => []).push(ranked);
}
