/** A user at a client as reports carry them (schema version 1). */
import type { Cell } from '../model.ts';
import { textOrNull, timeOrNull } from './values.ts';

/** Without client and user it stands for more pairs than can be listed. */
export interface LoginRow extends Readonly<Record<string, Cell>> {
  readonly client: string | null;
  readonly user: string | null;
  /** Successful logins. */
  readonly count: number;
  readonly first: string | null;
  readonly last: string | null;
}

export function loginRow(
  client: string,
  user: string,
  { count, first, last }: { readonly count: number; readonly first: number; readonly last: number },
): LoginRow {
  return {
    client: textOrNull(client),
    user: textOrNull(user),
    count,
    first: timeOrNull(first),
    last: timeOrNull(last),
  };
}
