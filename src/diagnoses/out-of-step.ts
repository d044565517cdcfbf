/** Client and server are one reply apart. */
import type { Diagnosis } from './diagnosis.ts';
import { whenSaid } from './signs.ts';

export const outOfStep: Diagnosis = {
  id: 'out-of-step',
  title: 'Client and server are one reply apart',
  cause: 'An answer came that is not for the command before it, and all that follows is shifted.',
  who: 'server',
  place: 8,
  on: ['out-of-step'],
  settle: 'The first line where code and command do not fit.',
  cures: [
    { who: 'server', product: '', text: 'Send each reply once, and close each reply of several lines (RFC 959 §4.2).' },
    { who: 'client', product: '', text: 'Wait for each reply before the next command.' },
  ],
  find: (c) => whenSaid(c, 'out-of-step'),
};
