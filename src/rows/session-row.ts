/** A session as a flat record (schema version 1). */
import type { Row, SessionRecord } from '../model.ts';
import { wellFormed } from '../text.ts';
import { elapsedMs } from '../timestamp.ts';
import { corroboration, countOrNull, octetsOrNull, textOrNull, timeOrNull, toldOrNull } from './values.ts';

export function sessionRow(s: SessionRecord, sources: readonly string[]): Row {
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
    commands: toldOrNull(s.commands, lacks.commands),
    replies: toldOrNull(s.replies, lacks.replies),
    unanswered: toldOrNull(s.unanswered, lacks.replies),
    failures: toldOrNull(s.failures, lacks.replies),
    failedLogins: toldOrNull(s.failedLogins, lacks.logins),
    loggedIn: s.loggedIn,
    // AUTH is a command, and a client that hides its login hides AUTH as well.
    encrypted: s.encrypted || s.clear || isTold(s) ? s.encrypted : null,
    downloads: toldOrNull(s.downloads, lacks.transfers),
    uploads: toldOrNull(s.uploads, lacks.transfers),
    bytesDown: octetsOrNull(s.bytesDown, s.downloads, s.unsizedDown, lacks.transfers),
    bytesUp: octetsOrNull(s.bytesUp, s.uploads, s.unsizedUp, lacks.transfers),
    ...corroboration(s.joins),
  };
}

/** Whether TLS would be in the log. */
function isTold({ lacks, side, loginShown, commands, serverPort }: SessionRecord): boolean {
  if (lacks.commands || serverPort === 990) return false;
  return side !== 'client' || loginShown || commands === 0;
}
