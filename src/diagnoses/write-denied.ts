/** The account may not write. */
import type { Diagnosis } from './diagnosis.ts';
import { placesOf } from './judge.ts';

const writes: ReadonlySet<string> = new Set(['STOR', 'APPE', 'STOU', 'MKD', 'XMKD', 'DELE', 'RMD', 'RNFR', 'RNTO']);

export const writeDenied: Diagnosis = {
  id: 'write-denied',
  title: 'The account may not write',
  cause: 'The server refuses to write, and the account may read.',
  who: 'server',
  place: 7.6,
  on: ['denied', 'no-parent', 'denied-write', 'bare-write'],
  settle: 'The rights of the directory, as the user of the server sees them.',
  cures: [
    {
      who: 'server',
      product: 'vsftpd',
      text: 'Set write_enable=YES; for anonymous users anon_upload_enable and anon_mkdir_write_enable.',
    },
    { who: 'server', product: 'proftpd', text: 'Check <Limit WRITE> and <Limit STOR>.' },
    { who: 'server', product: 'pyftpdlib', text: 'Give the user the permissions "elradfmwMT".' },
    {
      who: 'server',
      product: '',
      text: 'Let the account write to the directory: owner, mode, SELinux, read-only mounts.',
    },
  ],
  find(c) {
    const units = c.units.filter(
      ({ verb, meaning, code, text }) =>
        writes.has(verb) &&
        code >= 400 &&
        (meaning === 'denied' || meaning === 'no-parent' || (code === 550 && meaning === '' && text !== '')),
    );
    const remarks = c.units.length > 0 ? [] : c.said('denied-write', 'no-parent');
    const [first] = units;
    if (first === undefined)
      return remarks.length < 2 && !remarks.some(({ meaning }) => meaning === 'denied-write')
        ? undefined
        : { certainty: remarks.length > 1 ? 'likely' : 'possible', lines: placesOf(remarks) };
    const several = new Set(units.map(({ verb }) => verb)).size > 1;
    return {
      certainty: units.some(({ meaning }) => meaning === 'denied') || several ? 'likely' : 'possible',
      lines: placesOf(units),
    };
  },
};
