/** Which replies begin a control connection: the one place that knows which commands are answered by 220 too. */
import { accepts } from './commands.ts';

/**
 * Whether this reply greets, so that a connection begins with it. `waiting` is the verb of the oldest command without a
 * reply, '' if none waits: HOST (RFC 7151 §3) and REIN (RFC 959 §4.1.1) are answered by 220, too.
 */
export function beginsConnection(code: number, waiting: string): boolean {
  return isGreeting(code) && (waiting === '' || !accepts(waiting, code));
}

/** 220, or 120 with a 220 to come (RFC 959 §5.4). */
export function isGreeting(code: number): boolean {
  return code === 220 || code === 120;
}
