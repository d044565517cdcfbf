/**
 * bftpd (logging.c, commands.c): its log file, or the same sentences behind a syslog header. No address, no reply.
 *   Sun Nov 22 09:58:57 2026 bftpd[412]: Successfully logged in as user 'alice'.
 *   Sun Nov 22 09:58:59 2026 bftpd[412]: File transmission of 'a b.txt' successful.
 */

import { declared } from '../../decoding/declared.ts';

export const bftpd = declared({
  id: 'bftpd',
  title: 'bftpd',
  evidence: 'source',
  side: 'server',
  identity: 'key',
  lacks: ['commands', 'replies'],
  example: "Sun Nov 22 09:58:57 2026 bftpd[412]: Successfully logged in as user 'alice'.",
  heads: ['{time:ctime} bftpd[{session:digits}]: ', ''],
  lines: [
    ['opened', 'Incoming connection from {peer:word}…'],
    ['login', "Successfully logged in as {what:plain}'{user}'."],
    ['refused', "Login as user '{user}' failed."],
    ['retrieved', "File transmission of '{path}' successful."],
    ['unretrieved', "File transmission of '{path}' interrupted…"],
    ['storing', "Client is storing file '{path}'."],
    ['stored', 'File transmission successful…'],
    ['unstored', 'File transmission interrupted…'],
    ['done', "{verb=CWD}Changed directory to '{path}'.", "{verb=DELE}Deleted file '{path}'."],
    ['done', "{verb=MKD}Created directory '{path}'.", "{verb=RMD}Removed directory '{path}'."],
    [
      'failed',
      "{verb=CWD}Error: '{reason:plain}' while changing directory to '{path}'.",
      "{verb=DELE}Error: '{reason:plain}' while deleting file '{path}'.",
      "{verb=MKD}Error: '{reason:plain}' while creating directory '{path}'.",
      "{verb=RMD}Error: '{reason:plain}' while removing directory '{path}'.",
      "{verb=RNTO}Error: '{reason:plain}' while renaming '{path}'.",
      "{verb=STOR}Error: '{reason:plain}' while trying to store file '{path}'.",
      "{verb=STOR}Error: '{reason:plain}' while storing file '{path}'.",
      "{verb=RETR}Error: '{reason:plain}' while opening file '{path}'.",
      "{verb=RETR}Error: '{reason:plain}' while receiving file '{path}'.",
    ],
    ['closed', 'Quitting.{said=}'],
    ['pam', 'pam_…'],
    ['noise', "Error: '…", 'Client is receiving file …', 'Trying to log in as …', 'Could not …'],
  ],
  voice: 'records',
  sessionIsProcess: true,
});
