/** The directory above does not exist. */
import type { Diagnosis } from './diagnosis.ts';
import { placesOf } from './judge.ts';

const makes: ReadonlySet<string> = new Set(['STOR', 'APPE', 'MKD', 'XMKD', 'RNTO']);

export const parentMissing: Diagnosis = {
  id: 'parent-missing',
  title: 'The directory above does not exist',
  cause: 'The server does not create directories for a file.',
  who: 'client',
  place: 7.3,
  on: ['missing', 'no-parent', 'no-directory'],
  settle: 'LIST of the directory above.',
  cures: [
    { who: 'client', product: 'curl', text: 'Use --ftp-create-dirs.' },
    { who: 'client', product: 'lftp', text: 'Use mkdir -p, or mirror -R.' },
    { who: 'client', product: '', text: 'Create the directory first.' },
  ],
  find(c) {
    const units = c.units.filter(
      ({ verb, arg, meaning, code }) =>
        makes.has(verb) &&
        code >= 500 &&
        arg.includes('/') &&
        !/^\/(var|home|srv|www|usr|public_html|htdocs)\//.test(arg) &&
        (meaning === 'missing' || meaning === 'no-parent'),
    );
    const [first] = units;
    const loose = c.session === undefined ? c.said('no-parent', 'no-directory') : [];
    if (first === undefined) return loose.length !== 1 ? undefined : { certainty: 'possible', lines: placesOf(loose) };
    return { certainty: first.meaning === 'missing' ? 'certain' : 'likely', lines: placesOf(units) };
  },
};
