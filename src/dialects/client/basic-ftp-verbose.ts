/**
 * npm basic-ftp with `client.ftp.verbose` (6.2, recorded and source). `> ` a command, `< ` what came in one piece: further
 * lines of it are bare, then comes an empty line. Listings are printed bare, too.
 *   > MLSD pub
 *   < 125 Data connection already open. Transfer starting.
 *   226 Transfer complete.
 */

import { declared } from '../../decoding/declared.ts';

export const basicFtpVerbose = declared({
  id: 'basic-ftp-verbose',
  title: 'npm basic-ftp, verbose',
  evidence: 'recorded',
  side: 'client',
  identity: 'order',
  serial: true,
  example: '> PASS ###',
  lines: [
    ['reply', '< {said}'],
    ['sent', '> {said}'],
    ['noise', '{_}'],
    ['also', '{said}'],
    ['opened', 'Connected to {server}'],
    ['note', 'Login security: …', 'Control socket is using: …', 'Trying to find optimal transfer strategy...…'],
    [
      'note',
      'Optimal transfer strategy found.…',
      'Downloading from …',
      'Uploading to …',
      'Deprecated call using send…',
    ],
    ['note', 'Invalid filename from server listing, …', 'Warning: …', '(node:…', '(Use `node …'],
    // FTP-Deploy-Action, the program that shows such logs most.
    ['note', 'Run SamKirkland…', '-----…', '\u{1F680} …', 'If you found this project helpful…', 'by giving it a …'],
    ['note', 'or add a badge …', 'Using the following excludes…', 'Creating local state…', 'Local state created…'],
    ['note', 'Failed to connect, are you sure…', 'Last published on…', 'Calculating differences…', 'Server Files:…'],
    [
      'note',
      'Local Files:…',
      'Beginning sync…',
      'Making changes to…',
      'No file found on the server…',
      'Sync complete…',
    ],
    ['note', 'uploading "…', 'upload progress for …', 'replacing "…', 'creating folder "…', 'removing …'],
    ['note', 'changing dir to …', 'Upload: …', 'Replace: …', 'Delete: …', 'Create: …', 'Total time:…', 'Time spent …'],
    // Listings.
    [
      'noise',
      '-{mode:plain} {entry}',
      'd{mode:plain} {entry}',
      'l{mode:plain} {entry}',
      '{fact:letters}={value:plain};…',
    ],
    ['noise', '{a:digits}-{b:digits}-{c:digits} …'],
  ],
  voice: 'conversation',
  marks: [
    '> PASS ###',
    'Login security: ',
    'Control socket is using: ',
    'Optimal transfer strategy found',
    ' (No encryption',
    ' (TLS',
  ],
  needs: [
    /^(> PASS ###|Login security: |Control socket is using: |Connected to \S+ \((No encryption|TLS)|Optimal transfer strategy found|(Down|Up)loading (from|to) \S+ \((No encryption|TLS))/,
    /^(< (\d{3}[ -]|$| )|> [A-Z]{3,})/,
  ],
});
