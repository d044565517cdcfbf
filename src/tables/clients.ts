/** Clients: the hosts of the user-PI, busiest first. */
import type { Login, Session } from '../model.ts';
import { partyTable } from './parties.ts';

export const clients: ReturnType<typeof partyTable> = partyTable(
  'clients',
  'Clients',
  'client',
  (s: Session) => s.client,
  (l: Login) => l.session.client,
);
