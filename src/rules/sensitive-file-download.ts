/** Secrets are fetched. */
import type { Rule, RuleMeta, Session } from '../model.ts';
import { rankOf } from '../severity.ts';
import { counted, exchangeFact, type Fact, transferFact } from './engine/fact.ts';
import { gates } from './engine/gates.ts';
import { remember } from './engine/memory.ts';
import {
  countOf,
  type KeptFacts,
  keepFact,
  keptFacts,
  named,
  sightAll,
  type Watch,
  watchingRule,
} from './kinds/sightings.ts';
import { files, filesOf } from './words/names.ts';
import { refused } from './words/paths.ts';

const meta = {
  id: 'sensitive-file-download',
  status: 'stable',
  severity: 'high',
  group: 'exfiltration',
  title: 'Secrets are fetched',
  why: 'Password files, private keys and configurations with passwords open the next door: the database, the shell, other machines.',
  advice: 'Change whatever is in the file. Keep such files out of the trees that FTP can reach.',
  falseAlarms: 'An owner’s backup of the whole site takes them along (reported as medium).',
  references: ['RFC 2577 §9'],
  attack: ['T1552.001'],
  cwe: ['CWE-552'],
  verbs: ['RETR'],
  thresholds: { mirrorFiles: 50 },
} satisfies RuleMeta;

/** Remembers: secrets fetched in this session. */
type Fetching = KeptFacts;

export const sensitiveFileDownload: Rule<Watch<Fetching>> = watchingRule(
  meta,
  (t) => ({
    exchange(state, x) {
      if (refused(x) && x.replies.length < 2 && x.code !== 530 && isSecret(x.arg))
        keep(state, x.session, exchangeFact(x, x.arg, rankOf('medium')));
    },
    transfer(state, x) {
      if (x.direction !== 'download' || !isSecret(x.path)) return;
      if (x.complete || x.session.commands === 0)
        keep(state, x.session, transferFact(x, x.path, rankOf(x.complete ? 'high' : 'medium')));
    },
    session(state, s, secrets) {
      const isMirror = s.downloads >= t.mirrorFiles && countOf(secrets) * 10 <= s.downloads;
      sightAll(state.seen, 'account', secrets, (f) => (isMirror ? { ...f, rank: rankOf('medium') } : f));
    },
    message: (seen) =>
      `${counted(seen.count, 'secret')} ${seen.worst.rank >= 3 ? 'fetched' : 'asked for'}: ${named(seen)}`,
  }),
  { when: () => gates.failed, moves: { download: files.secret } },
);

function keep(state: Watch<Fetching>, s: Session, fact: Fact): void {
  keepFact(remember(state, s, keptFacts), fact);
}

function isSecret(path: string): boolean {
  return (filesOf(path) & files.secret) !== 0;
}
