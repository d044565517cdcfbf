/** The totals of everything. */
import type { Exchange, Login, Session, SessionEnd, Table, Transfer } from '../model.ts';
import { earlier, later } from '../monoid.ts';
import { octetsOrNull, timeOrNull, toldOrNull } from '../rows/values.ts';
import { about, addedFreely, count, maybe, objectOf, octets, textLike, time, type ValueOf } from '../shapes.ts';
import { clockText, isDated, timeOfDayMs } from '../timestamp.ts';
import { addTransfer, noTraffic, type Traffic, trafficKeys } from '../traffic.ts';
import { noneTold, type Told, tell, toldKeys } from './told.ts';

interface Totals extends Told, Traffic {
  sessions: number;
  readonly ends: Map<SessionEnd, number>;
  commands: number;
  replies: number;
  unanswered: number;
  unasked: number;
  loginsOk: number;
  loginsFailed: number;
  incomplete: number;
  firstTime: number;
  lastTime: number;
  /** Of logs without dates. */
  firstUndated: number;
  lastUndated: number;
}

const clock = textLike('^\\d\\d:\\d\\d:\\d\\d\\.\\d{3}$');
const row = objectOf({
  sessions: count,
  endedQuit: count,
  endedServiceClosing: count,
  endedDropped: count,
  endedEvicted: count,
  endedEndOfInput: count,
  commands: maybe(count),
  replies: maybe(count),
  unanswered: maybe(count),
  unasked: maybe(count),
  loginsOk: maybe(count),
  loginsFailed: maybe(count),
  downloads: maybe(count),
  uploads: maybe(count),
  incompleteTransfers: maybe(count),
  bytesDown: maybe(octets),
  bytesUp: maybe(octets),
  unsizedDownloads: about('Downloads whose size the log does not tell.', addedFreely(maybe(count), null)),
  unsizedUploads: about('Uploads whose size the log does not tell.', addedFreely(maybe(count), null)),
  firstTime: maybe(time),
  lastTime: maybe(time),
  firstClock: about('First time of day of logs without dates.', addedFreely(maybe(clock), null)),
  lastClock: addedFreely(maybe(clock), null),
});

export const overview: Table<Totals> = {
  id: 'overview',
  title: 'Overview',
  row,
  about: 'Totals. null: not in the log.',
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
    incomplete: 0,
    ...noTraffic(),
    ...noneTold(),
    firstTime: Number.NaN,
    lastTime: Number.NaN,
    firstUndated: Number.NaN,
    lastUndated: Number.NaN,
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
    if (!transfer.complete) t.incomplete++;
    addTransfer(t, transfer);
  },
  session: (t: Totals, s: Session): void => {
    if (s.joins === '') {
      t.sessions++;
      t.ends.set(s.end, (t.ends.get(s.end) ?? 0) + 1);
    }
    tell(t, s);
    span(t, s.opened);
    span(t, s.closed);
  },
  merge: (into: Totals, from: Totals): void => {
    for (const key of sums) into[key] += from[key];
    for (const [end, n] of from.ends) into.ends.set(end, (into.ends.get(end) ?? 0) + n);
    into.firstTime = earlier(into.firstTime, from.firstTime);
    into.lastTime = later(into.lastTime, from.lastTime);
    into.firstUndated = earlier(into.firstUndated, from.firstUndated);
    into.lastUndated = later(into.lastUndated, from.lastUndated);
  },
  finish: (t: Totals): readonly ValueOf<typeof row>[] => [
    {
      sessions: t.sessions,
      endedQuit: t.ends.get('quit') ?? 0,
      endedServiceClosing: t.ends.get('service-closing') ?? 0,
      endedDropped: t.ends.get('dropped') ?? 0,
      endedEvicted: t.ends.get('evicted') ?? 0,
      endedEndOfInput: t.ends.get('end-of-input') ?? 0,
      commands: toldOrNull(t.commands, t.toldCommands === 0),
      replies: toldOrNull(t.replies, t.toldReplies === 0),
      unanswered: toldOrNull(t.unanswered, t.toldReplies === 0),
      unasked: toldOrNull(t.unasked, t.toldReplies === 0),
      loginsOk: toldOrNull(t.loginsOk, t.toldLogins === 0),
      loginsFailed: toldOrNull(t.loginsFailed, t.toldLogins === 0),
      downloads: toldOrNull(t.downloads, t.toldTransfers === 0),
      uploads: toldOrNull(t.uploads, t.toldTransfers === 0),
      incompleteTransfers: toldOrNull(t.incomplete, t.downloads + t.uploads === 0 && t.toldTransfers === 0),
      bytesDown: octetsOrNull(t.bytesDown, t.downloads, t.unsizedDown, t.toldTransfers === 0),
      bytesUp: octetsOrNull(t.bytesUp, t.uploads, t.unsizedUp, t.toldTransfers === 0),
      unsizedDownloads: toldOrNull(t.unsizedDown, t.toldTransfers === 0),
      unsizedUploads: toldOrNull(t.unsizedUp, t.toldTransfers === 0),
      firstTime: timeOrNull(t.firstTime),
      lastTime: timeOrNull(t.lastTime),
      firstClock: clockOrNull(t.firstUndated),
      lastClock: clockOrNull(t.lastUndated),
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
  'incomplete',
  ...trafficKeys,
  ...toldKeys,
] as const;

function span(t: Totals, time: number): void {
  if (isDated(time)) {
    t.firstTime = earlier(t.firstTime, time);
    t.lastTime = later(t.lastTime, time);
  } else if (!Number.isNaN(timeOfDayMs(time))) {
    t.firstUndated = earlier(t.firstUndated, time);
    t.lastUndated = later(t.lastUndated, time);
  }
}

function clockOrNull(time: number): string | null {
  return Number.isNaN(time) ? null : clockText(time);
}
