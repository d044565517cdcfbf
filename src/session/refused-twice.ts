/**
 * Daemons of BSD refuse a command twice, and an empty line once: the one place where words decide which command a reply
 * answers, since such a line quotes the whole command.
 */
import type { Connection, Refused, Waiting } from './connection.ts';

/** The command that was refused; nothing where the text quotes another one: then texts say nothing here. */
export function refusedBy(text: string, { verb, arg }: Waiting): Refused | undefined {
  const refused = { verb, arg };
  return text.charCodeAt(0) === 39 && !quotes(text, refused) ? undefined : refused;
}

/**
 * The second refusal of a command that is answered already, as daemons of BSD send it, or that of an empty line: the one
 * place where words decide, since such a line quotes the whole command.
 *   C: REST abc / S: 500 'REST abc': command not understood. / C: TYPE / S: 500 'REST abc': command not understood.
 */
export function isRefusedAgain(c: Connection, text: string): boolean {
  const { refused } = c;
  const first = c.queue[0];
  if (first === undefined || text.charCodeAt(0) !== 39) return false;
  // An empty line that no log shows: `500 '': command not understood.`
  if (text.charCodeAt(1) === 39) return first.verb !== '';
  return refused !== undefined && quotes(text, refused) && !quotes(text, first);
}

/** The text begins with the command in quotes. */
function quotes(text: string, { verb, arg }: Refused): boolean {
  const said = text.slice(1, 1 + verb.length).toUpperCase();
  if (verb === '' || said !== verb) return false;
  const end = verb.length + 1;
  if (arg === '') return text.startsWith("'", end) || text.startsWith(" '", end);
  return text.charCodeAt(end) === 32 && text.startsWith(arg, end + 1) && text.startsWith("'", end + 1 + arg.length);
}
