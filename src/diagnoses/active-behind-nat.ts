/** The client announces an address that the server cannot reach. */
import type { Diagnosis } from './diagnosis.ts';
import { placesOf } from './judge.ts';
import { isInner } from './signs.ts';

export const activeBehindNat: Diagnosis = {
  id: 'active-behind-nat',
  title: 'The client announces an address that the server cannot reach',
  cause: 'PORT names an address behind a router, and the server refuses it or cannot reach it.',
  who: 'client',
  place: 4,
  on: ['port-address-refused', 'port-address-replaced', 'data'],
  settle: 'The same transfer in passive mode.',
  cures: [
    { who: 'client', product: 'filezilla', text: 'Transfer Settings: Passive.' },
    { who: 'client', product: 'curl', text: 'Leave -P out.' },
    { who: 'client', product: 'lftp', text: 'Set ftp:passive-mode yes.' },
    { who: 'client', product: 'ftplib', text: 'Call set_pasv(True).' },
    { who: 'client', product: 'bsd-ftp', text: 'Use ftp -p, or the command passive.' },
    { who: 'client', product: '', text: 'Use passive mode.' },
  ],
  find(c) {
    const refused = c.units.filter(
      ({ verb, meaning }) => (verb === 'PORT' || verb === 'EPRT') && meaning === 'port-address-refused',
    );
    const said = c.said('port-address-refused', 'port-address-replaced');
    if (refused.length + said.length > 0)
      return {
        certainty: refused.some(({ text }) => /only to/.test(text))
          ? 'certain'
          : refused.length === 0 && said.every(({ code }) => code === 0 || code === 500)
            ? 'possible'
            : 'likely',
        lines: placesOf([...refused, ...said]),
      };
    const inner = c.tries.filter(
      (one) =>
        (one.mode === 'port' || one.mode === 'eprt') &&
        isInner(one.host) &&
        !isInner(c.client) &&
        (c.server === '' || !isInner(c.server)),
    );
    const [first] = inner;
    if (first === undefined) return undefined;
    return {
      certainty: 'likely',
      lines: inner.flatMap((one) => [one.line, one.failed]),
      cause: `The client announces ${first.host}, which the server cannot reach.`,
    };
  },
};
