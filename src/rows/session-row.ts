/** A session as a flat record (schema version 1). */
import { counters } from '../counters.ts';
import type { Counters, SessionEnd, SessionRecord } from '../model.ts';
import { about, count, flag, maybe, objectOf, octets, oneOf, text, time, type ValueOf, wholeMs } from '../shapes.ts';
import { wellFormed } from '../text.ts';
import { elapsedMs } from '../timestamp.ts';
import {
  corroborated,
  corroboration,
  countOrNull,
  octetsOrNull,
  textOrNull,
  timeOrNull,
  toldOrNull,
} from './values.ts';

const ends: readonly SessionEnd[] = ['quit', 'service-closing', 'dropped', 'evicted', 'end-of-input'];

/** As the table lists it: what several logs tell of a session is one row there. */
export const sessionShape = objectOf({
  session: about('Unique within a run.', text),
  key: about('As logged: process or connection number.', maybe(text)),
  source: text,
  dialect: text,
  client: maybe(text),
  clientPort: maybe(count),
  server: maybe(text),
  serverPort: maybe(count),
  user: maybe(text),
  opened: maybe(time),
  closed: maybe(time),
  durationMs: maybe(wholeMs),
  firstLine: count,
  lastLine: count,
  end: oneOf(ends),
  commands: maybe(count),
  replies: maybe(count),
  unanswered: maybe(count),
  failures: maybe(count),
  failedLogins: maybe(count),
  loggedIn: flag,
  encrypted: maybe(flag),
  downloads: maybe(count),
  uploads: maybe(count),
  bytesDown: maybe(octets),
  bytesUp: maybe(octets),
});

export const sessionRowShape = objectOf({ ...sessionShape.fields, corroborates: corroborated });

export type SessionRow = ValueOf<typeof sessionRowShape>;

export function sessionRow(s: SessionRecord, sources: readonly string[]): SessionRow {
  const { lacks } = s;
  return {
    session: s.id,
    key: textOrNull(s.key),
    source: wellFormed(sources[s.source] ?? ''),
    dialect: s.dialect,
    client: textOrNull(s.client),
    clientPort: s.clientPort > 0 ? s.clientPort : null,
    server: textOrNull(s.server),
    serverPort: s.serverPort > 0 ? s.serverPort : null,
    user: textOrNull(s.user),
    opened: timeOrNull(s.opened),
    closed: timeOrNull(s.closed),
    // A single line has no duration, unless it tells both ends.
    durationMs: s.firstLine === s.lastLine && s.closed === s.opened ? null : countOrNull(elapsedMs(s.opened, s.closed)),
    firstLine: s.firstLine,
    lastLine: s.lastLine,
    end: s.end,
    commands: told(s, 'commands'),
    replies: told(s, 'replies'),
    unanswered: told(s, 'unanswered'),
    failures: told(s, 'failures'),
    failedLogins: told(s, 'failedLogins'),
    loggedIn: s.loggedIn,
    // AUTH is a command, and a client that hides its login hides AUTH as well.
    encrypted: s.encrypted || s.clear || isTold(s) ? s.encrypted : null,
    downloads: told(s, 'downloads'),
    uploads: told(s, 'uploads'),
    bytesDown: octetsOrNull(s.bytesDown, s.downloads, s.unsizedDown, lacks.transfers),
    bytesUp: octetsOrNull(s.bytesUp, s.uploads, s.unsizedUp, lacks.transfers),
    ...corroboration(s.joins),
  };
}

/** A count; null for a zero that the log could not tell. */
function told(s: SessionRecord, counter: keyof Counters): number | null {
  return toldOrNull(s[counter], s.lacks[counters[counter]]);
}

/** Whether TLS would be in the log. */
function isTold({ lacks, side, loginShown, commands, serverPort }: SessionRecord): boolean {
  if (lacks.commands || serverPort === 990) return false;
  return side !== 'client' || loginShown || commands === 0;
}
