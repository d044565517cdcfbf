/** What the user of a session is called: by USER, or by a column in which the log itself names the user. */
import { own } from '../text.ts';
import { type Connection, isAccountOf, isAnonymous } from './connection.ts';
import type { Names } from './names.ts';

/** The client gives a name with USER. Who is logged in stays it until the next login. */
export function giveName(names: Names, c: Connection, name: string): void {
  c.loginShown = true;
  c.userGiven = names.user(name);
  if (c.state !== 'logged-in') c.user = c.userGiven;
}

/** The log's own column names the user: Windows the account, or an anonymous user's mail. A session keeps the name given. */
export function nameByColumn(names: Names, c: Connection, user: string): void {
  if (user === c.account) return;
  if (isAccountOf(user, c.userGiven) || isAnonymous(c.userGiven)) {
    c.account = own(user);
    return;
  }
  c.user = names.user(user);
  if (c.userGiven === '') c.userGiven = c.user;
}

/** The log names a user of whom it shows no login: it begins behind it. */
export function assumeUser(names: Names, c: Connection, user: string): void {
  c.userGiven = names.user(user);
  c.user = c.userGiven;
  c.anonymous = isAnonymous(c.userGiven);
}
