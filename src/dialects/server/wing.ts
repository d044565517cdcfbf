/**
 * Wing FTP Server, a domain's log (pasted): a number for the sort of the line, date as in mail, number of the session,
 * and what was said or done.
 *
 *   [03] Tue, 01 Jul 2025 16:15:12 (0000042) Connected from 192.0.2.7 (local address 192.0.2.1, port 21)
 *   [02] Tue, 01 Jul 2025 16:15:13 (0000042) USER alice
 */

import { declared } from '../../decoding/declared.ts';

export const wing = declared({
  id: 'wing',
  title: 'Wing FTP Server',
  evidence: 'pasted',
  side: 'server',
  identity: 'key',
  example: '[02] Tue, 01 Jul 2025 16:15:13 (0000042) USER alice',
  heads: ['[{sort:digits}] {time:mail} '],
  lines: [
    ['told', '({session:digits}) {said}'],
    ['noise', '…'],
  ],
  voice: {
    opened: ['Connected from', 'New connection from', 'Connection from'],
    closed: ['Disconnected', 'Connection closed', 'Session closed', 'Closed'],
  },
});
