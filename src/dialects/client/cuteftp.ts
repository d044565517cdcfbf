/**
 * CuteFTP (pasted, 5 to 8.3): `COMMAND:>` a command, `STATUS:>` and `ERROR:>` notes, replies behind two tabs, as advice
 * is. Some versions put a time in brackets in front, of the first line of a block only.
 */

import { declared } from '../../decoding/declared.ts';

export const cuteFtp = declared({
  id: 'cuteftp',
  title: 'CuteFTP',
  evidence: 'pasted',
  side: 'client',
  identity: 'order',
  serial: true,
  example: 'COMMAND:>\tUSER alice',
  heads: ['STATUS:>{_}[{time:local}]{_}', 'STATUS:>{_}', 'ERROR:>{_}[{time:local}]{_}', 'ERROR:>{_}'],
  lines: [
    ['connecting', 'Connecting to FTP server... {server}'],
    ['opened', 'Socket connected…'],
    ['closed', 'Connection closed…'],
    ['note', '…'],
  ],
  bare: [
    // One blank of an inner line is text: `<TAB><TAB> EPRT`.
    ['answer', '\t\t[{time:local}]{_}{said}', '\t\t{said}', '\t{_}{said}', ' {_}{said}'],
    ['command', 'COMMAND:>{_}[{time:local}]{_}{said}', 'COMMAND:>{_}{said}'],
    ['noise', '\t…', ' …', '{_}'],
  ],
  timeLasts: true,
  voice: 'conversation',
  marks: ['COMMAND:>', 'STATUS:>', 'ERROR:>'],
  needs: [/^(COMMAND|STATUS|ERROR):>\s/],
});
