/** The file is in use. */
import type { Diagnosis } from './diagnosis.ts';
import { whenRefused } from './signs.ts';

export const fileLocked: Diagnosis = {
  id: 'file-locked',
  title: 'The file is in use',
  cause: 'Another program holds the file.',
  who: 'server',
  place: 7,
  on: ['locked'],
  settle: 'Which program holds it: lsof, or the Resource Monitor of Windows.',
  cures: [{ who: 'server', product: '', text: 'End or pause the program that holds the file, then upload.' }],
  find: (c) => whenRefused(c, 'locked'),
};
