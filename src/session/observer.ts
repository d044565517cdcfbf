/** What the tracker tells as it happens. Sessions are live; whoever keeps one copies it. */
import type { Ambiguous, Exchange, Login, Session, Transfer } from '../model.ts';

export interface Observer {
  open(session: Session): void;
  exchange(exchange: Exchange): void;
  login(login: Login): void;
  transfer(transfer: Transfer): void;
  ambiguous(record: Ambiguous): void;
  /** The session ended; its totals are final. */
  session(session: Session): void;
}
