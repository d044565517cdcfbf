/** User names as rules compare them. */
import type { Session } from '../../model.ts';

/** `CORP\Anna` and `anna@example.org` are `anna`. */
export function plainUser(user: string): string {
  const name = user.slice(user.lastIndexOf('\\') + 1);
  const at = name.indexOf('@');
  return (at > 0 ? name.slice(0, at) : name).toLowerCase();
}

/** The names for a login without an account (RFC 1635). */
export function isAnonymousName(user: string): boolean {
  if (user.length !== 9 && user.length !== 3) return false;
  const name = user.toLowerCase();
  return name === 'anonymous' || name === 'ftp';
}

export function isAnonymousSession(s: Session): boolean {
  return s.anonymous || isAnonymousName(s.user);
}
