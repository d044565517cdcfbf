/** What a log does not tell of a session. A zero where it does not would be a claim. */
import type { Aspect, Lacks } from '../model.ts';
import type { Connection } from './connection.ts';
import type { Scope } from './identity.ts';

/** What no log in a dialect tells. */
export function lacksOf(aspects: readonly Aspect[]): Lacks {
  return {
    commands: aspects.includes('commands'),
    replies: aspects.includes('replies'),
    logins: aspects.includes('logins'),
    transfers: aspects.includes('transfers'),
  };
}

/** The session is over: what the log may tell of such a one, and did not, is settled. */
export function settleLacks(s: Scope, c: Connection): void {
  const commands = s.lacks.commands || !(c.shown.commands || c.commands > 0);
  const replies = s.lacks.replies || !(c.shown.replies || c.replies > 0);
  if (commands !== s.lacks.commands || replies !== s.lacks.replies) c.lacks = { ...s.lacks, commands, replies };
  if (c.side === 'client') c.lacks = shownBy(c);
}

/**
 * What the log of a client leaves out, by what it showed of the session: a session that got in or did something, but shows
 * no login, no command or no reply, is one whose client hides them.
 */
function shownBy(c: Connection): Lacks {
  const { lacks } = c;
  const did = c.loggedIn || c.commands > 0;
  const logins = lacks.logins || (did && !c.loginShown);
  const commands = lacks.commands || (c.loggedIn && c.commands === 0);
  const replies = lacks.replies || (c.loggedIn && c.replies === 0);
  if (logins === lacks.logins && commands === lacks.commands && replies === lacks.replies) return lacks;
  return { ...lacks, logins, commands, replies };
}
