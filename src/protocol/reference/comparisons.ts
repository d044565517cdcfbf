/** Comparisons of two codes written by hand. Those of all other codes are derived from their pages. */
import type { WrittenComparison } from './types.ts';

/** The founding one. */
export const writtenComparisons: readonly WrittenComparison[] = [
  {
    codes: [214, 221],
    same: [
      'Both are 2yz: positive completion replies.',
      'Neither reports a problem, and no fix is needed for either.',
      'Both may have many lines: any reply may, including the one to QUIT (RFC 3659 §2.4).',
    ],
    differences: [
      '214 gives information and the session stays open; 221 ends the session.',
      '214 is the answer to HELP, 221 the answer to QUIT.',
      'The second digit says so: 1 is information, 2 is connections.',
      'After 214 the next command can be sent at once; after 221 a new connection is needed.',
    ],
    rows: [
      ['Name', 'Help message', 'Service closing control connection'],
      ['First digit', '2yz: positive completion', '2yz: positive completion'],
      ['Second digit', 'x1z: information', 'x2z: connections'],
      [
        'Purpose',
        'tells the implementation status: the list of recognised commands, or help for one command',
        'tells that the server logs the user out and closes the session',
      ],
      ['Answers', 'HELP, HELP command, SITE HELP', 'QUIT'],
      ['Session afterwards', 'stays open, nothing changes', 'is closed'],
      [
        'What to do',
        'nothing: informational; use it to discover what the server supports',
        'nothing: the session ended normally; reconnect with a new session if needed',
      ],
      ['Next step', 'send the next command', 'open a new connection'],
      ['Read by', 'people', 'people and programs'],
      ['Usual shape', 'many lines', 'one line, sometimes with transfer totals'],
      ['Place in a log', 'anywhere, even before USER', 'last reply of a session'],
      [
        'Watch out',
        'CrushFTP uses it for SITE results, even failed ones; HELP may get 211 as well',
        'without QUIT the server ended the session; FileZilla Server 1.x uses it for STAT path',
      ],
    ],
    use: ['when someone wants to know what the server can do', 'when the client is done and leaves properly'],
    traps: [
      'HELP may be answered with 211 as well (RFC 959 §5.4); ebftpd uses 200.',
      'CrushFTP answers many SITE subcommands with 214, even when SITE CHMOD, CHOWN or CHGRP failed.',
      'FileZilla Server 1.x answers "STAT path" with "221-Status of ..." and "221 End": no end of the session.',
      'wu-ftpd and Pure-FTPd send 221 without QUIT when the client vanished, at shutdown or at a time limit: the session did end, but not on request.',
      'BSD ftp and tnftp print a "421 Service not available, ..." of their own when the connection is lost.',
      'A session may end without any 221: by a 421, or by a plain disconnect.',
    ],
    sources: ['RFC 959 §4.2.1', 'RFC 959 §4.1.1 (QUIT)', 'RFC 959 §4.1.3 (HELP)', 'RFC 959 §5.4', 'RFC 3659 §2.4'],
  },
];
