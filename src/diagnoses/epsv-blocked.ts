/** EPSV hangs, PASV works. */
import type { Diagnosis } from './diagnosis.ts';
import { placesOf } from './judge.ts';

export const epsvBlocked: Diagnosis = {
  id: 'epsv-blocked',
  title: 'EPSV hangs, PASV works',
  cause: 'Something between client and server lets the ports of PASV through and not those of EPSV.',
  who: 'network',
  place: 5,
  on: ['epsv-off', 'data'],
  settle: 'The same transfer with EPSV switched off.',
  cures: [
    { who: 'client', product: 'curl', text: 'Use --disable-epsv.' },
    { who: 'client', product: 'lftp', text: 'Set ftp:prefer-epsv no.' },
    { who: 'client', product: '', text: 'Use PASV.' },
    { who: 'network', product: '', text: 'Let firewall or proxy follow EPSV, or switch its FTP helper off.' },
  ],
  find(c) {
    const failed = c.tries.filter(({ mode }) => mode === 'epsv');
    const isRefused = c.units.some(({ verb }) => verb === 'EPSV') || c.story.units.some(({ verb }) => verb === 'EPSV');
    const off = isRefused ? [] : c.said('epsv-off');
    if (c.story.passive === 0 || failed.length + off.length === 0 || c.story.extended > 0) return undefined;
    return { certainty: 'likely', lines: [...failed.flatMap((one) => [one.line, one.failed]), ...placesOf(off)] };
  },
};
