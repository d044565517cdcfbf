/** Which lines begin another session under a key that is in use. */
import type { Event } from '../model.ts';
import { accepts } from '../protocol/commands.ts';
import { isGreeting } from '../protocol/greeting.ts';
import { replyCode } from '../protocol/reply-line.ts';
import { isOutOfTime } from './aside.ts';
import type { Connection } from './connection.ts';
import type { Names } from './names.ts';

/** A login that is stated within this time belongs to the session that just ended. */
const lateLoginMs = 60_000;

/**
 * A line for a session that is over begins a new one under the same key, unless it is a late login or, after QUIT, a
 * command that comes too late.
 */
export function startsAnew(c: Connection, event: Event): boolean {
  if (event.kind === 'login') return !(event.time - c.lastTime <= lateLoginMs);
  if (c.end !== 'quit') return event.kind !== 'close';
  if (event.kind === 'reply-line') return greets(c, replyCode(event.text));
  if (event.kind === 'reply') return greets(c, event.code);
  if (event.kind === 'command' || event.kind === 'exchange')
    return event.verb === 'USER' || event.verb === 'AUTH' || event.verb === 'HOST';
  return false;
}

/** Behind a QUIT that was answered a 421 refuses the next connection. */
function greets(c: Connection, code: number): boolean {
  return isGreeting(code) || (code === 421 && c.queue.length === 0);
}

/** In a transcript without marks, a 220 or 120 that no command waits for begins the next session. */
export function isNewGreeting(c: Connection, wire: string): boolean {
  if (wire.charCodeAt(1) !== 50 || wire.charCodeAt(2) !== 48) return false;
  if (!isGreeting(replyCode(wire)) || c.open !== undefined || c.commands === 0) return false;
  const first = c.queue[0];
  if (first === undefined || first.verb === 'QUIT') return true;
  return first.replies.length > 0 && first.verb !== 'REIN';
}

/** The next connection, which was announced, begins with its greeting; or with the first command of a login, if no reply is due any more. */
export function beginsNext(c: Connection, event: Event): boolean {
  if (event.kind === 'close' || event.kind === 'gap') return false;
  if (c.lingering) return true;
  if (event.kind === 'reply-line' || event.kind === 'reply') {
    const code = event.kind === 'reply' ? event.code : c.open === undefined ? replyCode(event.text) : 0;
    return (code === 220 || code === 120) && !accepts(c.queue[0]?.verb ?? '\n', code);
  }
  if (event.kind === 'command') return event.verb === 'USER' || event.verb === 'AUTH' || event.verb === 'HOST';
  return true;
}

/** A log that names clients and no connections: the line is of another one than the latest. */
export function isOtherSession(c: Connection, event: Event): boolean {
  if (event.session !== '') return false;
  if (isOutOfTime(c, event.time)) return true;
  if (beginsWithoutUser(c, event)) return true;
  // A log without USER, as hosters keep it: who is logged in gives no password.
  if (event.kind === 'exchange' && event.verb === 'PASS' && c.state === 'logged-in') return true;
  return event.kind === 'transfer' && c.user !== '' && event.user !== '' && event.user !== c.user;
}

/**
 * A command without a user, in a log that tells no connections apart, behind a login: the client has come back without
 * having said QUIT. Where the log has a user column it is empty again; else what comes before any login says so.
 */
function beginsWithoutUser(c: Connection, event: Event): boolean {
  if ((event.kind !== 'exchange' && event.kind !== 'command') || event.user !== '' || !c.loggedIn) return false;
  if (event.verb === 'USER' || event.verb === 'AUTH' || event.verb === 'HOST') return true;
  return c.namedByLog && event.verb !== 'REIN';
}

/** A vsftpd process number was given to the third process of another session. */
export function takesOver(found: Connection, event: Event, names: Names): boolean {
  if (found.client !== event.peer && found.client !== names.client(event.peer)) return true;
  if (event.user !== '' && found.user !== '' && found.user !== event.user && found.loggedIn) return true;
  return (
    event.kind === 'reply-line' &&
    event.text.startsWith('230') &&
    found.queue[0]?.verb !== 'PASS' &&
    found.open?.code !== 230
  );
}
