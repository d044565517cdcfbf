/** Sessions, the most troubled first: refused logins, failures, then bytes. */
import type { FinishContext, Row, Session, SessionRecord, Table } from '../model.ts';
import { type Best, best, firstOf, mergeBest, offer } from '../monoid.ts';
import { recordOf } from '../record.ts';
import { sessionRow } from '../rows/session-row.ts';
import { byText } from '../text.ts';

/** Kept for `--top 0`; more sessions than this are counted in the overview only. */
const keptSessions = 10_000;

export const sessions: Table<Best<SessionRecord>> = {
  id: 'sessions',
  title: 'Sessions',
  columns: [
    { key: 'session', title: 'Session', align: 'left' },
    { key: 'client', title: 'Client', align: 'left' },
    { key: 'user', title: 'User', align: 'left' },
    { key: 'durationMs', title: 'Time', align: 'right', format: 'ms' },
    { key: 'commands', title: 'Cmds', align: 'right', format: 'count' },
    { key: 'failures', title: 'Failed', align: 'right', format: 'count' },
    { key: 'bytesDown', title: 'Down', align: 'right', format: 'bytes' },
    { key: 'bytesUp', title: 'Up', align: 'right', format: 'bytes' },
    { key: 'end', title: 'End', align: 'left' },
  ],
  init: () => best(keptSessions),
  session: (state: Best<SessionRecord>, session: Session): void => offer(state, recordOf(session), worst),
  size: ({ offered }: Best<SessionRecord>): number => offered,
  merge: (into: Best<SessionRecord>, from: Best<SessionRecord>): void => mergeBest(into, from, worst),
  finish: (state: Best<SessionRecord>, { top, sources }: FinishContext): readonly Row[] => {
    return firstOf(state.items, top > 0 ? top : keptSessions, worst).map((s) => sessionRow(s, sources));
  },
};

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
