/** The server refuses this name. */
import type { Diagnosis } from './diagnosis.ts';
import { whenRefused } from './signs.ts';

export const nameRefused: Diagnosis = {
  id: 'name-refused',
  title: 'The server refuses this name',
  cause: 'The server does not take files of this name.',
  who: 'client',
  place: 7,
  on: ['name-refused'],
  settle: 'The same file under another name.',
  cures: [
    { who: 'client', product: '', text: 'Rename the file.' },
    { who: 'server', product: 'proftpd', text: 'Check PathDenyFilter, DenyFilter and AllowFilter.' },
    { who: 'server', product: 'pure-ftpd', text: 'Check ProhibitDotFilesWrite and AntiWarez.' },
    { who: 'server', product: 'vsftpd', text: 'Check deny_file.' },
  ],
  find: (c) => whenRefused(c, 'name-refused'),
};
