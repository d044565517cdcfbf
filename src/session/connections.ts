/**
 * Which control connection a line is of, where the key alone does not tell: how one begins, goes on under another key, is
 * taken over by a greeting, by a login or after silence, or speaks beside another of the same client.
 */
import type { Event } from '../model.ts';
import { numberIn, portOf } from '../number.ts';
import { normalizeAddress } from '../protocol/host-port.ts';
import { replyCode } from '../protocol/reply-line.ts';
import { own } from '../text.ts';
import { comeBack, findAside, mayGoOnAside, setAside } from './aside.ts';
import { beginsNext, isNewGreeting, isOtherSession, startsAnew, takesOver } from './beginnings.ts';
import { type Connection, connection, isFresh, type SessionKey } from './connection.ts';
import type { Context } from './context.ts';
import type { Ends } from './ends.ts';
import { adopt, awaitLogin, find, keep, loginTarget, type Scope } from './identity.ts';
import { markParallel, mayGoOn } from './mixing.ts';
import { SessionIds } from './session-ids.ts';

export class Connections {
  readonly #context: Context;
  readonly #ends: Ends;
  readonly #ids = new SessionIds();

  constructor(context: Context, ends: Ends) {
    this.#context = context;
    this.#ends = ends;
  }

  /** Lines that follow are of another source. */
  begin(): void {
    this.#ids.begin();
  }

  /** The connection that an event is of; `found` is the one under its key. */
  of(s: Scope, key: SessionKey, event: Event, found: Connection | undefined): Connection {
    if (s.identity === 'process-handover') return this.#handedOver(s, key, event, found);
    if (found === undefined) return this.#begun(s, key, event);
    const other = found.aside === undefined ? undefined : this.#speaksAside(s, key, found, event);
    if (other !== undefined) return other;
    if (found.lingering && startsAnew(found, event)) {
      this.#ends.finish(s, found, found.end);
      return this.#begunBehind(found, s, key, event);
    }
    if (s.identity === 'order' && event.kind === 'reply-line' && isNewGreeting(found, event.text)) {
      const suspect = this.#breakOff(s, found);
      const c = this.#begun(s, key, event);
      c.suspect = suspect;
      return c;
    }
    if (s.identity === 'peer' && isOtherSession(found, event)) {
      // Such a log shows no ends: that nothing more came does not mean that the connection was lost.
      if (mayGoOnAside(found, event)) {
        // PASS is taken once in a connection: two are logging in.
        if (event.verb === 'PASS') markParallel(found, this.#context);
        setAside(s, found);
      } else this.#ends.finish(s, found, found.end === '' ? 'end-of-input' : found.end);
      return this.#begunBehind(found, s, key, event);
    }
    return found;
  }

  /** The log says that a client has connected. */
  open(s: Scope, key: SessionKey, event: Event): void {
    const before = find(s, key);
    if (before !== undefined && isFresh(before) && before.sawStart && s.identity === 'order') {
      before.announced++;
      serves(before, event);
      return;
    }
    if (before !== undefined) {
      // The replies that are due come first: the new connection begins with its greeting.
      if (s.manners.client && (before.queue.length > 0 || before.open !== undefined)) {
        before.next = event;
        return;
      }
    }
    const suspect = before !== undefined && this.#breakOff(s, before);
    this.#openNow(s, key, event).suspect = suspect;
  }

  /** The connection that was announced while `before` was owed a reply begins, if `event` is of it. */
  openNext(s: Scope, key: SessionKey, before: Connection, event: Event): Connection {
    const { next } = before;
    if (next === undefined || !beginsNext(before, event)) return before;
    before.next = undefined;
    const suspect = this.#breakOff(s, before);
    const c = this.#openNow(s, key, next);
    c.suspect = suspect;
    return c;
  }

  /** A connection ends because the next begins. Whether its lines may still come among those of the next. */
  #breakOff(s: Scope, before: Connection): boolean {
    const suspect = mayGoOn(s, before);
    before.mixed ||= suspect && before.queue.length > 0;
    this.#ends.finish(s, before, 'dropped');
    return suspect;
  }

  /** The log is over: so are all connections in it, and those that were announced. */
  end(s: Scope): void {
    for (const c of [...s.open.values()]) {
      const { next } = c;
      this.#ends.finish(s, c, 'end-of-input');
      if (next !== undefined) this.#ends.finish(s, this.#openNow(s, c.mapKey, next), 'end-of-input');
    }
  }

  #openNow(s: Scope, key: SessionKey, event: Event): Connection {
    const c = this.#create(s, key, event);
    c.sawStart = true;
    c.announced = 1;
    serves(c, event);
    if (event.user !== '') c.user = s.names.user(event.user);
    if (s.identity === 'process-handover') awaitLogin(s, c);
    this.#context.observer.open(c);
    return c;
  }

  /** The line of a connection that goes on beside the latest of the same client. */
  #speaksAside(s: Scope, key: SessionKey, c: Connection, event: Event): Connection | undefined {
    const before = c.aside;
    if (c.loggedIn && before !== undefined && !before.mixed) {
      // It was silent until the next had logged in: the client had come back.
      c.aside = before.aside;
      this.#ends.finish(s, before, 'end-of-input');
    }
    const other = findAside(c, event);
    if (other === undefined) return undefined;
    markParallel(other, this.#context);
    markParallel(c, this.#context);
    if (!c.lingering) return other;
    this.#ends.finish(s, c, c.end);
    comeBack(s, key, other, c);
    return other;
  }

  #handedOver(s: Scope, key: SessionKey, event: Event, found: Connection | undefined): Connection {
    if (event.kind === 'login') return loginTarget(s, event) ?? found ?? this.#begun(s, key, event);
    if (found === undefined) return adopt(s, event, key) ?? this.#begun(s, key, event);
    if (s.handover.granted.size === 0 || !takesOver(found, event, s.names)) return found;
    const adopted = adopt(s, event, key);
    if (adopted === undefined) return found;
    this.#ends.finish(s, found, 'dropped');
    keep(s, key, adopted);
    return adopted;
  }

  #begun(s: Scope, key: SessionKey, event: Event): Connection {
    const c = this.#create(s, key, event);
    if (event.kind === 'reply-line' && replyCode(event.text) === 220) c.sawStart = true;
    if (s.identity === 'process-handover') awaitLogin(s, c);
    this.#context.observer.open(c);
    return c;
  }

  /** The next session of the same key. One that shows no beginning may be a part of the one before, and know its secrets. */
  #begunBehind(before: Connection, s: Scope, key: SessionKey, event: Event): Connection {
    const c = this.#begun(s, key, event);
    c.aside = before.finished ? before.aside : before;
    if (before.secrets !== undefined && !c.sawStart && event.verb !== 'USER') c.secrets = [...before.secrets];
    return c;
  }

  #create(s: Scope, key: SessionKey, event: Event): Connection {
    this.#ends.makeRoom();
    const { source } = this.#context;
    const c = connection(this.#ids.of(source, event.line), s, source, event, s.names.client(event.peer));
    keep(s, key, c);
    c.serial = s.manners.serial;
    c.duplex = s.manners.duplex;
    if (s.identity === 'process-handover') c.siblings = s.handover.logins;
    return c;
  }
}

/** The server as the opening names it. */
function serves(c: Connection, { text, arg }: Event): void {
  if (text === '') return;
  c.server = own(normalizeAddress(text));
  c.serverPort = portOf(numberIn(arg));
}
