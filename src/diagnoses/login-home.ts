/** The login fails on the home directory. */
import type { Diagnosis } from './diagnosis.ts';
import { whenSaid } from './signs.ts';

export const loginHome: Diagnosis = {
  id: 'login-home',
  title: 'The login fails on the home directory',
  cause: 'The password was accepted; the home directory is missing, not accessible, or not safe to be locked into.',
  who: 'server',
  place: 2,
  on: ['writable-root', 'login-home'],
  settle: 'The same password with SSH, or the log of the server.',
  cures: [
    {
      who: 'server',
      product: 'vsftpd',
      text: 'Take the right to write from the home directory and give users a writable directory in it.',
    },
    {
      who: 'server',
      product: 'vsftpd',
      text: 'Set allow_writeable_chroot=YES.',
      weakens: 'Users who may write to their root can break out of it.',
    },
    { who: 'server', product: 'proftpd', text: 'Check DefaultRoot, or set CreateHome.' },
    { who: 'server', product: 'pure-ftpd', text: 'Set CreateHomeDir (-j), or create the directory.' },
    { who: 'server', product: '', text: 'Create the home directory and let the account enter it.' },
  ],
  find: (c) => whenSaid(c, 'writable-root', 'login-home'),
};
