/** Resuming is not allowed. */
import type { Diagnosis } from './diagnosis.ts';
import { whenRefused } from './signs.ts';

export const resumeRefused: Diagnosis = {
  id: 'resume-refused',
  title: 'Resuming is not allowed',
  cause: 'The server does not append to a file, or resume it.',
  who: 'server',
  place: 7,
  on: ['resume-refused'],
  settle: 'The same transfer from the beginning.',
  cures: [
    { who: 'client', product: '', text: 'Overwrite the file in place of resuming it.' },
    { who: 'server', product: 'proftpd', text: 'Set AllowStoreRestart on; not with HiddenStores.' },
  ],
  find: (c) => whenRefused(c, 'resume-refused'),
};
