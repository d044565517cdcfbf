/**
 * Who logged in from where: every user at every client, whatever `--top` says, so that a later report can tell what is
 * new. Anonymous logins are left out. Not printed.
 */
import type { FinishContext, Login, Row, Table } from '../model.ts';
import { type BoundedMap, boundedMap, claim, earlier, later, mergeBounded } from '../monoid.ts';
import { loginRow, loginShape } from '../rows/login-row.ts';
import { byText } from '../text.ts';

interface Seen {
  readonly client: string;
  readonly user: string;
  count: number;
  first: number;
  last: number;
}

/** Above it the list would be a sample, and what is not in it not new; then it is one row without names. */
const pairLimit = 10_000;

export const logins: Table<BoundedMap<Seen>> = {
  id: 'logins',
  title: 'Users by client',
  row: loginShape,
  about: 'Who logged in from where.',
  columns: [],
  init: () => boundedMap(pairLimit),
  login: (state: BoundedMap<Seen>, { ok, anonymous, user, time, session: { client } }: Login): void => {
    if (!ok || anonymous || user === '' || client === '') return;
    const seen = claim(state, `${client}\n${user}`, () => ({
      client,
      user,
      count: 0,
      first: Number.NaN,
      last: Number.NaN,
    }));
    if (seen === undefined) return;
    seen.count++;
    seen.first = earlier(seen.first, time);
    seen.last = later(seen.last, time);
  },
  uncounted: ({ overflow }: BoundedMap<Seen>): number => overflow,
  merge: (into: BoundedMap<Seen>, from: BoundedMap<Seen>): void =>
    mergeBounded(into, from, (a, b) => {
      a.count += b.count;
      a.first = earlier(a.first, b.first);
      a.last = later(a.last, b.last);
    }),
  finish: (state: BoundedMap<Seen>, _context: FinishContext): readonly Row[] => {
    const pairs = [...state.map.values()];
    if (state.overflow > 0) {
      const count = pairs.reduce((sum, seen) => sum + seen.count, state.overflow);
      return [loginRow('', '', { count, first: Number.NaN, last: Number.NaN })];
    }
    return pairs
      .sort((a, b) => byText(a.user, b.user) || byText(a.client, b.client))
      .map((seen) => loginRow(seen.client, seen.user, seen));
  },
};
