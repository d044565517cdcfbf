/** What the tracker tells as it happens. Sessions are live; whoever keeps one copies it. */
import type { Ambiguous, Exchange, Login, Remark, Session, Transfer } from '../model.ts';

/**
 * `corroborates`: id of the session in which another log told the same event before; it is counted there. Absent or ''
 * for an event that is told for the first time.
 */
export interface Observer {
  open(session: Session): void;
  exchange(exchange: Exchange, corroborates?: string): void;
  login(login: Login, corroborates?: string): void;
  transfer(transfer: Transfer, corroborates?: string): void;
  ambiguous(record: Ambiguous): void;
  remark(remark: Remark): void;
  /** The session ended; its totals are final. */
  session(session: Session): void;
}
