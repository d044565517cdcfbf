/**
 * A login has several witnesses: the reply, lines of the daemon, of PAM, of a summary. Each has its own count, and an attempt
 * is told once, by whoever speaks first.
 */
import type { Event, Login, LoginKind, SecretSort, Witness } from '../model.ts';
import { namesUnknown, refusalIn } from '../protocol/refusals.ts';
import { type Connection, isAnonymous } from './connection.ts';
import type { Context } from './context.ts';
import { grant, type Scope } from './identity.ts';
import { countsOf } from './logins.ts';
import { enter } from './transitions.ts';

export class LoginWitnesses {
  readonly #context: Context;

  constructor(context: Context) {
    this.#context = context;
  }

  /** A witness other than the reply states a login. */
  stated(s: Scope, c: Connection, event: Event): void {
    const { names } = this.#context;
    if (c.userGiven === '' && event.user !== '') c.userGiven = names.user(event.user);
    if (event.ok) {
      enter(c, event.user === '' ? c.userGiven : names.user(event.user));
      if (s.identity === 'process-handover') grant(s, c);
    } else if (c.user === '' && event.user !== '') c.user = names.user(event.user);
    this.count(
      c,
      event.ok ? 'accepted' : refusalIn(event.text),
      event.witness,
      event.line,
      event.time,
      0,
      namesUnknown(event.text),
      event.user,
      event.secret,
    );
  }

  /** Counts an attempt once: only a new highest of all witnesses' counts is a new attempt. */
  count(
    c: Connection,
    kind: LoginKind,
    witness: Witness,
    line: number,
    time: number,
    code: number,
    unknownUser: boolean,
    user: string,
    secret: SecretSort,
  ): void {
    const { observer, source, names } = this.#context;
    c.loginShown = true;
    const name =
      user === '' || (isAnonymous(user) && isAnonymous(c.userGiven)) ? c.userGiven || c.user : names.user(user);
    const ok = kind === 'accepted';
    const counts = countsOf(c, ok, name);
    counts[witness]++;
    if (counts[witness] <= counts.counted) return;
    counts.counted = counts[witness];
    if (!ok) c.failedLogins++;
    const login: Login = {
      session: c,
      source,
      line,
      time,
      user: name,
      ok,
      kind,
      code,
      anonymous: isAnonymous(name) || (ok && c.anonymous),
      unknownUser,
      secret,
      fact: undefined,
      book: undefined,
    };
    observer.login(login);
  }
}
