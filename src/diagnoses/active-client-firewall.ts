/** The server cannot connect to the client. */
import type { Diagnosis } from './diagnosis.ts';
import { placesOf } from './judge.ts';
import { isInner } from './signs.ts';

export const activeClientFirewall: Diagnosis = {
  id: 'active-client-firewall',
  title: 'The server cannot connect to the client',
  cause: 'The client asked for active mode, and the connection of the server to it is blocked.',
  who: 'client',
  place: 5,
  on: ['data'],
  settle: 'The same transfer in passive mode.',
  cures: [
    { who: 'client', product: '', text: 'Use passive mode, or let the program through the firewall of the client.' },
    { who: 'client', product: 'curl', text: 'Leave -P out.' },
    { who: 'client', product: 'lftp', text: 'Set ftp:passive-mode yes.' },
  ],
  find(c) {
    const failed = c.tries.filter((one) => (one.mode === 'port' || one.mode === 'eprt') && !isInner(one.host));
    const said = c.said('active-accept-timeout');
    if (failed.length === 0 || c.story.active > 0) return undefined;
    return { certainty: 'likely', lines: [...failed.flatMap((one) => [one.failed, one.line]), ...placesOf(said)] };
  },
};
