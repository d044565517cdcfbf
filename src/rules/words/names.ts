/** File names that mean something to a server or an attacker. Functions of a name or an extension take lower case. */
import { baseName, extensionOf } from './paths.ts';

/** Kinds of files, by their names; a file may be of several. */
export const files = {
  /** A web server runs it. */
  script: 1,
  image: 2,
  /** An image, a text or another thing that nothing runs. */
  document: 4,
  /** A page of a web site, or what builds one. */
  page: 8,
  /** A key, a list of passwords, a dump of a database. */
  secret: 16,
  /** It governs access or execution. */
  control: 32,
  /** Somebody is to read it, perhaps. */
  note: 64,
  /** Two dots stand in the name, neither at its beginning. */
  twoDots: 128,
} as const;

/** Every kind. */
export const anyFile = -1;

const byExtension = new Map<string, number>();
addTo(byExtension, 'php php3 php4 php5 php7 php8 phtml phar pht asp aspx ashx asmx cer jsp jspx jspf', files.script);
addTo(byExtension, 'cfm cgi pl shtml', files.script);
addTo(byExtension, 'jpg jpeg png gif bmp ico webp', files.image | files.document);
addTo(byExtension, 'svg txt pdf doc docx xls zip css csv htm html dat', files.document);
addTo(
  byExtension,
  'html htm xhtml shtml js mjs php php3 php4 php5 phtml inc asp aspx jsp jspx cfm tpl css',
  files.page,
);
addTo(byExtension, 'pem key kdbx kdb p12 pfx ppk jks keystore sql ovpn', files.secret);
addTo(byExtension, 'txt html htm hta md rtf url png bmp', files.note);
byExtension.set('', files.note);

const byName = new Map<string, number>();
addTo(byName, 'passwd shadow gshadow master.passwd passwd- shadow- .htpasswd .env .netrc _netrc .pgpass', files.secret);
addTo(byName, '.my.cnf id_rsa id_dsa id_ecdsa id_ed25519 wp-config.php configuration.php', files.secret);
addTo(byName, 'sftp-config.json sitemanager.xml recentservers.xml .git-credentials credentials.json', files.secret);
addTo(byName, '.npmrc .pypirc .dockercfg ntds.dit wp-config.php~', files.secret);

function addTo(map: Map<string, number>, words: string, bits: number): void {
  for (const word of words.split(' ')) map.set(word, (map.get(word) ?? 0) | bits);
}

let lastPath = '';
let lastKinds = 0;

/** Bit set of {@link files} of the file at this path. Remembers the last path, since several rules ask about the same. */
export function filesOf(path: string): number {
  if (path === lastPath) return lastKinds;
  const name = baseName(path).toLowerCase();
  const extension = extensionOf(name);
  let bits = (byExtension.get(extension) ?? 0) | (byName.get(name) ?? 0);
  const dot = name.lastIndexOf('.');
  if (dot > 0 && name.lastIndexOf('.', dot - 1) > 0) bits |= files.twoDots;
  if (extension === 'gz' || extension === 'zip' || extension === 'bz2') {
    if (name.endsWith(`.sql.${extension}`)) bits |= files.secret;
  } else if (name.startsWith('wp-config.php.') || (name.startsWith('.env.') && name !== '.env.example'))
    bits |= files.secret;
  if (path.includes('.git/') && isInGit(path)) bits |= files.secret;
  if (isControlFile(name) || isCron(path)) bits |= files.control;
  lastPath = path;
  lastKinds = bits;
  return bits;
}

function isInGit(path: string): boolean {
  return path.startsWith('.git/') || path.includes('/.git/');
}

/** Of a daemon's table of jobs. */
export function isCron(path: string): boolean {
  return path.includes('/cron') && (path.includes('/cron.') || path.includes('/cron/') || path.includes('/crontabs/'));
}

export function isScriptExtension(extension: string): boolean {
  return ((byExtension.get(extension) ?? 0) & files.script) !== 0;
}

/** Files that give access or run commands by themselves. */
const graveControlFiles: ReadonlySet<string> = new Set([
  'authorized_keys',
  'authorized_keys2',
  '.rhosts',
  '.shosts',
  '.forward',
  'crontab',
  'hosts.equiv',
]);
const controlFiles: ReadonlySet<string> = new Set([
  '.htaccess',
  '.ftpaccess',
  '.ftpquota',
  '.user.ini',
  'web.config',
  '.netrc',
  '.bashrc',
  '.bash_profile',
  '.profile',
  '.zshrc',
  '.bash_logout',
  '.bash_login',
]);

export function isGraveControlFile(name: string): boolean {
  return graveControlFiles.has(name);
}

export function isControlFile(name: string): boolean {
  return controlFiles.has(name) || graveControlFiles.has(name);
}

/** Those that belong to a web site, and are deployed with it. */
export function isSiteControlFile(name: string): boolean {
  return name === '.htaccess' || name === 'web.config' || name === '.user.ini';
}
