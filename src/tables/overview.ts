/** The totals of everything. */
import type { Exchange, Login, Row, Session, SessionEnd, Table, Transfer } from '../model.ts';
import { earlier, later } from '../monoid.ts';

interface Totals {
  sessions: number;
  readonly ends: Map<SessionEnd, number>;
  commands: number;
  replies: number;
  unanswered: number;
  unasked: number;
  loginsOk: number;
  loginsFailed: number;
  downloads: number;
  uploads: number;
  incomplete: number;
  bytesDown: number;
  bytesUp: number;
  firstTime: number;
  lastTime: number;
}

export const overview: Table<Totals> = {
  id: 'overview',
  title: 'Overview',
  columns: [],
  init: (): Totals => ({
    sessions: 0,
    ends: new Map(),
    commands: 0,
    replies: 0,
    unanswered: 0,
    unasked: 0,
    loginsOk: 0,
    loginsFailed: 0,
    downloads: 0,
    uploads: 0,
    incomplete: 0,
    bytesDown: 0,
    bytesUp: 0,
    firstTime: Number.NaN,
    lastTime: Number.NaN,
  }),
  exchange: (t: Totals, x: Exchange): void => {
    if (x.asked) t.commands++;
    else t.unasked++;
    t.replies += x.replies.length;
    if (x.outcome === 'unanswered' && x.session.replies > 0) t.unanswered++;
  },
  login: (t: Totals, login: Login): void => {
    if (login.ok) t.loginsOk++;
    else t.loginsFailed++;
  },
  transfer: (t: Totals, transfer: Transfer): void => {
    const bytes = Math.max(0, transfer.bytes);
    if (!transfer.complete) t.incomplete++;
    if (transfer.direction === 'download') {
      t.downloads++;
      t.bytesDown += bytes;
    } else {
      t.uploads++;
      t.bytesUp += bytes;
    }
  },
  session: (t: Totals, s: Session): void => {
    t.sessions++;
    t.ends.set(s.end, (t.ends.get(s.end) ?? 0) + 1);
    t.firstTime = earlier(t.firstTime, s.opened);
    t.lastTime = later(t.lastTime, s.closed);
  },
  merge: (into: Totals, from: Totals): void => {
    for (const key of sums) into[key] += from[key];
    for (const [end, n] of from.ends) into.ends.set(end, (into.ends.get(end) ?? 0) + n);
    into.firstTime = earlier(into.firstTime, from.firstTime);
    into.lastTime = later(into.lastTime, from.lastTime);
  },
  finish: (t: Totals): readonly Row[] => [
    {
      sessions: t.sessions,
      endedQuit: t.ends.get('quit') ?? 0,
      endedServiceClosing: t.ends.get('service-closing') ?? 0,
      endedDropped: t.ends.get('dropped') ?? 0,
      endedEvicted: t.ends.get('evicted') ?? 0,
      endedEndOfInput: t.ends.get('end-of-input') ?? 0,
      commands: t.commands,
      replies: t.replies,
      unanswered: t.unanswered,
      unasked: t.unasked,
      loginsOk: t.loginsOk,
      loginsFailed: t.loginsFailed,
      downloads: t.downloads,
      uploads: t.uploads,
      incompleteTransfers: t.incomplete,
      bytesDown: t.bytesDown,
      bytesUp: t.bytesUp,
      firstTime: iso(t.firstTime),
      lastTime: iso(t.lastTime),
    },
  ],
};

const sums = [
  'sessions',
  'commands',
  'replies',
  'unanswered',
  'unasked',
  'loginsOk',
  'loginsFailed',
  'downloads',
  'uploads',
  'incomplete',
  'bytesDown',
  'bytesUp',
] as const;

function iso(time: number): string | null {
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
