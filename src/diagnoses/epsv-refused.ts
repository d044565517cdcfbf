/** The server has no EPSV. */
import type { Case, Diagnosis } from './diagnosis.ts';
import { placesOf } from './judge.ts';

/** Over IPv6 there is no other way. */
function isSix({ session }: Case): boolean {
  return (session?.server ?? '').includes(':') || (session?.client ?? '').includes(':');
}

export const epsvRefused: Diagnosis = {
  id: 'epsv-refused',
  title: 'The server has no EPSV',
  cause: 'The server does not know EPSV, and the client knows nothing else.',
  who: 'client',
  place: 8,
  on: ['EPSV'],
  settle: 'The same transfer with PASV.',
  cures: [
    { who: 'client', product: 'curl', text: 'Use --disable-epsv.' },
    { who: 'client', product: '', text: 'Use PASV.' },
    { who: 'server', product: 'vsftpd', text: 'Add EPSV to cmds_allowed.' },
    { who: 'server', product: 'proftpd', text: 'Allow EPSV: <Limit EPSV>.' },
  ],
  find(c) {
    const units = c.units.filter(
      ({ verb, code, meaning }) => verb === 'EPSV' && code >= 500 && meaning !== 'ipv6-none',
    );
    return units.length === 0 || c.story.passive > 0 || isSix(c)
      ? undefined
      : { certainty: 'likely', lines: placesOf(units) };
  },
};
