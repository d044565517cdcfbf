/** Beyond Compare, FTP log pane (not seen as a file): a time, two blanks, `> ` a command or `< ` a line of a reply. */

import { declared } from '../../decoding/declared.ts';

export const beyondCompare = declared({
  id: 'beyond-compare',
  title: 'Beyond Compare, FTP log',
  evidence: 'unverified',
  side: 'client',
  identity: 'order',
  serial: true,
  example: '10:15:30  > USER alice',
  heads: ['{_}{time:clock}{_}', '{_}{time:local}{_}'],
  lines: [
    ['reply', '< {said}'],
    ['command', '> {said}'],
    ['opened', 'Connected to {server}'],
    ['noise', 'Connecting to …'],
    ['opened', 'Connect…'],
    ['note', '…'],
  ],
  bare: [['noise', '{_}']],
  voice: 'conversation',
  marks: [' < 1', ' < 2', ' < 3', ' < 4', ' < 5'],
  needs: [/^\s*\d[\d:/. -]*( [AP]M)? +> [A-Z]{3,4}( |$)/, /^\s*\d[\d:/. -]*( [AP]M)? +< [1-5]\d\d[ -]/],
  weight: 0.8,
});
