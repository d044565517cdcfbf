/** The account may not read. */
import type { Diagnosis } from './diagnosis.ts';
import { placesOf } from './judge.ts';

const reads: ReadonlySet<string> = new Set(['RETR', 'LIST', 'NLST', 'MLSD', 'CWD', 'SIZE']);

export const readDenied: Diagnosis = {
  id: 'read-denied',
  title: 'The account may not read',
  cause: 'The file is there, and the account may not read it.',
  who: 'server',
  place: 7,
  on: ['denied', 'denied-read', 'there'],
  settle: 'The rights of the file and of every directory above it.',
  cures: [
    { who: 'server', product: '', text: 'Let the account read the file, and enter every directory above it.' },
    { who: 'server', product: 'vsftpd', text: 'Check anon_world_readable_only, hide_file and deny_file.' },
    { who: 'server', product: 'proftpd', text: 'Check <Limit READ DIRS> and HideNoAccess.' },
  ],
  find(c) {
    const units = c.units.filter(({ verb, meaning }) => reads.has(verb) && meaning === 'denied');
    if (units.length > 0)
      return { certainty: units.some(({ code }) => code > 0) ? 'certain' : 'possible', lines: placesOf(units) };
    const there = c.units.filter(({ verb, code, isThere }) => verb === 'RETR' && code === 550 && isThere);
    if (there.length > 0) return { certainty: 'likely', lines: placesOf(there) };
    const said = c.units.length > 0 ? [] : c.said('denied-read');
    return said.length === 0 ? undefined : { certainty: 'possible', lines: placesOf(said) };
  },
};
