/** Codes that are mixed up, and what tells them apart. */
import type { ConfusedPair } from './types.ts';

/** Each pair once. */
export const confusedPairs: readonly ConfusedPair[] = [
  {
    codes: [214, 221],
    difference:
      '214 brings help text and the session goes on; 221 is the goodbye and the session is over. Both are 2yz, neither needs a fix.',
    when: ['after HELP, to learn which commands exist', 'after QUIT, when the server logs out and closes'],
  },
  {
    codes: [120, 220],
    difference: '120: wait some minutes. 220: ready now.',
    when: ['greeting of a busy server', 'greeting'],
  },
  {
    codes: [125, 150],
    difference:
      '125: the data connection is there already. 150: it is about to be opened. The effect is the same: wait for the final reply.',
    when: ['the client connected before the command was answered', 'the usual case'],
  },
  {
    codes: [150, 226],
    difference:
      '150 begins a transfer, 226 ends it; a transfer has both. Only an empty listing may come without a 150.',
    when: ['the transfer starts', 'the transfer is complete'],
  },
  {
    codes: [202, 502],
    difference: '202 is success: there is nothing to do. 502 is failure: it cannot be had here.',
    when: ['ALLO on a server that needs no space reserved', 'SMNT, ACCT and other commands that are not built in'],
  },
  {
    codes: [211, 212],
    difference: '211 is the state of the server or of the session, 212 the state of a directory.',
    when: ['STAT', 'STAT of a directory'],
  },
  {
    codes: [211, 213],
    difference: '211 describes the server; 213 describes a file or returns a value.',
    when: ['STAT, FEAT', 'SIZE, MDTM, STAT of a file'],
  },
  {
    codes: [211, 214],
    difference: '211 is status or the feature list, which programs read; 214 is help for people. HELP may use either.',
    when: ['STAT, FEAT', 'HELP, SITE HELP'],
  },
  {
    codes: [212, 213],
    difference: '212 is for a directory, 213 for a file. Many servers use 213 for both.',
    when: ['STAT of a directory', 'STAT of a file, SIZE, MDTM'],
  },
  {
    codes: [212, 214],
    difference: '212 is the listing of a directory, 214 is help text.',
    when: ['STAT of a directory', 'HELP'],
  },
  {
    codes: [213, 214],
    difference: '213 is a value about a file, 214 is help text.',
    when: ['SIZE, MDTM, STAT of a file', 'HELP'],
  },
  {
    codes: [220, 221],
    difference: '220 opens: ready for a new user. 221 closes: goodbye.',
    when: ['first reply of a session; also after REIN and HOST', 'last reply, after QUIT'],
  },
  {
    codes: [221, 421],
    difference: '221 is the end that the client asked for; 421 is an end that the server decided.',
    when: ['after QUIT', 'timeout, limit, shutdown, too many failures'],
  },
  {
    codes: [225, 226],
    difference:
      'After ABOR: 225 when nothing was running and a data connection may stay, 226 when the data connection was closed. Some servers always send 226.',
    when: ['ABOR without a transfer', 'ABOR of a transfer; final reply of every transfer'],
  },
  {
    codes: [226, 250],
    difference:
      '226: the data connection is closed after the transfer. 250: a file action is done, or a transfer is done and the data connection may stay open.',
    note: 'z/OS and IBM i commonly end transfers with 250 and close the data connection all the same.',
    when: ['final reply of RETR, STOR, LIST', 'CWD, DELE, RMD, RNTO, MLST'],
  },
  {
    codes: [226, 426],
    difference: '226: complete. 426: cut. After ABOR both appear: 426 for the transfer, then 226 for ABOR.',
    when: ['transfer complete, or abort confirmed', 'transfer cut'],
  },
  {
    codes: [227, 229],
    difference: '227 gives address and port and knows IPv4 only; 229 gives only the port and works with IPv4 and IPv6.',
    when: ['PASV', 'EPSV'],
  },
  {
    codes: [230, 232],
    difference: '230 comes after a password, or where none is needed; 232 when a certificate or ticket did it.',
    when: ['PASS', 'USER after AUTH'],
  },
  {
    codes: [230, 331],
    difference: '230: you are in. 331: the server still wants a password.',
    when: ['login complete', 'half-way through the login'],
  },
  {
    codes: [234, 334],
    difference: '234: no more security data, TLS starts. 334: security data is wanted by ADAT; wrong for TLS.',
    when: ['AUTH TLS', 'AUTH GSSAPI'],
  },
  {
    codes: [257, 250],
    difference: '257 returns a path in quotes; 250 is plain success.',
    when: ['MKD, PWD', 'CWD, DELE, RMD'],
  },
  {
    codes: [331, 332],
    difference: '331 asks for a password (PASS), 332 for an account (ACCT).',
    when: ['after USER', 'after USER or PASS on sites with accounting'],
  },
  {
    codes: [421, 426],
    difference:
      '421 ends the control connection and with it the session; 426 ends one transfer and the session goes on.',
    when: ['timeout, limit, shutdown; at any time', 'after the 150 of a transfer'],
  },
  {
    codes: [425, 426],
    difference: '425: the data connection was never opened. 426: it was open and the transfer was cut.',
    when: ['before any data flows: firewall, NAT, no PASV or PORT', 'in mid-transfer: abort, network loss, timeout'],
  },
  {
    codes: [450, 550],
    difference: '450 is temporary: try again later. 550 is permanent until something changes.',
    when: ['file busy or locked, or a listing without matches', 'file missing or access denied'],
    note: 'RFC 640 had the two examples the other way round.',
  },
  {
    codes: [451, 551],
    difference:
      '451: an error inside the server, temporary. 551: page type unknown, permanent; in practice a file error.',
    when: ['read or write error', 'STRU P, or a file error on some servers'],
  },
  {
    codes: [452, 552],
    difference: '452: the whole system is out of space, which may pass. 552: the own allocation is used up.',
    when: ['disk full', 'quota reached'],
    note: 'Full disks often have other codes: 451 on vsftpd, 426 on pyftpdlib.',
  },
  {
    codes: [500, 502],
    difference: '500: the verb is not understood at all. 502: it is understood but not available here.',
    when: ['typing error, unknown or foreign command', 'optional command switched off or not built in'],
    note: 'Old or simple servers use 500 for both, and RFC 1123 §4.1.3.1 tells clients to treat them alike for the X commands.',
  },
  {
    codes: [501, 504],
    difference: '501: the argument is malformed. 504: it is well-formed, but this value is not supported.',
    when: ['PORT 1,2,3', 'TYPE E on a server without EBCDIC'],
  },
  {
    codes: [503, 530],
    difference: '503: wrong order of commands. 530: not logged in.',
    when: ['PASS without USER', 'LIST before the login'],
  },
  {
    codes: [521, 522],
    difference:
      '521: wrong PROT level, told before the 150. 522: TLS on the data connection failed or is required, or after EPRT and EPSV the address family is not supported.',
    when: ['transfer refused at once', 'often after the 150'],
  },
  {
    codes: [530, 532],
    difference:
      '530: you are not logged in, or the login failed. 532: you are logged in, but storing needs an account (ACCT).',
    when: ['after PASS, or any command before the login', 'after STOR, APPE, STOU, RNTO'],
  },
  {
    codes: [533, 534],
    difference:
      '533: this command came without the protection that is required. 534: the policy of the server forbids the request itself.',
    when: [
      'an unprotected command, or CCC without TLS',
      'AUTH or PROT that is not wanted, or CCC that the server is unwilling to allow',
    ],
  },
  {
    codes: [550, 553],
    difference:
      '550: the file is not there or not yours. 553: the name itself is not acceptable, or the file cannot be created.',
    when: ['RETR, CWD, DELE', 'STOR, RNTO'],
  },
  {
    codes: [220, 230],
    difference: '220 greets the connection; 230 greets the user.',
    when: ['when the server is ready for USER', 'when the user is in'],
  },
  {
    codes: [530, 331],
    difference: '331 asks for the password; 530 refuses.',
    when: ['when the login failed or is missing', 'when the name was taken and the password is due'],
  },
  {
    codes: [332, 532],
    difference:
      '332 keeps the command and goes on with it once ACCT came; 532 has discarded the command, which has to be sent again (RFC 959 §4.1.1).',
    when: ['when ACCT completes what was begun', 'when the command is refused until ACCT was sent'],
  },
  {
    codes: [425, 421],
    difference: '425 is about the data connection, 421 about the control connection.',
    when: ['when no data connection could be made', 'when the server gives the session up'],
  },
  {
    codes: [522, 425],
    difference: '425: no data connection came about. 522: it is TLS on the data connection that failed or is missing.',
    when: ['when TLS of the data connection is the trouble', 'when the data connection is the trouble'],
  },
  {
    codes: [421, 530],
    difference: '421 closes the connection, 530 leaves it open.',
    when: ['when the server does not go on with this connection', 'when this login is refused'],
  },
  {
    codes: [426, 451],
    difference: '426: the data connection broke. 451: the server itself could not go on.',
    when: ['when the connection was lost or aborted', 'when the server had an error of its own'],
  },
  {
    codes: [430, 530],
    difference: '530 is the code of RFC 959 for it; 430 is defined by no RFC in force.',
    when: ['by servers with a code of their own', 'for every refused login'],
  },
  {
    codes: [450, 451],
    difference: '450: the file is not available now, because it is busy or locked. 451: an error inside the server.',
    when: ['when the file is in use for a while', 'when processing failed on the server'],
  },
  {
    codes: [500, 501],
    difference: '500: the command word itself is not understood. 501: the word is known, its argument is wrong.',
    when: ['for words that are no command', 'for arguments that cannot be read'],
  },
  {
    codes: [501, 503],
    difference: '501: wrong in itself, whenever it is sent. 503: right in itself, but sent at the wrong time.',
    when: ['when the argument cannot be read', 'when another command has to come first'],
  },
  {
    codes: [502, 504],
    difference: '502: it does not have the command. 504: it has the command, but not with this parameter.',
    when: ['when the whole command is missing', 'when only this value is missing'],
  },
  {
    codes: [530, 550],
    difference: '530 is about who you are: no login. 550 is about what you asked for: no such file, or no right to it.',
    when: ['when the login is missing or refused', 'when file or directory cannot be used'],
  },
  {
    codes: [521, 550],
    difference: '521 to MKD says just that: it exists. 550 to MKD may be that, or missing rights.',
    when: ['for PROT levels, and for directories that exist', 'for everything else about files'],
  },
  {
    codes: [534, 530],
    difference: '530 is about the login, 534 about the policy of the server.',
    when: ['when the policy forbids the request', 'when there is no login'],
  },
  {
    codes: [533, 536],
    difference:
      '533: a command lacks protection. 536: the PROT level that was asked for does not exist in this mechanism.',
    when: ['when the command is not protected', 'when the level is unknown to the mechanism'],
  },
  {
    codes: [534, 536],
    difference: '536: the mechanism does not have that level. 534: it has it, and the policy forbids it.',
    when: ['when the level is forbidden', 'when the level does not exist'],
  },
  {
    codes: [550, 551],
    difference: '551 is defined for one thing: the page type is unknown (STRU P). 550 is the general refusal.',
    when: ['for missing files and missing rights', 'for page structure; in practice for file errors of some servers'],
  },
  {
    codes: [551, 553],
    difference:
      '553: the name is not acceptable, or the file may not be created there. 551: page type unknown, in practice a file error.',
    when: ['for page structure and odd file errors', 'when name or place of the new file is refused'],
  },
];
