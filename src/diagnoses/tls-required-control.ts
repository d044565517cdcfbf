/** The server requires TLS. */
import type { Diagnosis } from './diagnosis.ts';
import { whenSaid } from './signs.ts';

export const tlsRequiredControl: Diagnosis = {
  id: 'tls-required-control',
  title: 'The server requires TLS',
  cause: 'The server does not let anyone log in without TLS, and the client speaks plain FTP.',
  who: 'client',
  place: 2,
  on: ['tls-required'],
  settle: 'The same login with explicit TLS.',
  cures: [
    { who: 'client', product: 'filezilla', text: 'Site Manager, Encryption: Require explicit FTP over TLS.' },
    { who: 'client', product: 'curl', text: 'Use --ssl-reqd.' },
    { who: 'client', product: 'lftp', text: 'Set ftp:ssl-force yes.' },
    { who: 'client', product: 'wget', text: 'Use ftps://.' },
    { who: 'client', product: 'ftplib', text: 'Use ftplib.FTP_TLS and call prot_p().' },
    { who: 'client', product: '', text: 'Use explicit TLS (AUTH TLS).' },
    {
      who: 'server',
      product: 'vsftpd',
      text: 'Set force_local_logins_ssl=NO.',
      weakens: 'Passwords may then cross the network in clear.',
    },
    {
      who: 'server',
      product: 'proftpd',
      text: 'Set TLSRequired off.',
      weakens: 'Passwords may then cross the network in clear.',
    },
  ],
  find(c) {
    if (c.isEncrypted) return undefined;
    return whenSaid(c, 'tls-required');
  },
};
