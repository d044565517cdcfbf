/** No passive port is free. */
import type { Diagnosis } from './diagnosis.ts';
import { placesOf } from './judge.ts';

export const pasvPortsExhausted: Diagnosis = {
  id: 'pasv-ports-exhausted',
  title: 'No passive port is free',
  cause: 'The server has no passive port left.',
  who: 'server',
  place: 3,
  on: ['ports-exhausted'],
  settle: 'The number of transfers at that time against the number of ports.',
  cures: [
    { who: 'server', product: 'vsftpd', text: 'Widen pasv_min_port to pasv_max_port.' },
    { who: 'server', product: 'proftpd', text: 'Widen PassivePorts.' },
    {
      who: 'server',
      product: 'pure-ftpd',
      text: 'Widen PassivePortRange; half of it also limits the number of clients.',
    },
    {
      who: 'server',
      product: '',
      text: 'Widen the range of passive ports, in the server, the firewall and the container alike.',
    },
  ],
  find(c) {
    const said = c.said('ports-exhausted');
    return said.length === 0 ? undefined : { certainty: 'certain', lines: placesOf(said) };
  },
};
