/** No password was sent. */
import type { Diagnosis } from './diagnosis.ts';
import { placesOf } from './judge.ts';

export const loginNotSent: Diagnosis = {
  id: 'login-not-sent',
  title: 'No password was sent',
  cause: 'The server asked for a password, and the client sent none.',
  who: 'client',
  place: 2,
  on: ['empty-password', 'not-logged-in', '530', '503'],
  settle: 'Log in by hand with the same client.',
  cures: [
    { who: 'client', product: '', text: 'Give the password: an empty variable or secret of a job is a common reason.' },
  ],
  find(c) {
    const { story } = c;
    const empty = c.said('empty-password');
    if (empty.length > 0) return { certainty: 'certain', lines: placesOf(empty) };
    if (story.asked === 0 || c.session?.loggedIn === true) return undefined;
    const behind = c.units.filter(
      ({ line, code, verb, meaning }) =>
        line >= story.asked &&
        verb !== 'PASS' &&
        (meaning === 'not-logged-in' || (verb !== '' && (code === 530 || code === 503))),
    );
    if (c.said('login-wrong', 'limit').length > 0) return undefined;
    if (behind.length > 0) return { certainty: 'certain', lines: [...placesOf(behind), story.asked] };
    return undefined;
  },
};
