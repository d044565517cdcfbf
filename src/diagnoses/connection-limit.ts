/** Too many connections. */
import type { Diagnosis } from './diagnosis.ts';
import { placesOf } from './judge.ts';

const files: ReadonlySet<string> = new Set(['RETR', 'STOR', 'APPE', 'LIST']);

export const connectionLimit: Diagnosis = {
  id: 'connection-limit',
  title: 'Too many connections',
  cause: 'The server allows no more connections, of this client, of this user, or at all.',
  who: 'client',
  place: 1,
  on: ['limit'],
  settle: 'Close all connections of this client and try again with one.',
  cures: [
    {
      who: 'client',
      product: 'filezilla',
      text: 'Site Manager, Transfer Settings: limit the number of simultaneous connections.',
    },
    { who: 'client', product: 'lftp', text: 'Set net:connection-limit.' },
    { who: 'client', product: '', text: 'Use fewer connections at a time, and close them with QUIT.' },
    { who: 'server', product: 'vsftpd', text: 'Raise max_per_ip or max_clients.' },
    {
      who: 'server',
      product: 'proftpd',
      text: 'Raise MaxClients, MaxClientsPerHost, MaxClientsPerUser or MaxConnectionsPerHost.',
    },
    { who: 'server', product: 'pure-ftpd', text: 'Raise MaxClientsNumber (-c) or MaxClientsPerIP (-C).' },
    { who: 'server', product: 'pyftpdlib', text: 'Raise max_cons or max_cons_per_ip.' },
  ],
  find(c) {
    const said = c.said('limit').filter((one) => !('verb' in one) || !files.has(one.verb));
    return said.length === 0 ? undefined : { certainty: 'certain', lines: placesOf(said) };
  },
};
