/** The transfer broke off. */
import type { Diagnosis } from './diagnosis.ts';
import { placesOf } from './judge.ts';

const moves: ReadonlySet<string> = new Set(['RETR', 'STOR', 'APPE', 'STOU']);

export const transferStalled: Diagnosis = {
  id: 'transfer-stalled',
  title: 'The transfer broke off',
  cause: 'The data connection broke in mid-transfer.',
  who: 'network',
  place: 6,
  on: ['stalled', 'data-timeout', '426', 'broken'],
  settle: 'The same transfer from another network; ping with full packets that must not be divided.',
  cures: [
    { who: 'client', product: '', text: 'Resume the transfer (REST) in place of a new one.' },
    { who: 'network', product: '', text: 'Look for a router, VPN or proxy that ends long or large connections.' },
    { who: 'server', product: 'vsftpd', text: 'Raise data_connection_timeout.' },
  ],
  find(c) {
    const said = c.said('stalled', ...(c.session === undefined ? [] : ['data-timeout']));
    if (c.story.aborted > 0) return undefined;
    const cut = c.units.filter(
      ({ code, how, verb, meaning, began }) =>
        moves.has(verb) &&
        (code === 426 ||
          (how === 'broken' && (verb === 'RETR' || code !== 150)) ||
          (began && (meaning === 'data-timeout' || meaning === 'reset'))) &&
        meaning !== 'quota' &&
        meaning !== 'denied',
    );
    const behind = c.story.signs.filter(
      ({ meaning, line }) =>
        (meaning === 'reset' || meaning === 'closed') && cut.some((unit) => unit.line < line && unit.verb === 'RETR'),
    );
    if (said.length === 0 && cut.length === 0) return undefined;
    if (c.said('tls-no-close').length > 0) return undefined;
    const isSure = (said.length > 0 || behind.length > 0) && c.session !== undefined && !c.isEncrypted;
    if (said.length + behind.length === 0 && cut.every(({ code, began }) => code !== 426 && !began)) return undefined;
    return { certainty: isSure ? 'likely' : 'possible', lines: placesOf([...said, ...cut, ...behind]) };
  },
};
