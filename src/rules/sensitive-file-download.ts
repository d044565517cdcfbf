/** Secrets are fetched. */
import type { Rule, RuleMeta, Session } from '../model.ts';
import { counted, exchangeFact, type Fact, rankOf, transferFact } from './engine/fact.ts';
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
import { baseName, extensionOf, refused } from './words/paths.ts';

const meta: RuleMeta = {
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
};

/** Remembers: secrets fetched in this session. */
type Fetching = KeptFacts;

export const sensitiveFileDownload: Rule<Watch<Fetching>> = watchingRule<Fetching>(
  meta,
  (t) => ({
    by: 'account',
    exchange(state, x) {
      if (refused(x) && x.replies.length < 2 && x.code !== 530 && isSecret(x.arg))
        keep(state, x.session, exchangeFact(x, x.arg, rankOf('medium')));
    },
    transfer(state, x) {
      if (x.direction !== 'download') return;
      if (!isSecret(x.path)) return;
      if (x.complete || x.session.commands === 0)
        keep(state, x.session, transferFact(x, x.path, rankOf(x.complete ? 'high' : 'medium')));
    },
    session(state, s, secrets) {
      const isMirror = s.downloads >= (t['mirrorFiles'] ?? 50) && countOf(secrets) * 10 <= s.downloads;
      sightAll(state.seen, 'account', secrets, (f) => (isMirror ? { ...f, rank: rankOf('medium') } : f));
    },
    message: (seen) =>
      `${counted(seen.count, 'secret')} ${seen.worst.rank >= 3 ? 'fetched' : 'asked for'}: ${named(seen)}`,
  }),
  () => gates.failed,
);

function keep(state: Watch<Fetching>, s: Session, fact: Fact): void {
  keepFact(remember(state, s, keptFacts), fact);
}

const names: ReadonlySet<string> = new Set(
  'passwd shadow gshadow master.passwd passwd- shadow- .htpasswd .env .netrc _netrc .pgpass .my.cnf id_rsa id_dsa id_ecdsa id_ed25519 wp-config.php configuration.php sftp-config.json sitemanager.xml recentservers.xml .git-credentials credentials.json .npmrc .pypirc .dockercfg ntds.dit'.split(
    ' ',
  ),
);
const extensions: ReadonlySet<string> = new Set('pem key kdbx kdb p12 pfx ppk jks keystore sql ovpn'.split(' '));

function isSecret(path: string): boolean {
  const extension = extensionOf(path);
  if (extensions.has(extension) || (path.includes('.git/') && isInGit(path))) return true;
  if (extension === 'gz' || extension === 'zip' || extension === 'bz2')
    return path.slice(0, -extension.length).slice(-5).toLowerCase() === '.sql.';
  const name = baseName(path).toLowerCase();
  if (names.has(name)) return true;
  return (
    (name.startsWith('.env.') && name !== '.env.example') ||
    name.startsWith('wp-config.php.') ||
    name === 'wp-config.php~'
  );
}

function isInGit(path: string): boolean {
  return path.startsWith('.git/') || path.includes('/.git/');
}
