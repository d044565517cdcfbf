/** Implicit and explicit TLS are mixed up. */
import type { Diagnosis } from './diagnosis.ts';
import { placesOf } from './judge.ts';

/** The first bytes of TLS, as logs show what is no text. */
const bytes = /^[?\x00-\x1f\x80-\uffff.]{3,}/;

export const tlsModeMixed: Diagnosis = {
  id: 'tls-mode-mixed',
  title: 'Implicit and explicit TLS are mixed up',
  cause: 'One side begins with TLS, the other with a plain greeting.',
  who: 'client',
  place: 1,
  on: ['tls-wrong-version', 'odd-verb'],
  settle: 'openssl s_client -connect SERVER:990 for implicit TLS, with -starttls ftp on port 21 for explicit TLS.',
  cures: [
    {
      who: 'client',
      product: 'filezilla',
      text: 'Site Manager, Encryption: Require explicit FTP over TLS for port 21, Require implicit FTP over TLS for port 990.',
    },
    { who: 'client', product: 'curl', text: 'ftp:// with --ssl-reqd is explicit TLS, ftps:// is implicit TLS.' },
    { who: 'client', product: 'lftp', text: 'ftp:// with ftp:ssl-force is explicit TLS, ftps:// is implicit TLS.' },
    { who: 'client', product: '', text: 'Use explicit TLS on port 21, implicit TLS on port 990 only.' },
  ],
  find(c) {
    const hello = c.story.units.filter(({ verb }) => bytes.test(verb));
    if (hello.length > 0) return { certainty: 'likely', lines: hello.map(({ line }) => line) };
    if (c.story.banner !== '') return undefined;
    const said = c.said('tls-wrong-version');
    return said.length === 0 ? undefined : { certainty: 'certain', lines: placesOf(said) };
  },
};
