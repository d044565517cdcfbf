/** The data connection is not encrypted. */
import type { Diagnosis } from './diagnosis.ts';
import { placesOf } from './judge.ts';

export const protPMissing: Diagnosis = {
  id: 'prot-p-missing',
  title: 'The data connection is not encrypted',
  cause: 'The server demands TLS for data connections, and the client did not ask for it with PROT P.',
  who: 'client',
  place: 3,
  on: ['tls-required-data', 'tls-required'],
  settle: 'The same transfer with PBSZ 0 and PROT P.',
  cures: [
    { who: 'client', product: 'curl', text: 'Use --ssl-reqd without --ftp-ssl-control.' },
    { who: 'client', product: 'lftp', text: 'Set ftp:ssl-protect-data yes and ftp:ssl-protect-list yes.' },
    { who: 'client', product: 'ftplib', text: 'Call prot_p() behind the login.' },
    { who: 'client', product: '', text: 'Send PBSZ 0 and PROT P behind the login.' },
    {
      who: 'server',
      product: 'vsftpd',
      text: 'Set force_local_data_ssl=NO.',
      weakens: 'Files may then cross the network in clear.',
    },
    {
      who: 'server',
      product: 'proftpd',
      text: 'Set TLSRequired ctrl.',
      weakens: 'Files may then cross the network in clear.',
    },
    {
      who: 'server',
      product: 'pyftpdlib',
      text: 'Set tls_data_required = False.',
      weakens: 'Files may then cross the network in clear.',
    },
  ],
  find(c) {
    const said = c.said('tls-required-data', ...(c.isEncrypted ? ['tls-required'] : []));
    if (said.length === 0 || c.story.prot === 'P') return undefined;
    return { certainty: 'certain', lines: placesOf(said) };
  },
};
