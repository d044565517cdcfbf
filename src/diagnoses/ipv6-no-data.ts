/** Data connections know IPv4 only. */
import type { Diagnosis } from './diagnosis.ts';
import { placesOf } from './judge.ts';
import { whenSaid } from './signs.ts';

export const ipv6NoData: Diagnosis = {
  id: 'ipv6-no-data',
  title: 'Data connections know IPv4 only',
  cause: 'The control connection uses IPv6, for which PASV and PORT have no words.',
  who: 'client',
  place: 3,
  on: ['ipv6-pasv', 'ipv6-none', 'ipv6-epsv', 'EPSV', 'EPRT', 'PASV'],
  settle: 'The same transfer over IPv4.',
  cures: [
    { who: 'client', product: 'curl', text: 'Use --ipv4, or leave EPSV on.' },
    { who: 'client', product: 'lftp', text: 'Set dns:order "inet".' },
    { who: 'client', product: '', text: 'Use EPSV, or the IPv4 address of the server.' },
    { who: 'server', product: 'pure-ftpd', text: 'Set IPV4Only, or bind an IPv4 address.' },
  ],
  find(c) {
    const said = whenSaid(c, 'ipv6-pasv', 'ipv6-none');
    if (said !== undefined) return said;
    const family6 = (c.session?.server ?? '').includes(':') || (c.session?.client ?? '').includes(':');
    const refused = c.units.filter(
      ({ verb, code }) => (verb === 'EPSV' || verb === 'EPRT' || verb === 'PASV') && code >= 500,
    );
    const signs = c.said('ipv6-epsv');
    if (signs.length > 0 || (family6 && refused.length > 0))
      return { certainty: 'likely', lines: placesOf([...refused, ...signs]) };
    return undefined;
  },
};
