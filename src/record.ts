/** Pictures of what is live, safe to keep. */
import type { Session, SessionRecord } from './model.ts';

/** A picture of the session that no longer changes, without what only the tracker needs. */
export function recordOf(session: Session): SessionRecord {
  return {
    id: session.id,
    key: session.key,
    dialect: session.dialect,
    lacks: session.lacks,
    source: session.source,
    firstLine: session.firstLine,
    opened: session.opened,
    client: session.client,
    clientPort: session.clientPort,
    server: session.server,
    serverPort: session.serverPort,
    user: session.user,
    state: session.state,
    end: session.end,
    closed: session.closed,
    lastLine: session.lastLine,
    sawStart: session.sawStart,
    sawQuit: session.sawQuit,
    mixed: session.mixed,
    loggedIn: session.loggedIn,
    anonymous: session.anonymous,
    encrypted: session.encrypted,
    commands: session.commands,
    replies: session.replies,
    unanswered: session.unanswered,
    failures: session.failures,
    failedLogins: session.failedLogins,
    downloads: session.downloads,
    uploads: session.uploads,
    bytesDown: session.bytesDown,
    bytesUp: session.bytesUp,
    unsizedDown: session.unsizedDown,
    unsizedUp: session.unsizedUp,
    joins: session.joins,
  };
}
