/** A user at a client as reports carry them (schema version 1). */
import { count, maybe, objectOf, text, time, type ValueOf } from '../shapes.ts';
import { textOrNull, timeOrNull } from './values.ts';

/** Without client and user it stands for more pairs than can be listed; `count` is of successful logins. */
export const loginShape = objectOf({
  client: maybe(text),
  user: maybe(text),
  count,
  first: maybe(time),
  last: maybe(time),
});

export type LoginRow = ValueOf<typeof loginShape>;

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
