/**
 * Rebex FTP for .NET (documented): `2011-04-28 10:48:39.123 INFO Ftp(1)[9] Command: USER alice`, `Response: 331 …`. The
 * name before the bracket is the object, hence the connection.
 */

import { declared } from '../../decoding/declared.ts';

export const rebex = declared({
  id: 'rebex',
  title: 'Rebex FTP',
  evidence: 'unverified',
  side: 'client',
  identity: 'key',
  duplex: true,
  serial: true,
  example: '2011-04-28 10:48:39.123 INFO Ftp(1)[9] Command: USER alice',
  heads: ['{time:iso} {level:letters} '],
  lines: [
    ['reply', '{session:word}[{thread:digits}] Response: {said}', '{session:word} Response: {said}'],
    ['command', '{session:word}[{thread:digits}] Command: {said}', '{session:word} Command: {said}'],
    ['noise', '…'],
  ],
  bare: [['further', '{said}']],
  timeLasts: true,
  voice: 'conversation',
  marks: [') Command: ', '] Command: ', ') Response: ', '] Response: '],
  needs: [/ \w*Ftp\w*\(\d+\)(?:\[\d+\])? (?:Command: [A-Z]{3}|Response: [1-5]\d\d[ -])/],
});
