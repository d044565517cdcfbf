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

/** Names that give access or run commands by themselves. */
const graveNames = 'authorized_keys authorized_keys2 .rhosts .shosts .forward crontab hosts.equiv';
const controlNames =
  '.htaccess .ftpaccess .ftpquota .user.ini web.config .netrc .bashrc .bash_profile .profile .zshrc .bash_logout .bash_login';

const byName = new Map<string, number>();
addTo(byName, graveNames, files.control);
addTo(byName, controlNames, files.control);
addTo(byName, 'passwd shadow gshadow master.passwd passwd- shadow- .htpasswd .env .netrc _netrc .pgpass', files.secret);
addTo(byName, '.my.cnf id_rsa id_dsa id_ecdsa id_ed25519 wp-config.php configuration.php', files.secret);
addTo(byName, 'sftp-config.json sitemanager.xml recentservers.xml .git-credentials credentials.json', files.secret);
addTo(byName, '.npmrc .pypirc .dockercfg ntds.dit wp-config.php~', files.secret);

/** One of {@link byName} has this extension: only then the whole name is looked for. */
const named = 256;

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
for (const name of byName.keys()) addTo(byExtension, extensionOf(name), named);

function addTo(map: Map<string, number>, words: string, bits: number): void {
  for (const word of words.split(' ')) map.set(word, (map.get(word) ?? 0) | bits);
}

let lastPath = '';
let lastKinds = 0;

/** Bit set of {@link files} of the file at this path. Remembers the last path, since several rules ask about the same. */
export function filesOf(path: string): number {
  if (path === lastPath) return lastKinds;
  const name = baseName(path);
  const dot = name.lastIndexOf('.');
  const extension = dot <= 0 ? '' : name.slice(dot + 1).toLowerCase();
  const known = byExtension.get(extension) ?? 0;
  let bits = known & ~named;
  if ((known & named) !== 0) bits |= byName.get(name.toLowerCase()) ?? 0;
  if (dot > 0 && name.lastIndexOf('.', dot - 1) > 0) bits |= files.twoDots;
  if (dot > 0 && isSecretBesides(name, extension)) bits |= files.secret;
  if (name.length < path.length) bits |= directoryKinds(path);
  lastPath = path;
  lastKinds = bits;
  return bits;
}

/** A dump, or a copy of what holds passwords. */
function isSecretBesides(name: string, extension: string): boolean {
  if (extension === 'gz' || extension === 'zip' || extension === 'bz2')
    return name.toLowerCase().endsWith(`.sql.${extension}`);
  const first = name.charCodeAt(0);
  if (first !== 46 && first !== 87 && first !== 119) return false;
  const lower = name.toLowerCase();
  return lower.startsWith('wp-config.php.') || (lower.startsWith('.env.') && lower !== '.env.example');
}

/** What a directory says of all that is in it. */
function directoryKinds(path: string): number {
  let bits = 0;
  if (path.includes('.git/') && (path.startsWith('.git/') || path.includes('/.git/'))) bits |= files.secret;
  if (isCron(path)) bits |= files.control;
  return bits;
}

/** Of a daemon's table of jobs. */
export function isCron(path: string): boolean {
  return path.includes('/cron') && (path.includes('/cron.') || path.includes('/cron/') || path.includes('/crontabs/'));
}

export function isScriptExtension(extension: string): boolean {
  return ((byExtension.get(extension) ?? 0) & files.script) !== 0;
}

const grave: ReadonlySet<string> = new Set(graveNames.split(' '));

export function isGraveControlFile(name: string): boolean {
  return grave.has(name);
}

export function isControlFile(name: string): boolean {
  return ((byName.get(name) ?? 0) & files.control) !== 0;
}

/** Those that belong to a web site, and are deployed with it. */
export function isSiteControlFile(name: string): boolean {
  return name === '.htaccess' || name === 'web.config' || name === '.user.ini';
}
