/** Replies that mean something else than usual when they answer a certain command. */
import type { Reading } from './types.ts';

const transfers = ['RETR', 'STOR', 'STOU', 'APPE', 'LIST', 'NLST', 'MLSD'];

/** By code. */
export const readings: readonly Reading[] = [
  { code: 215, verbs: ['MRSQ', 'XRSQ'], meaning: 'Names the scheme for mail that the server prefers.' },
  { code: 220, verbs: ['HOST'], meaning: 'The virtual host is accepted; it is no greeting, and no session begins.' },
  { code: 220, verbs: ['REIN'], meaning: 'The user is logged out, and the same connection waits for the next one.' },
  { code: 220, verbs: ['EPSV'], meaning: 'EPSV ALL is accepted; it is no greeting.' },
  { code: 220, verbs: ['SSCN', 'SITE UTIME'], meaning: 'The command succeeded; it is no greeting.' },
  { code: 221, verbs: ['STAT'], meaning: 'A listing of the path; it is no goodbye, and the session goes on.' },
  { code: 230, verbs: ['REIN'], meaning: 'The user is logged out; it is no login.' },
  { code: 431, verbs: ['CWD', 'XCWD'], meaning: 'There is no such directory.' },
  { code: 452, verbs: siteAdministration(), meaning: 'No such user or group; the disk is not full.' },
  { code: 521, verbs: ['MKD', 'XMKD'], meaning: 'The directory exists already.' },
  {
    code: 521,
    verbs: ['LPRT', 'LPSV'],
    meaning: 'The address family is not supported; the text lists those that are.',
  },
  { code: 521, verbs: ['PROT'], meaning: 'The protection level is not supported.' },
  {
    code: 521,
    verbs: transfers,
    meaning: 'The protection level of the data connection does not fit the policy of the server.',
  },
  {
    code: 522,
    verbs: ['EPRT', 'EPSV'],
    meaning: 'The address family is not supported; the text lists those that are.',
  },
  { code: 522, verbs: transfers, meaning: 'TLS on the data connection failed, or is required.' },
  { code: 533, verbs: ['STOR'], meaning: 'A script of the server refused the upload.' },
];

function siteAdministration(): readonly string[] {
  return ['ADDUSER', 'GADDUSER', 'TADDUSER', 'DELUSER', 'ADDIP', 'CHPASS', 'CHGRP'].map((name) => `SITE ${name}`);
}
