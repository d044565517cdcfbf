/** What the tables of clients and of users share: totals of sessions by a name. */

import { defaultLimits } from '../limits.ts';
import type { FinishContext, Login, Row, Session, Table } from '../model.ts';
import { type BoundedMap, boundedMap, claim, firstOf, mergeBounded } from '../monoid.ts';
import { octetsOrNull, toldOrNull } from '../rows/values.ts';
import { count, maybe, objectOf, octets, text, type ValueOf } from '../shapes.ts';
import { byText } from '../text.ts';
import { addTraffic, noTraffic, type Traffic } from '../traffic.ts';
import { column, columnsOf } from './columns.ts';
import { noneTold, type Told, tell } from './told.ts';

interface PartyStats extends Told, Traffic {
  sessions: number;
  commands: number;
  failures: number;
  logins: number;
  failedLogins: number;
}

const totals = objectOf({
  sessions: column('Sess.', count, { expendable: 4 }),
  commands: column('Cmds', maybe(count)),
  failures: column('Failed', maybe(count)),
  logins: column('Logins', maybe(count), { expendable: 2 }),
  failedLogins: column('Refused', maybe(count)),
  downloads: maybe(count),
  uploads: maybe(count),
  bytesDown: column('Down', maybe(octets), { expendable: 1 }),
  bytesUp: column('Up', maybe(octets), { expendable: 3 }),
});

/** A table of sessions added up by a name; sessions without one are left out. */
export function partyTable(
  id: string,
  title: string,
  key: string,
  name: (s: Session) => string,
  who: (l: Login) => string,
): Table<BoundedMap<PartyStats>> {
  const row = objectOf({ [key]: column(title.slice(0, -1), text), ...totals.fields });
  return {
    id,
    title,
    row,
    columns: columnsOf(row),
    init: () => boundedMap(defaultLimits.distinctKeys),
    login: (state: BoundedMap<PartyStats>, login: Login): void => {
      const stats = statsOf(state, who(login));
      if (stats === undefined) return;
      if (login.ok) stats.logins++;
      else stats.failedLogins++;
    },
    session: (state: BoundedMap<PartyStats>, s: Session): void => {
      const stats = statsOf(state, name(s));
      if (stats === undefined) return;
      if (s.joins === '') stats.sessions++;
      stats.commands += s.commands;
      stats.failures += s.failures;
      addTraffic(stats, s);
      tell(stats, s);
    },
    size: ({ map }: BoundedMap<PartyStats>): number => map.size,
    uncounted: ({ overflow }: BoundedMap<PartyStats>): number => overflow,
    merge: (into: BoundedMap<PartyStats>, from: BoundedMap<PartyStats>): void => mergeBounded(into, from, add),
    finish: (state: BoundedMap<PartyStats>, { top }: FinishContext): readonly Row[] => {
      const order = (a: [string, PartyStats], b: [string, PartyStats]): number =>
        b[1].commands - a[1].commands || b[1].sessions - a[1].sessions || byText(a[0], b[0]);
      return firstOf(state.map, top, order).map(([who, stats]) => ({ [key]: who, ...rowOf(stats) }));
    },
  };
}

/** Those of nobody are not kept. */
function statsOf(state: BoundedMap<PartyStats>, name: string): PartyStats | undefined {
  return name === '' ? undefined : (state.map.get(name) ?? claim(state, name, none));
}

function none(): PartyStats {
  return {
    sessions: 0,
    commands: 0,
    failures: 0,
    logins: 0,
    failedLogins: 0,
    ...noTraffic(),
    ...noneTold(),
  };
}

/** A login stands under the name that was given, its session perhaps under another: without sessions all is as counted. */
function rowOf(s: PartyStats): ValueOf<typeof totals> {
  const lacking = (told: number): boolean => s.sessions > 0 && told === 0;
  return {
    sessions: s.sessions,
    commands: toldOrNull(s.commands, lacking(s.toldCommands)),
    failures: toldOrNull(s.failures, lacking(s.toldReplies)),
    logins: toldOrNull(s.logins, lacking(s.toldLogins)),
    failedLogins: toldOrNull(s.failedLogins, lacking(s.toldLogins)),
    downloads: toldOrNull(s.downloads, lacking(s.toldTransfers)),
    uploads: toldOrNull(s.uploads, lacking(s.toldTransfers)),
    bytesDown: octetsOrNull(s.bytesDown, s.downloads, s.unsizedDown, lacking(s.toldTransfers)),
    bytesUp: octetsOrNull(s.bytesUp, s.uploads, s.unsizedUp, lacking(s.toldTransfers)),
  };
}

function add(into: PartyStats, from: PartyStats): void {
  for (const key of Object.keys(into) as (keyof PartyStats)[]) into[key] += from[key];
}
