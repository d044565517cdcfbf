/**
 * NcFTPd's general log (log_misc): free text behind the head; of it the refused logins are read.
 *
 *   2011-01-13 00:03:11 #u1     | Password wrong for user alice from 192.0.2.7.
 */

import { declared } from '../../../decoding/declared.ts';

export const ncftpdMisc = declared({
  id: 'ncftpd-misc',
  title: 'NcFTPd, messages',
  evidence: 'pasted',
  side: 'server',
  identity: 'peer',
  lacks: ['commands', 'replies', 'transfers'],
  example: '2011-01-13 00:03:11 #u1     | Password wrong for user alice from 192.0.2.7.',
  heads: ['{time:iso} {process:word}{_}| '],
  lines: [
    ['refused', 'Password wrong for user {user} from {peer:host}.'],
    ['unknown', 'Unknown user {user} from {peer:host}.'],
    ['noise', '…'],
  ],
  voice: 'records',
  // The head alone says nothing of what the text is.
  needs: [/\| (?:Password wrong for|Unknown) user .* from \S+\.$/],
  weight: 0.8,
});
