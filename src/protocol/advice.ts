/**
 * One line of advice for a failure: what to try first. Reports print it, pages begin with it.
 *
 * It depends on the command where the code does: 550 to MKD is another matter than 550 to RETR.
 */

/** What to try first; `''` where nothing failed. `verb` is `''` for greetings, unsolicited replies and pages. */
export function replyAdvice(code: number, verb: string): string {
  return byVerb(code, verb) || byCode.get(code) || byClass(code);
}

const logIn = 'Log in first: the command needs it, or AUTH or REIN reset the login.';
const passive = 'Use passive mode (EPSV, PASV), or a host and port of the client itself.';
const noMatch = 'Often it only means that nothing matched; otherwise check the path.';
const protData = 'Send PBSZ 0 and PROT P before the transfer (or PROT C, if the server wants that).';

const byCode: ReadonlyMap<number, string> = new Map([
  [421, 'Read the text: timeout, limit, ban, missing TLS or shutdown; then reconnect after a pause.'],
  [425, 'Open the passive port range and check the address in the 227; active mode: client firewall.'],
  [426, 'After an ABOR it is a normal cancel; else check network, idle timers and disk.'],
  [430, 'Check name, password and account state.'],
  [431, 'Give the server a certificate and a key, then try again.'],
  [434, 'Use another host name.'],
  [435, 'Check the TLS settings of both sides, then the passive port range.'],
  [450, 'Try again later, and find what locks the file.'],
  [451, 'Look into the system log of the server: disk, quota, antivirus, permissions.'],
  [452, 'Free disk space on the server, then try again; 552 would be the quota of the user.'],
  [500, 'Check the spelling, and whether the server has the command (HELP, FEAT).'],
  [501, 'Correct the argument.'],
  [502, 'Do without the command, or enable it on the server.'],
  [503, 'Send the commands in the right order: another one has to come first.'],
  [504, 'Use another value for the argument.'],
  [509, 'Use PASV or EPSV.'],
  [520, 'Use the other mode.'],
  [521, protData],
  [522, 'After a transfer: PROT P and TLS session reuse. After EPRT, EPSV: a protocol from the text.'],
  [530, 'Check name, password and account state; before a login, log in first.'],
  [532, 'Send ACCT, then repeat the command.'],
  [533, 'Send AUTH first, or protect the command.'],
  [534, 'Meet the policy of the server: TLS version, PROT P, client certificate, no CCC.'],
  [535, 'Begin the security exchange again with AUTH; look for tampering, clock skew or a wrong key.'],
  [536, 'Use PROT P or PROT C.'],
  [537, 'Use another protection command; with TLS none is needed.'],
  [540, 'Tell the administrator of the server: it is an error inside of it.'],
  [550, 'Check the path, upper and lower case, and the rights of the user.'],
  [551, 'Check the file and the disk of the server; use STRU F.'],
  [552, 'Raise the quota or delete files.'],
  [553, 'Use another name, or check the right to create files there.'],
  [554, 'Send REST 0 or start over: the offset does not fit the file.'],
  [555, 'Set TYPE and STRU as for the first part of the file.'],
  [556, 'Ask for a smaller range or another algorithm.'],
  [631, 'The real outcome is inside: decode the base64.'],
  [632, 'The real outcome is inside, encrypted with the key of the session.'],
  [633, 'The real outcome is inside, encrypted with the key of the session.'],
]);

