/** The page of a line of a log: what it says, and what that means. */
import { commandOf, siteVerb } from '../protocol/commands.ts';
import type { Reference } from '../protocol/reference/index.ts';
import { replyCode, replyText } from '../protocol/reply-line.ts';
import { maskReply } from '../protocol/secret-text.ts';
import { maskArgument } from '../protocol/secrets.ts';
import type { LinePage, LineReading } from './pages.ts';
import { replyPage } from './reply.ts';
import { answerPage, verbPage } from './verb.ts';

/** Reads a line as one of the log formats; the formats live elsewhere, so the caller brings it. */
export type LineReader = (line: string) => LineReading | undefined;

/** What the line says, explained; undefined if neither a format nor the words of FTP are found in it. */
export function linePage(reference: Reference, line: string, read: LineReader): LinePage | undefined {
  const reading = read(line) ?? readWords(line);
  if (reading === undefined || (reading.verb === '' && reading.code === 0 && reading.dialect === '')) return undefined;
  const subcommand = reading.verb === 'SITE' ? siteVerb(reading.arg) : reading.verb;
  const verb = commandOf(subcommand) === undefined ? reading.verb : subcommand;
  const known = commandOf(verb) !== undefined;
  return {
    page: 'line',
    reading,
    answer: known && reading.code > 0 ? answerPage(reference, verb, reading.code) : undefined,
    reply: reading.code > 0 ? replyPage(reference, reading.code) : undefined,
    verb: known ? verbPage(reference, verb) : undefined,
    unknownSubcommand:
      reading.verb === 'SITE' && reading.arg !== '' && commandOf(subcommand) === undefined ? subcommand : '',
  };
}

/**
 * Without a format: the wire itself (`530 Login incorrect.`, `RETR a.txt`), else the first thing in the line that looks
 * like a reply, else the first word that is a command.
 */
function readWords(line: string): LineReading | undefined {
  const text = line.trim();
  for (let at = 0; at < text.length; at++) {
    if (at > 0 && !isBorder(text.charCodeAt(at - 1))) continue;
    const code = replyCode(text, at);
    if (code > 0 && (at === 0 || text.length > at + 4 || isTold(text, at)))
      return words('reply', '', '', code, unquoted(replyText(text, at)));
  }
  return readCommand(text);
}

/** A code at the end of a message, as programs tell it: `Access denied: 530`, `code=530`. */
function isTold(text: string, at: number): boolean {
  return text.slice(0, at).trimEnd().endsWith(':') || text.charAt(at - 1) === '=';
}

function readCommand(text: string): LineReading | undefined {
  let from = 0;
  while (from < text.length) {
    let to = from;
    while (to < text.length && !isBorder(text.charCodeAt(to))) to++;
    const verb = text.slice(from, to);
    if (verb.length > 2 && verb === verb.toUpperCase() && commandOf(verb) !== undefined) {
      return words('command', verb, maskArgument(verb, unquoted(text.slice(to).trim())), 0, '');
    }
    from = to + 1;
  }
  return undefined;
}

function words(kind: string, verb: string, arg: string, code: number, text: string): LineReading {
  const format = 'no log format recognised';
  return { dialect: '', format, kind, verb, arg, code, text: maskReply(text), client: '', user: '', outcome: '' };
}

/** Without the quote or bracket that the log closes behind it. */
function unquoted(text: string): string {
  const end = text.charAt(text.length - 1);
  return end === '"' || end === ']' || end === "'" ? text.slice(0, -1) : text;
}

/** A blank, a quote, an opening bracket, `=`, `>` or `:` may stand before a reply or a command. */
function isBorder(c: number): boolean {
  return c <= 32 || c === 34 || c === 39 || c === 40 || c === 58 || c === 61 || c === 62 || c === 91;
}
