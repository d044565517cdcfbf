/** An exchange is complete: what it does to its session, what it says of logins and transfers, and who is told. */
import type { Exchange } from '../model.ts';
import { deviations } from '../protocol/deviations.ts';
import { namesUnknown } from '../protocol/refusals.ts';
import type { Connection } from './connection.ts';
import type { Context } from './context.ts';
import type { Ends } from './ends.ts';
import type { HeldTransfers } from './held-transfers.ts';
import type { LoginWitnesses } from './login-witnesses.ts';
import { isSignOfMixing, markMixed } from './mixing.ts';
import { mayHoldMore, showUser } from './secrets.ts';
import { isTransfer } from './transfers.ts';
import { enter, type LoginVerdict, transition } from './transitions.ts';

export class Completion {
  readonly #context: Context;
  readonly #logins: LoginWitnesses;
  readonly #transfers: HeldTransfers;
  readonly #ends: Ends;

  constructor(context: Context, logins: LoginWitnesses, transfers: HeldTransfers, ends: Ends) {
    this.#context = context;
    this.#logins = logins;
    this.#transfers = transfers;
    this.#ends = ends;
  }

  complete(c: Connection, exchange: Exchange): void {
    const { verb, code } = exchange;
    const { observer } = this.#context;
    c.asksSecret = (code > 330 && code < 337) || (verb === 'PASS' && code >= 500);
    if (!c.mixed && isSignOfMixing(c, exchange)) markMixed(c, this.#context);
    // A log that shows no reply at all leaves nothing unanswered.
    if (exchange.outcome === 'unanswered' && c.replies > 0) c.unanswered++;
    else if (code >= 400 && exchange.asked) c.failures++;
    const verdict = exchange.asked ? transition(c, exchange) : greeted(c, code);
    if (c.unsure !== undefined) showUser(c, observer);
    if (c.asksSecret && verb === 'USER' && mayHoldMore(exchange.arg)) c.unsure = exchange;
    else observer.exchange(exchange);
    if (verdict !== 'none') {
      const isUnknown =
        verdict !== 'accepted' && namesUnknown(exchange.replies[exchange.replies.length - 1]?.text ?? '');
      this.#logins.count(c, verdict, 'reply', exchange.line, exchange.time, code, isUnknown, '', exchange.secret);
    }
    if (isTransfer(verb)) this.#transfers.answered(c, exchange);
    else if (exchange.asked) c.transferJustEnded = false;
    if (c.end === 'quit' && !c.lingering) this.#ends.linger(c);
    else if (code === 421)
      c.end = (exchange.deviations & deviations.clientSynthetic) === 0 ? 'service-closing' : 'dropped';
  }
}

/** A reply that no command asked for: a greeting, or the server's end of the connection. It decides no login. */
function greeted(c: Connection, code: number): LoginVerdict {
  if (code === 220) {
    c.sawStart = true;
    if (c.state === 'connected') c.state = 'ready';
  } else if (code === 230 && c.state === 'connected') enter(c, '');
  else if (code === 221 || code === 421) {
    c.end = 'service-closing';
    if (code === 221) c.state = 'closed';
  }
  return 'none';
}
