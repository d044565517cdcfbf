/** The server refuses this client. */
import type { Diagnosis } from './diagnosis.ts';
import { whenSaid } from './signs.ts';

export const clientRefused: Diagnosis = {
  id: 'client-refused',
  title: 'The server refuses this client',
  cause: 'The address of the client is banned, or not on the list of those that may connect.',
  who: 'server',
  place: 1,
  on: ['address-denied'],
  settle: 'Connect from another network.',
  cures: [
    { who: 'server', product: 'vsftpd', text: 'Check tcp_wrappers with /etc/hosts.allow and /etc/hosts.deny.' },
    { who: 'server', product: 'proftpd', text: 'Check <Limit LOGIN> and mod_ban.' },
    { who: 'server', product: 'sftpgo', text: 'Check defender and the allowed addresses of the user.' },
    { who: 'server', product: '', text: 'Check allow-lists and bans, fail2ban among them.' },
  ],
  find: (c) => whenSaid(c, 'address-denied'),
};
