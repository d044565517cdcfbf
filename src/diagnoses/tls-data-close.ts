/** TLS was not closed properly. */
import type { Diagnosis } from './diagnosis.ts';
import { placesOf } from './judge.ts';

export const tlsDataClose: Diagnosis = {
  id: 'tls-data-close',
  title: 'TLS was not closed properly',
  cause: 'The transfer was complete; one side did not close TLS, and the other takes that for a cut.',
  who: 'client',
  place: 6,
  on: ['tls-no-close'],
  settle: 'The size of the file on both sides.',
  cures: [
    { who: 'server', product: 'vsftpd', text: 'Set strict_ssl_read_eof=NO and strict_ssl_write_shutdown=NO.' },
    { who: 'client', product: '', text: 'Use a current version of the client.' },
  ],
  find(c) {
    const said = c.said('tls-no-close');
    const broken = c.units.filter(({ code, verb }) => (code === 426 || code === 451 || code === 450) && verb !== '');
    if (said.length === 0 || broken.length === 0) return undefined;
    return { certainty: 'certain', lines: placesOf([...said, ...broken]) };
  },
};
