/** A session as a flat record (schema version 1). */
import type { Row, SessionRecord } from '../model.ts';
import { wellFormed } from '../text.ts';
import { countOrNull, textOrNull, timeOrNull } from './values.ts';

export function sessionRow(s: SessionRecord, sources: readonly string[]): Row {
  return {
    session: s.id,
    key: textOrNull(s.key),
    source: wellFormed(sources[s.source] ?? ''),
    dialect: s.dialect,
    client: textOrNull(s.client),
    clientPort: s.clientPort > 0 ? s.clientPort : null,
    server: textOrNull(s.server),
    user: textOrNull(s.user),
    opened: timeOrNull(s.opened),
    closed: timeOrNull(s.closed),
    durationMs: countOrNull(s.closed - s.opened),
    firstLine: s.firstLine,
    lastLine: s.lastLine,
    end: s.end,
    commands: s.commands,
    replies: s.replies,
    unanswered: s.unanswered,
    failures: s.failures,
    failedLogins: s.failedLogins,
    loggedIn: s.loggedIn,
    encrypted: s.encrypted,
    downloads: s.downloads,
    uploads: s.uploads,
    bytesDown: s.bytesDown,
    bytesUp: s.bytesUp,
  };
}
