/**
 * Cerberus FTP Server (pasted): time in brackets, sort of the line, number of the connection, 0 for the server itself.
 *
 *   [2026-03-10 14:02:11]:CONNECT [    17] - FTP connection request accepted from 192.0.2.7
 *   [2026-03-10 14:02:12]:COMMAND [    17] - USER alice
 *   [2026-03-10 14:02:12]:  REPLY [    17] - 331 User alice, password please
 */

import { declared } from '../../decoding/declared.ts';

export const cerberus = declared({
  id: 'cerberus',
  title: 'Cerberus FTP Server',
  evidence: 'pasted',
  side: 'server',
  identity: 'key',
  example: '[2026-03-10 14:02:12]:COMMAND [    17] - USER alice',
  heads: ['[{time:iso}]'],
  lines: [
    ['command', ':{_}COMMAND{_}[{_}{session:digits}{_}] - {said}'],
    ['reply', ':{_}REPLY{_}[{_}{session:digits}{_}] - {said}'],
    ['noise', '{sort:plain}[{_}0{_}] - {said}'],
    ['told', '{sort:plain}[{_}{session:digits}{_}] - {said}'],
  ],
  voice: {
    opened: ['FTP connection request accepted', 'FTPS connection request accepted', 'Connection request accepted'],
    closed: ['Connection terminated', 'Connection closed', 'Disconnected', 'Client disconnected'],
  },
});
