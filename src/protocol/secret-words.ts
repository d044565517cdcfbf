/** Which words announce a password, and which are plain words of a sentence about one. */

/** Keys of settings, flags, columns and elements whose value is secret. */
const secretNames: ReadonlySet<string> = new Set([
  ...['pass', 'password', 'passwd', 'passwrd', 'passphrase', 'passcode', 'passwort', 'kennwort', 'pwd', 'pw', 'psw'],
  ...['pswd', 'pword', 'secret', 'token', 'credential', 'credentials', 'contraseña', 'contrasena', 'senha', 'clave'],
  ...[
    'wachtwoord',
    'lösenord',
    'пароль',
    '密码',
    '密碼',
    'パスワード',
    'apikey',
    'authorization',
    'cookie',
    'passwords',
  ],
]);

const longNames = /passw(?:or[dt]|d|rd)|passphrase|pswd|kennwort|secret$/;
const joinedNames = /(?:api|access|secret|private|shared|account|storage)key$|motdepasse/;
/** What stands before `pass` in one word: not `by`, `com`, `tres`. */
const passEnds =
  /^(?:ftps?|sftp|user|usr|my|our|db|sql|mysql|http|proxy|root|admin|sudo|login|anon|new|old|site|server|client|ssl|key|store|host|remote|svc|mail|smtp|ldap|web|wp|u|m|p)(?:pass|pwd|pw)$/;

/** Behind a word for a password these make another thing of it: `password_expires`, `PasswordAuthentication`. */
const notSecret: ReadonlySet<string> = new Set([
  ...[
    'count',
    'length',
    'len',
    'policy',
    'expires',
    'expire',
    'expired',
    'expiry',
    'age',
    'type',
    'required',
    'attempts',
  ],
  ...['tries', 'min', 'max', 'prompt', 'file', 'path', 'timeout', 'changed', 'method', 'enabled', 'allowed', 'retries'],
  ...['authentication', 'field', 'column', 'format', 'through', 'list', 'database', 'program', 'chat', 'rate'],
]);

/** Whether the value of this key is a secret: `FTP_PASS`, `ftpPassword`, `--http-password`, `cs-passwd`. */
export function isSecretKey(key: string): boolean {
  if (key.length > 64) return false;
  const words = isOneWord(key) ? [key.toLowerCase()] : wordsOf(key);
  if (notSecret.has(words.at(-1) ?? '')) return false;
  return words.some(isSecretName) || joinedNames.test(words.join(''));
}

/** Letters of ASCII in one case: most keys need no pattern to be one word. */
function isOneWord(key: string): boolean {
  const small = (key.charCodeAt(0) | 32) === key.charCodeAt(0);
  for (let i = 0; i < key.length; i++) {
    const c = key.charCodeAt(i);
    if (small ? c < 97 || c > 122 : c < 65 || c > 90) return false;
  }
  return key !== '';
}

function wordsOf(key: string): readonly string[] {
  return key
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => word.replace(/\d+$/, ''))
    .filter((word) => word !== '');
}

function isSecretName(word: string): boolean {
  return secretNames.has(word) || longNames.test(word) || passEnds.test(word);
}

/** What follows a word for a password in sentences: `Password required for bob`, `PASS not implemented`. */
const proseWords: ReadonlySet<string> = new Set(
  (
    'a about accepted access account again allowed an and are argument as at attempt attempts authentication bad be been ' +
    'before blank but by can cannot case change changed changes character characters check checked checking code command ' +
    'contains correct could database db denied disabled do does doesn email e-mail empty enabled encrypted enter entered ' +
    'error exceeded expected expire expired expires fail failed fails failure false field file files first for format from ' +
    'given granted has hash have here instead later hint if ignored implemented in incorrect input invalid is it its length list locked ' +
    'login long mail may mechanism method mismatch missing must need needed needs new no none not null of ok okay old on ' +
    'only operation option or out parameter permission permitted phrase please policy prompt protected provided received refused rejected ' +
    'required requires reset restricted retries sent set should specified string successful successfully such supplied ' +
    'supported syntax than that the then this through time times to too tries true try type unchanged understood unknown ' +
    'unless unlocked until updated user valid value verification verified verify was were when where will with within ' +
    'without word words wrong yes you your' +
    ' est et pour de du la le requis requise incorrecte erforderlich für falsch ist und oder nicht benötigt requerida ' +
    'requerido para incorrecta es y o no necessaria richiesta per non vereist voor'
  ).split(' '),
);

