/** The server announces an address that nobody can reach. */
import type { Diagnosis } from './diagnosis.ts';
import { placesOf } from './judge.ts';
import { isWrong } from './signs.ts';

/** Clients that go to the address of the control connection, whatever the reply says. */
const ignores = /^(curl|python-ftplib|basic-ftp)/;

export const pasvUnroutable: Diagnosis = {
  id: 'pasv-unroutable',
  title: 'The server announces an address that nobody can reach',
  cause: 'The reply to PASV names an address that the client cannot reach.',
  who: 'server',
  place: 4,
  on: ['unroutable', 'unroutable-tried', 'data'],
  settle: 'curl --ftp-skip-pasv-ip (its default): it works where only the address is wrong.',
  cures: [
    { who: 'server', product: 'vsftpd', text: 'Set pasv_address to the public address.' },
    { who: 'server', product: 'proftpd', text: 'Set MasqueradeAddress to the public name or address.' },
    { who: 'server', product: 'pure-ftpd', text: 'Set ForcePassiveIP (-P) to the public address.' },
    { who: 'server', product: 'pyftpdlib', text: 'Set masquerade_address.' },
    { who: 'server', product: 'ftp-srv', text: 'Set pasv_url to the public address.' },
    { who: 'server', product: '', text: 'Let the server announce its public address.' },
    { who: 'client', product: 'lftp', text: 'Set ftp:prefer-epsv yes, or ftp:ignore-pasv-address yes.' },
    { who: 'client', product: '', text: 'Use EPSV, or a client that ignores the address of the reply.' },
  ],
  find(c) {
    const said = c.said('unroutable');
    const wrong = c.tries.filter((one) => one.mode === 'pasv' && one.host !== '' && isWrong(one.host, c));
    const [first] = wrong;
    const tried = c.said('unroutable-tried');
    if (first === undefined && said.length + tried.length === 0) return undefined;
    if (first === undefined)
      return { certainty: said.length > 0 ? 'certain' : 'likely', lines: placesOf([...said, ...tried]) };
    const { host } = first;
    const cause = `The server announces ${host}${c.server === '' ? '' : ` and is reached at ${c.server}`}.`;
    const lines = wrong
      .slice(0, 2)
      .flatMap((one) => [one.line, one.failed])
      .concat(c.story.signs.map((one) => one.line));
    if (said.length > 0) return { certainty: 'certain', lines: [...placesOf(said), ...lines], variant: host, cause };
    if (ignores.test(c.story.dialect)) return undefined;
    return { certainty: 'likely', lines, variant: host, cause };
  },
};
