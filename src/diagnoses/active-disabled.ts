/** The server does not offer this mode. */
import type { Diagnosis } from './diagnosis.ts';
import { placesOf } from './judge.ts';

const modes: ReadonlySet<string> = new Set(['PORT', 'EPRT', 'PASV']);

export const activeDisabled: Diagnosis = {
  id: 'active-disabled',
  title: 'The server does not offer this mode',
  cause: 'The server has switched active, or passive, data connections off.',
  who: 'client',
  place: 3,
  on: ['active-disabled', 'PORT', 'EPRT', 'PASV'],
  settle: 'The same transfer in the other mode.',
  cures: [
    { who: 'client', product: '', text: 'Use the other mode: passive in place of active, or the reverse.' },
    { who: 'server', product: 'vsftpd', text: 'Set port_enable=YES, pasv_enable=YES.' },
    { who: 'server', product: 'ftp-srv', text: 'Set pasv_url, the address that clients can reach.' },
  ],
  find(c) {
    const said = c.said('active-disabled');
    const refused = c.units.filter(
      ({ verb, code, meaning }) =>
        modes.has(verb) &&
        (code === 502 || (code === 550 && meaning === 'denied')) &&
        !(c.session?.server ?? '').includes(':') &&
        !(c.session?.client ?? '').includes(':'),
    );
    if (said.length + refused.length === 0) return undefined;
    return { certainty: 'certain', lines: placesOf([...said, ...refused]) };
  },
};
