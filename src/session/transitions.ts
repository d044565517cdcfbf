/** What an answered command does to the state of the control connection (RFC 959 §6, RFC 4217 §4). */
import type { Exchange, LoginKind } from '../model.ts';
import { deviations } from '../protocol/deviations.ts';
import { refusalOf } from '../protocol/refusals.ts';
import { type Connection, isAnonymous } from './connection.ts';

/** A login attempt that the reply to USER, PASS or ACCT decides. */
export type LoginVerdict = LoginKind | 'none';

/** Moves the connection on; says whether a login was decided, and how. */
export function transition(c: Connection, x: Exchange): LoginVerdict {
  const { verb, code } = x;
  switch (verb) {
    case 'USER':
      return afterUser(c, x);
    case 'PASS':
    case 'ACCT':
      return afterPass(c, x);
    case 'AUTH':
      if (code === 234 || code === 334) {
        c.encrypted = true;
        c.state = 'ready';
        c.loggedIn = false;
      }
      return 'none';
    case 'REIN':
      if (code === 220 || code === 120) {
        c.state = 'ready';
        c.loggedIn = false;
        c.anonymous = false;
        c.user = '';
        c.userGiven = '';
      }
      return 'none';
    case 'RNFR':
      c.renamePending = code === 350;
      return 'none';
    case 'QUIT':
      // A log without codes says only that it was done.
      if (x.outcome === 'completed') {
        c.end = 'quit';
        c.state = 'closed';
      }
      return 'none';
    default:
      if (code >= 200 && code < 300 && c.state !== 'logged-in' && c.state !== 'closed') assumeLogin(c, verb);
      return 'none';
  }
}

function afterUser(c: Connection, x: Exchange): LoginVerdict {
  const { code } = x;
  c.userSufficed = code === 230 || code === 232;
  c.userRefused = false;
  if (code === 331 || code === 336) c.state = 'need-password';
  else if (code === 332) c.state = 'need-account';
  else if (c.userSufficed) {
    enter(c, x.arg);
    return 'accepted';
  } else if (code >= 400) {
    if (c.state !== 'logged-in') c.state = 'ready';
    const verdict = refused(c, x);
    c.userRefused = verdict !== 'none';
    return verdict;
  }
  return 'none';
}

function afterPass(c: Connection, x: Exchange): LoginVerdict {
  const { verb, code } = x;
  if (code === 332) {
    c.state = 'need-account';
    return 'none';
  }
  if (code >= 200 && code < 300) {
    // Where USER was enough (230), a client that sends PASS all the same does not log in again.
    const fresh = verb === 'PASS' ? !c.userSufficed : c.state === 'need-account';
    c.userSufficed = false;
    c.userRefused = false;
    enter(c, c.userGiven);
    return fresh ? 'accepted' : 'none';
  }
  if (code < 400) return 'none';
  if (c.state !== 'logged-in' && code !== 503) c.state = 'ready';
  // The client sent PASS at once, and its name was refused already: one attempt.
  return c.userRefused ? 'none' : refused(c, x);
}

/** Why the attempt was refused; 'none' if it was none, or the client itself wrote the reply. */
function refused(c: Connection, x: Exchange): LoginVerdict {
  if ((x.deviations & deviations.clientSynthetic) !== 0) return 'none';
  const text = x.replies[x.replies.length - 1]?.text ?? '';
  // Servers repeat the name, which may be any word.
  return refusalOf(x.verb, x.code, c.userGiven.length < 3 ? text : text.replaceAll(c.userGiven, ''));
}

/** The connection is logged in as `user`. */
export function enter(c: Connection, user: string): void {
  c.state = 'logged-in';
  c.loggedIn = true;
  if (user !== '') c.user = user;
  c.anonymous = isAnonymous(c.userGiven) || isAnonymous(c.user);
}

/** A log that begins in the middle: what only a logged-in user can do shows that one is. */
function assumeLogin(c: Connection, verb: string): void {
  if (c.sawStart) return;
  if (verb === 'RETR' || verb === 'STOR' || verb === 'LIST' || verb === 'NLST' || verb === 'CWD' || verb === 'PWD') {
    c.state = 'logged-in';
    c.loggedIn = true;
  }
}
