/** The server itself is at fault. */
import type { Diagnosis } from './diagnosis.ts';
import { placesOf } from './judge.ts';

export const serverFault: Diagnosis = {
  id: 'server-fault',
  title: 'The server itself is at fault',
  cause: 'The server gave up with an internal error, or was being shut down.',
  who: 'server',
  place: 1,
  on: ['server-fault', 'shutdown'],
  settle: 'The log of the server, or of its system, at the same second.',
  cures: [
    {
      who: 'server',
      product: 'vsftpd',
      text: 'Put right what the text behind OOPS names; seccomp_sandbox=NO where the sandbox kills it.',
    },
    { who: 'server', product: '', text: 'Look into the error log of the server.' },
  ],
  find(c) {
    const said = c.said('server-fault', 'shutdown');
    const [first] = said;
    if (first === undefined) return undefined;
    const text = 'text' in first ? `: ${first.text}` : '';
    return { certainty: 'certain', lines: placesOf(said), cause: `The server gave up${text}.`.replace('..', '.') };
  },
};
