/** The target exists and may not be replaced. */
import type { Diagnosis } from './diagnosis.ts';
import { whenRefused } from './signs.ts';

export const overwriteRefused: Diagnosis = {
  id: 'overwrite-refused',
  title: 'The target exists and may not be replaced',
  cause: 'The server does not replace an existing file.',
  who: 'server',
  place: 7,
  on: ['overwrite'],
  settle: 'The same upload under another name.',
  cures: [
    { who: 'client', product: '', text: 'Delete the target first.' },
    { who: 'server', product: 'proftpd', text: 'Set AllowOverwrite on.' },
    { who: 'server', product: 'pure-ftpd', text: 'Check AutoRename and NoRename.' },
  ],
  find: (c) => whenRefused(c, 'overwrite'),
};
