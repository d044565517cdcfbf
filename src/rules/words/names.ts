/** File names that mean something to a server or an attacker. Functions of a name or an extension take lower case. */
import { packedWord, WordTable } from '../../word-table.ts';
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
for (const name of byName.keys()) addTo(byExtension, extensionOf(name), named);
/** Of a name without an extension. */
const noExtension = files.note | (byExtension.get('') ?? 0);

function addTo(map: Map<string, number>, words: string, bits: number): void {
  for (const word of words.split(' ')) map.set(word, (map.get(word) ?? 0) | bits);
}

/** The same for short extensions, which are most. */
const byShortExtension = new WordTable(
  [...byExtension].map(([extension, bits]) => [packedWord(extension, 0, extension.length), bits]),
);

function kindsOfExtension(path: string, from: number): number {
  if (from === path.length) return noExtension;
  const word = packedWord(path, from, path.length);
  return word < 0 ? (byExtension.get(path.slice(from).toLowerCase()) ?? 0) : byShortExtension.get(word);
}

/** Bit set of {@link files} of the file at this path. */
export function filesOf(path: string): number {
  let start = path.length;
  let dot = -1;
  let dots = 0;
  for (; start > 0; start--) {
    const c = path.charCodeAt(start - 1);
    if (c === 47 || c === 92) break;
    if (c !== 46) continue;
    if (dot < 0) dot = start - 1;
    dots++;
  }
  // A slash at the end.
  if (start === path.length && path.length > 1) return filesOf(baseName(path)) | directoryKinds(path);
  let bits = start === 0 ? 0 : directoryKinds(path);
  // A dot at the beginning of a name begins no extension.
  const has = dot > start;
  if (path.charCodeAt(start) === 46) dots--;
  if (dots > 1) bits |= files.twoDots;
  const known = kindsOfExtension(path, has ? dot + 1 : path.length);
  bits |= known & ~named;
  if ((known & named) !== 0) bits |= byName.get(path.slice(start).toLowerCase()) ?? 0;
  if (has && isSecretBesides(path, start, dot)) bits |= files.secret;
  return bits;
}

/** A dump, or a copy of what holds passwords. */
function isSecretBesides(path: string, start: number, dot: number): boolean {
  const first = path.charCodeAt(start) | 32;
  const last = path.charCodeAt(path.length - 1) | 32;
  const packs = last === 112 || last === 122 || last === 50;
  if (!packs && first !== 46 && first !== 119) return false;
  const extension = path.slice(dot + 1).toLowerCase();
  const name = path.slice(start).toLowerCase();
  if (extension === 'gz' || extension === 'zip' || extension === 'bz2') return name.endsWith(`.sql.${extension}`);
  return name.startsWith('wp-config.php.') || (name.startsWith('.env.') && name !== '.env.example');
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
