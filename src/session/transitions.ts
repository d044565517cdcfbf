/** What an answered command does to the state of the control connection (RFC 959 §6, RFC 4217 §4). */
import type { Outcome } from '../model.ts';
import { type Connection, isAnonymous } from './connection.ts';

/** A login attempt that the reply to USER, PASS or ACCT decides. */
export type LoginVerdict = 'none' | 'passed' | 'failed';

/** Moves the connection on; says whether a login was decided. `arg` is the unmasked name for USER. */
export function transition(c: Connection, verb: string, arg: string, code: number, outcome: Outcome): LoginVerdict {
  switch (verb) {
    case 'USER':
      return afterUser(c, arg, code);
    case 'PASS':
    case 'ACCT':
      return afterPass(c, verb, code);
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
      if (outcome === 'completed') {
        c.end = 'quit';
        c.state = 'closed';
      }
      return 'none';
    default:
      if (code >= 200 && code < 300 && c.state !== 'logged-in' && c.state !== 'closed') assumeLogin(c, verb);
      return 'none';
  }
}

function afterUser(c: Connection, arg: string, code: number): LoginVerdict {
  c.userSufficed = code === 230 || code === 232;
  if (code === 331 || code === 336) c.state = 'need-password';
  else if (code === 332) c.state = 'need-account';
  else if (code === 230 || code === 232) {
    enter(c, arg);
    return 'passed';
  } else if (code >= 400 && c.state !== 'logged-in') c.state = 'ready';
  return 'none';
}

function afterPass(c: Connection, verb: string, code: number): LoginVerdict {
  if (code === 332) {
    c.state = 'need-account';
    return 'none';
  }
  if (code >= 200 && code < 300) {
    // Where USER was enough (230), a client that sends PASS all the same does not log in again.
    const fresh = verb === 'PASS' ? !c.userSufficed : c.state === 'need-account';
    c.userSufficed = false;
    enter(c, c.userGiven);
    return fresh ? 'passed' : 'none';
  }
  if (code < 400 || code === 503) return 'none';
  if (c.state !== 'logged-in') c.state = 'ready';
  return verb === 'PASS' ? 'failed' : 'none';
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
