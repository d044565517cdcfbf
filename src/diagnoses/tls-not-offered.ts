/** The server offers no TLS. */
import type { Diagnosis } from './diagnosis.ts';
import { placesOf } from './judge.ts';

export const tlsNotOffered: Diagnosis = {
  id: 'tls-not-offered',
  title: 'The server offers no TLS',
  cause: 'The client insists on TLS, and the server refuses AUTH.',
  who: 'server',
  place: 2,
  on: ['tls-not-offered', 'AUTH'],
  settle: 'AUTH TLS by hand: the server answers 234 where it has TLS.',
  cures: [
    { who: 'server', product: 'vsftpd', text: 'Set ssl_enable=YES and rsa_cert_file.' },
    { who: 'server', product: 'proftpd', text: 'Set TLSEngine on.' },
    { who: 'server', product: 'pure-ftpd', text: 'Set TLS 1.' },
    { who: 'server', product: 'pyftpdlib', text: 'Use TLS_FTPHandler.' },
    {
      who: 'client',
      product: '',
      text: 'Connect without TLS.',
      weakens: 'Passwords and files then cross the network in clear.',
    },
  ],
  find(c) {
    const { story } = c;
    const said = c.said('tls-not-offered');
    const isRefused = story.authRefused > 0 && story.lastGood <= story.authRefused && story.authLine === 0;
    if (said.length === 0 && !isRefused) return undefined;
    if (c.session?.loggedIn === true) return undefined;
    return { certainty: 'certain', lines: [...(isRefused ? [story.authRefused] : []), ...placesOf(said)] };
  },
};
