/** How many of the sessions stand in logs that tell of an aspect: a zero of what no log tells is no figure. */
import type { Session } from '../model.ts';

export interface Told {
  toldCommands: number;
  toldReplies: number;
  toldLogins: number;
  toldTransfers: number;
}

export const toldKeys = ['toldCommands', 'toldReplies', 'toldLogins', 'toldTransfers'] as const;

export function noneTold(): Told {
  return { toldCommands: 0, toldReplies: 0, toldLogins: 0, toldTransfers: 0 };
}

/** Counts a session. */
export function tell(told: Told, { lacks }: Session): void {
  if (!lacks.commands) told.toldCommands++;
  if (!lacks.replies) told.toldReplies++;
  if (!lacks.logins) told.toldLogins++;
  if (!lacks.transfers) told.toldTransfers++;
}
