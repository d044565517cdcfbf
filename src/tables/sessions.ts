/** Sessions, the most troubled first: refused logins, failures, then bytes. */
import { addCounts, counterKeys } from '../counters.ts';
import type { FinishContext, Row, Session, SessionRecord, Table } from '../model.ts';
import { type Best, best, firstOf, isAmong, mergeBest, offer, passOver } from '../monoid.ts';
import { recordOf } from '../record.ts';
import { sessionRow, sessionShape } from '../rows/session-row.ts';
import { byText } from '../text.ts';
import { column, columnsOf } from './columns.ts';

/** Kept for `--top 0`; more sessions than this are counted in the overview only. */
const keptSessions = 10_000;

const { fields } = sessionShape;
/** What people see, in an order of its own. */
const shown = {
  session: column('Session', fields.session),
  client: column('Client', fields.client),
  user: column('User', fields.user),
  durationMs: column('Time', fields.durationMs, { expendable: 5 }),
  commands: column('Cmds', fields.commands, { expendable: 1 }),
  failures: column('Failed', fields.failures),
  bytesDown: column('Down', fields.bytesDown, { expendable: 3 }),
  bytesUp: column('Up', fields.bytesUp, { expendable: 4 }),
  end: column('End', fields.end, { expendable: 2 }),
};

export const sessions: Table<Best<SessionRecord>> = {
  id: 'sessions',
  title: 'Sessions',
  row: sessionShape,
  about: 'The most troubled first, at most --top.',
  columns: columnsOf({ fields: shown }),
  init: () => best(keptSessions),
  session: (state: Best<SessionRecord>, session: Session): void => {
    if (isAmong<SessionRecord>(state, session, worst)) offer(state, recordOf(session), worst);
    else passOver(state);
  },
  size: ({ offered }: Best<SessionRecord>): number => offered,
  merge: (into: Best<SessionRecord>, from: Best<SessionRecord>): void => mergeBest(into, from, worst),
  finish: (state: Best<SessionRecord>, { top, sources }: FinishContext): readonly Row[] => {
    return firstOf(joined(state.items), top > 0 ? top : keptSessions, worst).map((s) => sessionRow(s, sources));
  },
};

/** One session that several logs told is one row: what the others add is added. */
function joined(items: readonly SessionRecord[]): readonly SessionRecord[] {
  if (!items.some((s) => s.joins !== '')) return items;
  const known = new Map<string, SessionRecord>();
  for (const s of items) if (s.joins === '') known.set(s.id, s);
  for (const s of [...items].sort((a, b) => a.source - b.source || a.firstLine - b.firstLine || byText(a.id, b.id))) {
    const first = s.joins === '' ? undefined : known.get(s.joins);
    if (first !== undefined) known.set(first.id, sum(first, s));
  }
  return [...known.values()];
}

function sum(first: SessionRecord, added: SessionRecord): SessionRecord {
  const { lacks } = first;
  const both = {
    ...first,
    lacks: {
      commands: lacks.commands && added.lacks.commands,
      replies: lacks.replies && added.lacks.replies,
      logins: lacks.logins && added.lacks.logins,
      transfers: lacks.transfers && added.lacks.transfers,
    },
    user: first.user === '' ? added.user : first.user,
    server: first.server === '' ? added.server : first.server,
    clientPort: first.clientPort === 0 ? added.clientPort : first.clientPort,
    loggedIn: first.loggedIn || added.loggedIn,
    anonymous: first.anonymous || added.anonymous,
    encrypted: first.encrypted || added.encrypted,
  };
  addCounts(both, added, counterKeys);
  return both;
}

function worst(a: SessionRecord, b: SessionRecord): number {
  return (
    b.failedLogins - a.failedLogins ||
    b.failures - a.failures ||
    b.bytesDown + b.bytesUp - a.bytesDown - a.bytesUp ||
    b.commands - a.commands ||
    a.source - b.source ||
    a.firstLine - b.firstLine ||
    byText(a.id, b.id)
  );
}
