/** ASCII mode is in the way. */
import type { Diagnosis } from './diagnosis.ts';
import { whenRefused } from './signs.ts';

export const asciiType: Diagnosis = {
  id: 'ascii-type',
  title: 'ASCII mode is in the way',
  cause: 'The type is ASCII, and the server refuses, or damages, what is asked for in it.',
  who: 'client',
  place: 7,
  on: ['ascii'],
  settle: 'The same with TYPE I.',
  cures: [
    { who: 'client', product: 'filezilla', text: 'Settings, Transfers, FTP: File Types: Binary.' },
    { who: 'client', product: '', text: 'Use binary mode (TYPE I).' },
    { who: 'client', product: 'bsd-ftp', text: 'Use the command binary.' },
  ],
  find: (c) => whenRefused(c, 'ascii'),
};
