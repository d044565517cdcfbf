/** Names outside ASCII are not understood. */
import type { Diagnosis } from './diagnosis.ts';
import { placesOf } from './judge.ts';

export const charset: Diagnosis = {
  id: 'charset',
  title: 'Names outside ASCII are not understood',
  cause: 'The server does not understand names with characters outside ASCII.',
  who: 'client',
  place: 7,
  on: ['charset', 'odd-name'],
  settle: 'The same file under an ASCII name.',
  cures: [
    { who: 'client', product: 'filezilla', text: 'Site Manager, Charset: Force UTF-8.' },
    { who: 'client', product: 'lftp', text: 'Set ftp:charset, ftp:use-utf8.' },
    { who: 'client', product: '', text: 'Use UTF-8, or names in ASCII.' },
    { who: 'server', product: 'proftpd', text: 'Check UseEncoding and LangOptions.' },
  ],
  find(c) {
    const said = c.said('charset').filter((one) => 'verb' in one);
    const high = c.units.filter(
      ({ arg, code, meaning }) => code >= 500 && /[^\x20-\x7e]/.test(arg) && meaning !== 'denied',
    );
    if (said.length > 0) return { certainty: 'certain', lines: placesOf([...said, ...high]) };
    return high.length === 0 ? undefined : { certainty: 'likely', lines: placesOf(high) };
  },
};
