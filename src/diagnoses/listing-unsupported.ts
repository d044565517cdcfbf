/** The server does not know this way of listing. */
import type { Diagnosis } from './diagnosis.ts';
import { placesOf } from './judge.ts';

export const listingUnsupported: Diagnosis = {
  id: 'listing-unsupported',
  title: 'The server does not know this way of listing',
  cause: 'The client lists with a command that the server does not know.',
  who: 'client',
  place: 8,
  on: ['MLSD', 'MLST', 'listing-unknown'],
  settle: 'LIST by hand.',
  cures: [
    { who: 'client', product: 'lftp', text: 'Set ftp:use-mlsd no.' },
    { who: 'client', product: '', text: 'Use LIST: in Python dir() or nlst() in place of mlsd().' },
  ],
  find(c) {
    const units = c.units.filter(
      ({ verb, code }) =>
        (verb === 'MLSD' || verb === 'MLST') && (code === 500 || code === 502 || code === 504 || code === 501),
    );
    const said = c.said('listing-unknown');
    if (units.length + said.length === 0) return undefined;
    return { certainty: units.length > 0 ? 'likely' : 'possible', lines: placesOf([...units, ...said]) };
  },
};
