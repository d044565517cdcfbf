/**
 * GuildFTPd (its help file): level in braces, number of the connection, a sentence.
 *
 *   07/11/2001 07:34:26 {3} - [5] : User logged in: <alice> : 192.0.2.7
 *   07/11/2001 07:34:40 {3} - [5] : [DOWN] File Downloaded: D:\a b.bmp - 2106 bytes in 0 sec. (0.00 Kb/s)
 */

import { declared } from '../../decoding/declared.ts';

export const guildftpd = declared({
  id: 'guildftpd',
  title: 'GuildFTPd',
  evidence: 'documented',
  side: 'server',
  identity: 'key',
  lacks: ['commands', 'replies'],
  example: '07/11/2001 07:34:26 {3} - [5] : User logged in: <alice> : 192.0.2.7',
  heads: ['{time:local} {{level:digits}} - [{session:digits}] : ', '{time:local} {{level:digits}} - '],
  lines: [
    ['opened', 'Connection Established…'],
    ['login', 'User logged in: <{user}> : {peer:address}'],
    ['retrieved', '[DOWN] {what:plain}: {path} - {size:digits} bytes in {seconds:digits}…'],
    ['stored', '[UP] {what:plain}: {path} - {size:digits} bytes in {seconds:digits}…'],
    ['closed', 'Connection clos…', 'User disconnected…', 'User logged out…', 'Abort…'],
    ['noise', '…'],
  ],
  voice: 'records',
  dateOrder: 'mdy',
  marks: ['} - '],
});