function byVerb(code: number, verb: string): string {
  if (verb === '') return '';
  switch (code) {
    case 425:
      return verb === 'PASV' || verb === 'EPSV'
        ? 'Widen the passive port range of the server, or run fewer transfers at once.'
        : '';
    case 431:
      return isCwd(verb) ? 'Check the path: here it means that there is no such directory.' : '';
    case 450:
      return isListing(verb) ? noMatch : '';
    case 500:
      return isPort(verb) ? passive : '';
    case 501:
      if (verb === 'PASS') return 'Send a password: an empty one counts as a failed login on ProFTPD.';
      return isPort(verb) ? passive : '';
    case 503:
      return order(verb);
    case 504:
      return verb === 'PORT' || verb === 'EPRT' ? 'Use a port above 1023: servers refuse privileged ports.' : '';
    case 521:
      if (isMkd(verb)) return 'Usually harmless: the directory exists already.';
      if (verb === 'PROT') return 'Use PROT P or PROT C.';
      return verb === 'LPRT' || verb === 'LPSV' ? 'Use EPRT or EPSV.' : '';
    case 522:
      if (verb === 'EPRT' || verb === 'EPSV') return 'Use a protocol that the text names: 1 is IPv4, 2 is IPv6.';
      return isTransfer(verb) ? 'Send PROT P; let the client reuse the TLS session, or the server not require it.' : '';
    case 530:
      if (verb === 'PASS' || verb === 'USER' || verb === 'ACCT')
        return 'Check name, password and account state; many from one client are guessing.';
      return logIn;
    case 534:
      return verb === 'USER' ? 'Send AUTH TLS before the login: the server requires TLS.' : '';
    case 550:
      return noFile(verb);
    default:
      return '';
  }
}

/** What has to come before the verb. */
function order(verb: string): string {
  switch (verb) {
    case 'RNTO':
      return 'Send RNFR right before it, with nothing between.';
    case 'PASS':
      return 'Send USER first; if the user is logged in already, nothing is needed.';
    case 'USER':
      return 'Already logged in, or TLS is wanted first: send QUIT, or AUTH TLS.';
    case 'PROT':
      return 'Send AUTH TLS and PBSZ 0 first.';
    case 'PBSZ':
      return 'Send AUTH TLS first.';
    case 'HOST':
      return 'Send HOST before USER.';
    default:
      return '';
  }
}

function noFile(verb: string): string {
  if (isListing(verb)) return noMatch;
  if (isMkd(verb)) return 'It may exist already; otherwise check the rights on the directory above.';
  switch (verb) {
    case 'RMD':
    case 'XRMD':
      return 'It may not be empty, or not exist; otherwise check the rights.';
    case 'SIZE':
    case 'MDTM':
    case 'MLST':
      return 'Before an upload only a look whether the file is there; SIZE wants TYPE I on some servers.';
    case 'STOR':
    case 'STOU':
    case 'APPE':
      return 'Check the right to write there, and whether uploads are enabled at all.';
    case 'USER':
    case 'PASS':
    case 'ACCT':
    case 'PASV':
    case 'EPSV':
    case 'PORT':
    case 'EPRT':
    case 'AUTH':
    case 'PBSZ':
    case 'PROT':
    case 'FEAT':
    case 'NOOP':
    case 'TYPE':
    case 'STRU':
    case 'MODE':
    case 'OPTS':
      return 'No file is meant: read the text. Often the server requires TLS (AUTH TLS, PROT P).';
    case 'CWD':
    case 'XCWD':
    case 'CDUP':
      return 'Check the path, upper and lower case, and the right to enter the directory.';
    default:
      return '';
  }
}

/** For codes that nobody defined. */
function byClass(code: number): string {
  if (code >= 400 && code < 500) return 'Try again later; if it persists, read the text.';
  return code >= 500 && code < 600 ? 'Do not repeat it unchanged; the text tells what to change.' : '';
}

function isTransfer(verb: string): boolean {
  return (
    verb === 'RETR' || verb === 'STOR' || verb === 'STOU' || verb === 'APPE' || (isListing(verb) && verb !== 'STAT')
  );
}

function isPort(verb: string): boolean {
  return verb === 'PORT' || verb === 'EPRT' || verb === 'LPRT';
}

function isListing(verb: string): boolean {
  return verb === 'LIST' || verb === 'NLST' || verb === 'MLSD' || verb === 'STAT';
}

function isMkd(verb: string): boolean {
  return verb === 'MKD' || verb === 'XMKD';
}

function isCwd(verb: string): boolean {
  return verb === 'CWD' || verb === 'XCWD';
}