/** Whether this word, with the punctuation around it, is none that a sentence about passwords would have to hide. */
export function isProse(word: string): boolean {
  const bare = word.toLowerCase().replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
  if (bare === '') return true;
  if (proseWords.has(bare)) return true;
  return bare.split(/[/']/).every((part) => proseWords.has(part)) || /^\d{1,3}$/.test(bare);
}

/** Letters mixed with digits or signs, or capitals within: no word of a sentence. */
export function isUnlikeWord(word: string): boolean {
  const bare = word.replace(/^["'`([{<]+|["'`)\]}>.,;:]+$/g, '');
  if (/^[\p{L}]+$/u.test(bare)) return /\p{Ll}\p{Lu}/u.test(bare);
  return /\p{L}/u.test(bare) && /[^\p{L}]/u.test(bare) && !/^[\p{L}]+(?:['’/-][\p{L}]+)*$/u.test(bare);
}

const pass = 'PASS';
const glued = /[\p{Ll}\d.,;:)](?:PASS|ACCT)[ \t]+(?=\S)/u;

/** Where the secret begins of a command that stands against what was before it: the end of a line was lost. -1 if none. */
export function gluedSecret(text: string): number {
  const found = glued.exec(text);
  return found === null || isProse(text.slice(found.index + found[0].length).split(/\s/, 1)[0] ?? '')
    ? -1
    : found.index + found[0].length;
}

const fileEnd =
  /.\.(?:txt|md|docx?|odt|rtf|pdf|xlsx?|ods|csv|tsv|pptx?|html?|php|aspx?|js|ts|css|xml|json|ya?ml|ini|cfg|conf|log|sql|db|kdbx?|zip|gz|tgz|bz2|xz|7z|rar|tar|iso|img|exe|msi|dll|bin|jpe?g|png|gif|svg|tiff?|webp|mp[34]|m4[av]|mkv|avi|mov|wav|flac|epub|bak|old|tmp|part)[\p{P}]*$/iu;

/** A word that ends as the name of a file does. */
export function isFileName(word: string): boolean {
  return fileEnd.test(word);
}

/** Words of every day that hold `pass`. */
const innocent =
  /^(?:COM|ENCOM|BY|SUR|TRES|OVER|UNDER)PASS(?:E[DS]|ING)?$|^PASS(?:IV|PORT|AGE|ENGER|ING$|ION|OVER|BOOK)/;

/** Upper case: one letter away from PASS or ACCT, two of them exchanged, or a longer word with a word for passwords in it. */
export function isNearPass(word: string): boolean {
  const letters = isCapitals(word) ? word : word.replace(/[^A-Z_]/g, '');
  if (letters === '' || word.length > 40) return false;
  if (letters.includes('P') && /PAS+W|PASS|PSW|PWORD|PASW|PHRASE|CPWD|PWDCH/.test(letters))
    return !innocent.test(letters);
  return isNear(letters, pass) || isNear(letters, 'ACCT');
}

/** Nothing but capital letters of ASCII. */
export function isCapitals(word: string): boolean {
  for (let i = 0; i < word.length; i++) {
    const c = word.charCodeAt(i);
    if (c < 65 || c > 90) return false;
  }
  return true;
}

/** Whether one edit or exchange of neighbours makes one of the other (Damerau–Levenshtein distance of 1 at most). */
export function isNear(word: string, other: string): boolean {
  if (Math.abs(word.length - other.length) > 1) return false;
  let i = 0;
  while (i < word.length && word[i] === other[i]) i++;
  if (word.slice(i) === other.slice(i + 1) || word.slice(i + 1) === other.slice(i)) return true;
  if (word.slice(i + 1) === other.slice(i + 1)) return true;
  return word[i] === other[i + 1] && word[i + 1] === other[i] && word.slice(i + 2) === other.slice(i + 2);
}
