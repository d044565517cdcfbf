/** File names that mean something to a server or an attacker. All functions take lower case. */

/** Extensions that web servers run. */
const scriptExtensions: ReadonlySet<string> = new Set(
  'php php3 php4 php5 php7 php8 phtml phar pht asp aspx ashx asmx cer jsp jspx jspf cfm cgi pl shtml'.split(' '),
);

export function isScriptExtension(extension: string): boolean {
  return scriptExtensions.has(extension);
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
