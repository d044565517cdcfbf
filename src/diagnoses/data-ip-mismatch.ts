/** The data connection comes from another address. */
import type { Diagnosis } from './diagnosis.ts';
import { whenSaid } from './signs.ts';

export const dataIpMismatch: Diagnosis = {
  id: 'data-ip-mismatch',
  title: 'The data connection comes from another address',
  cause: 'Control and data connection do not come from the same address, and one side refuses that.',
  who: 'network',
  place: 3,
  on: ['foreign-peer'],
  settle: 'The addresses of both connections, in the log of the server or a capture.',
  cures: [
    {
      who: 'network',
      product: '',
      text: 'Let the proxy, load balancer or container gateway keep the address of the client for both connections.',
    },
    {
      who: 'server',
      product: 'vsftpd',
      text: 'Set pasv_promiscuous=YES.',
      weakens: 'Others may then take the data connection.',
    },
    {
      who: 'server',
      product: 'proftpd',
      text: 'Set AllowForeignAddress on.',
      weakens: 'Others may then take the data connection.',
    },
    {
      who: 'server',
      product: 'pyftpdlib',
      text: 'Set permit_foreign_addresses = True.',
      weakens: 'Others may then take the data connection.',
    },
  ],
  find: (c) => whenSaid(c, 'foreign-peer'),
};
