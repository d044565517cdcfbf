/**
 * The secrets that a session has seen, hidden wherever they come back in it: in replies that repeat a command, in later
 * arguments, in what a daemon states. They live as long as the session, and no output or saved state has them.
 */
import type { Concealed, Event } from '../model.ts';
import { foreignVerbs, isVerb } from '../protocol/commands.ts';
import { replyCode } from '../protocol/reply-line.ts';
import { conceal, keepLatest } from '../protocol/secret-memory.ts';
import { isMisspelt } from '../protocol/secrets.ts';
import type { Connection } from './connection.ts';
import type { Observer } from './observer.ts';

/** A tool that guesses on one connection shows many: the latest count. */
const keptSecrets = 8;

/** Keeps a secret of the session, and hides it in what waits to be told. A password that is the user's name hides nothing. */
export function remember(c: Connection, concealed: Concealed): void {
  for (const secret of concealed.parts()) rememberOne(c, secret);
}

function rememberOne(c: Connection, secret: Concealed): void {
  if (secret.is(c.userGiven) || secret.is(c.user)) return;
  c.secrets ??= [];
  keepLatest(c.secrets, secret, keptSecrets);
  c.user = withoutEnd(c.user, secret);
  c.userGiven = withoutEnd(c.userGiven, secret);
  if (c.unsure !== undefined) c.unsure = { ...c.unsure, arg: withoutEnd(c.unsure.arg, secret) };
  for (const waiting of c.queue) {
    const arg = secret.mask(waiting.arg);
    if (arg !== waiting.arg) {
      waiting.arg = arg;
      waiting.secret ||= 'masked';
    }
    waiting.replies = waiting.replies.map((r) => ({ ...r, text: secret.mask(r.text) }));
  }
  if (c.open !== undefined) {
    c.open.text = secret.mask(c.open.text);
    c.open.candidateText = secret.mask(c.open.candidateText);
  }
  c.doubt = c.doubt?.map((d) => ({ ...d, reply: { ...d.reply, text: secret.mask(d.reply.text) } }));
}

/** What parts a password from the name in front of it, where somebody gave both at once. */
const separators = ' \t/,;|:';

/** A plain name and one word behind it. */
const nameAndWord = /^[\w.\\@+-]+[ \t/,;|:]+[^ \t/,;|:()[\]<>]+$/;

/** Whether a password may stand behind the name in the argument of USER, and is not hidden yet. */
export function mayHoldMore(name: string): boolean {
  return nameAndWord.test(name) && !name.endsWith('***');
}

/** The line behind USER is there: had the name held the password, it would be hidden now. */
export function showUser(c: Connection, observer: Observer): void {
  const exchange = c.unsure;
  c.unsure = undefined;
  if (exchange !== undefined) observer.exchange(exchange);
}

/** The name without the secret behind it; within a name it is a part of it. */
function withoutEnd(name: string, secret: Concealed): string {
  if (!secret.mayBeIn(name)) return name;
  for (let i = 1; i < name.length; i++) {
    if (separators.includes(name.charAt(i)) && secret.is(name.slice(i + 1))) return `${name.slice(0, i + 1)}***`;
  }
  return name;
}

/** The event without the secrets of its session; the same object where it has none. */
export function withoutSecrets(event: Event, secrets: readonly Concealed[]): Event {
  const { text, arg, user, verb } = event;
  for (let i = 0; i < secrets.length; i++) {
    const secret = secrets[i] as Concealed;
    if (
      (text !== '' && secret.mayBeIn(text)) ||
      (arg !== '' && secret.mayBeIn(arg)) ||
      (user !== '' && secret.mayBeIn(user)) ||
      (verb !== '' && secret.mayBeIn(verb))
    )
      return searched(event, secrets);
  }
  return event;
}

function searched(event: Event, secrets: readonly Concealed[]): Event {
  const { arg, user } = event;
  const verb = event.verb === '' || isVerb(event.verb) ? event.verb : hiddenVerb(event.verb, secrets);
  const head = event.kind === 'reply-line' && replyCode(event.text) > 0 ? 4 : 0;
  const text = event.text.length > head ? hiddenBehind(event.text, head, secrets) : event.text;
  const shownArg = arg === '' ? arg : hidden(arg, secrets);
  const shownUser = user === '' ? user : hidden(user, secrets);
  if (verb === event.verb && text === event.text && shownArg === arg && shownUser === user) return event;
  // Its stars are no wildcards of the client.
  const secret = shownArg === arg ? event.secret : event.secret || 'masked';
  return { ...event, verb, text, arg: shownArg, user: shownUser, secret };
}

/** A misspelt command stays one, whatever was given as a password before. */
function hiddenVerb(verb: string, secrets: readonly Concealed[]): string {
  const shown = hidden(verb, secrets);
  return shown === verb || isMisspelt(verb) ? verb : shown;
}

function hiddenBehind(text: string, head: number, secrets: readonly Concealed[]): string {
  if (head === 0) return hidden(text, secrets);
  const said = text.slice(head);
  const shown = hidden(said, secrets);
  return shown === said ? text : text.slice(0, head) + shown;
}

function hidden(text: string, secrets: readonly Concealed[]): string {
  let shown = text;
  for (let i = 0; i < secrets.length; i++) shown = (secrets[i] as Concealed).mask(shown);
  return shown;
}

/** Whether the command before was a PASS, and has no reply yet. */
export function waitsForPass(c: Connection): boolean {
  const { length } = c.queue;
  return length > 0 && c.queue[length - 1]?.verb === 'PASS';
}

/**
 * What answers 331, 332 or 334, follows a refused PASS, or goes on behind one that has no reply yet, and is no command of
 * any protocol: a password typed without its verb, once more, or the rest of one that was broken over two lines.
 */
export function withoutAnswer(c: Connection, event: Event): Event {
  const { verb, arg } = event;
  if (verb === '' || event.inferred || isVerb(verb) || foreignVerbs.has(verb) || isMisspelt(verb)) return event;
  const concealed = event.concealed ?? conceal([arg === '' ? verb : `${verb} ${arg}`]);
  if (concealed !== undefined) remember(c, concealed);
  const text = concealed === undefined ? event.text : concealed.mask(event.text);
  return { ...event, verb: '***', arg: arg === '' ? '' : '***', text, concealed };
}
