/** Users, busiest first. A session counts for the user it ended with, a login for the name that was given. */
import type { Login, Session } from '../model.ts';
import { partyTable } from './parties.ts';

export const users: ReturnType<typeof partyTable> = partyTable(
  'users',
  'Users',
  'user',
  (s: Session) => s.user,
  (l: Login) => l.user,
);
