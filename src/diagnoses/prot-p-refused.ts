/** The server takes no encrypted data connection. */
import type { Diagnosis } from './diagnosis.ts';
import { placesOf } from './judge.ts';

export const protPRefused: Diagnosis = {
  id: 'prot-p-refused',
  title: 'The server takes no encrypted data connection',
  cause: 'The server refuses PROT P.',
  who: 'server',
  place: 3,
  on: ['PROT', 'prot-refused'],
  settle: 'PROT P by hand behind AUTH TLS and PBSZ 0.',
  cures: [
    { who: 'server', product: 'proftpd', text: 'Take !data out of TLSRequired.' },
    {
      who: 'client',
      product: 'curl',
      text: 'Use --ftp-ssl-control.',
      weakens: 'Files then cross the network in clear.',
    },
    {
      who: 'client',
      product: 'lftp',
      text: 'Set ftp:ssl-protect-data no.',
      weakens: 'Files then cross the network in clear.',
    },
    {
      who: 'client',
      product: '',
      text: 'Transfer without protection (PROT C).',
      weakens: 'Files then cross the network in clear.',
    },
  ],
  find(c) {
    const unit = c.units.find(({ verb, arg, code }) => verb === 'PROT' && /^p/i.test(arg) && code >= 400);
    if (unit !== undefined && c.isEncrypted) return { certainty: 'certain', lines: [unit.replyLine] };
    const said = c.said('prot-refused').filter((one) => !('verb' in one));
    return said.length === 0 ? undefined : { certainty: 'certain', lines: placesOf(said) };
  },
};
