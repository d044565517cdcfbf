/**
 * Why a login was refused: by the command that was answered, its code, and what known servers say in words. The words are
 * looked for in lower case; the first line that fits counts.
 */

/**
 * - `name-refused`: the server would not have the name, no password was asked for
 * - `password-refused`: a password was given and was wrong, as far as the server tells
 * - `account-refused`: the account may not log in: expired, locked, no shell, no home directory
 * - `not-permitted`: nobody may log in so, from there or now: TLS required, limits, no anonymous users
 */
export type Refusal = 'name-refused' | 'password-refused' | 'account-refused' | 'not-permitted';

interface Words {
  /** Who says so; several daemons share most of these. */
  readonly by: string;
  readonly words: readonly string[];
  /** `none`: no login was refused; the command came at the wrong moment. */
  readonly refusal: Refusal | 'none';
}

const table: readonly Words[] = [
  {
    by: 'vsftpd, Pure-FTPd, ProFTPD, GNU and BSD ftpd: the session has a user already, or waits for nothing',
    words: [
      "can't change",
      'cannot change user',
      "you're already logged in",
      'you are already logged in',
      'already logged in.',
      'please login with user',
      'login with user first',
      'log in with user',
      'send user first',
      'timeout',
      'timed out',
      'idle',
    ],
    refusal: 'none',
  },
  {
    by: 'IIS 534, vsftpd, ProFTPD mod_tls, pyftpdlib, Pure-FTPd, FileZilla Server, Serv-U: without TLS nobody may',
    words: [
      'ssl/tls required',
      'must use encryption',
      'requires ssl',
      'requires tls',
      'require ssl',
      'require tls',
      'ssl required',
      'tls required',
      'ssl is required',
      'tls is required',
      'requires encryption',
      'encryption required',
      'plain ftp',
      'cleartext sessions',
      'use auth first',
      'use explicit',
      'secure control connection',
      'secure connection',
      'secure sessions',
    ],
    refusal: 'not-permitted',
  },
  {
    by: 'vsftpd, Pure-FTPd, ProFTPD, IIS, wu-ftpd: anonymous users only, or none',
    words: [
      'anonymous only',
      'only anonymous',
      'no anonymous',
      'anonymous access denied',
      'anonymous login not',
      'anonymous logins not',
      'anonymous logins are not',
      'anonymous sessions',
      'anonymous access not',
      'anonymous access is',
      'anonymous user not',
    ],
    refusal: 'not-permitted',
  },
  {
    by: 'Unix accounts by way of PAM, ProFTPD, wu-ftpd, IIS: the account itself',
    words: [
      'expired',
      'disabled',
      'locked',
      'suspended',
      'deactivated',
      'inactive',
      'invalid shell',
      '/etc/shells',
      'home directory',
      'home dir',
      'ftpusers',
      'account refused',
    ],
    refusal: 'account-refused',
  },
  {
    by: 'ProFTPD, Pure-FTPd, vsftpd, wu-ftpd: limits, and clients that may not come',
    words: [
      'too many',
      'maximum',
      'max number',
      'limit ',
      'limit exceeded',
      'already logged in, sorry',
      'server is full',
      'shutting down',
      'shut down',
      'going down',
      'banned',
      'blocked',
      'blacklist',
      'ip address',
      'your address',
      'your host',
      'try again later',
      'not permitted',
    ],
    refusal: 'not-permitted',
  },
];

/** What the words say; '' if none is known. */
function said(text: string): Refusal | 'none' | '' {
  const lower = text.toLowerCase();
  for (const { words, refusal } of table) for (const word of words) if (lower.includes(word)) return refusal;
  return '';
}

/**
 * What the reply to USER, PASS or ACCT refuses; 'none' if it is no refusal of a login. At USER nobody has given a password
 * yet, so that what is not explained is about the name.
 */
export function refusalOf(verb: string, code: number, text: string): Refusal | 'none' {
  if (code < 400) return 'none';
  const words = said(text);
  // x0z is about syntax (RFC 959 §4.2.1), but for FileZilla Server's `503 Use AUTH first.` and refusals of PASS.
  if (code === 503 || (verb !== 'PASS' && code >= 500 && code < 510))
    return words === 'not-permitted' ? 'not-permitted' : 'none';
  if (words !== '') return words;
  switch (code) {
    case 532:
      return 'account-refused';
    case 421:
    case 431:
    case 450:
    case 451:
    case 521:
    case 522:
    case 533:
    case 534:
      return verb === 'PASS' && (code === 450 || code === 451) ? 'password-refused' : 'not-permitted';
    default:
      return verb === 'USER' ? 'name-refused' : verb === 'ACCT' ? 'account-refused' : 'password-refused';
  }
}

/** What a daemon's own record of a refused login says, by the reason it gives. */
export function refusalIn(reason: string): Refusal {
  if (reason === '') return 'password-refused';
  if (reason === nameRefused) return 'name-refused';
  const words = said(reason);
  return words === '' || words === 'none' ? 'password-refused' : words;
}

/** The reason in records of daemons that refuse a name before they ask for a password (`FTP LOGIN REFUSED FROM`). */
export const nameRefused = 'name refused';

/** The server says that it knows nobody of that name. */
export function namesUnknown(reason: string): boolean {
  const lower = reason.toLowerCase();
  return (
    lower === 'unknown user' ||
    lower.includes('no such user') ||
    lower.includes('unknown user') ||
    lower.includes('user unknown') ||
    lower.includes('user not found') ||
    (lower.startsWith('user ') && lower.includes(' unknown'))
  );
}
