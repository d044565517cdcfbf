/**
 * Which command a reply says that it answers: `500 'REST abc': command not understood.`, `200 NOOP ok`, `257 "/" is the
 * current directory`. Evidence only: what a reply may answer by order and code stands above it (`session/alignment.ts`).
 */
import { skipBlanks } from '../text.ts';
import { isVerb } from './commands.ts';

/** What a reply names. */
export interface NamedCommand {
  /** Upper case; '' if the text names none. */
  readonly verb: string;
  /** What stands behind the verb inside the quotation marks; '' if the text quotes no argument. */
  readonly arg: string;
}

const nothing: NamedCommand = { verb: '', arg: '' };

/** Words in front of a command that a server quotes. */
const before: readonly string[] = [
  'unimplemented',
  'unknown command',
  'unrecognized command',
  'unrecognised command',
  'invalid command',
  'illegal command',
  'unsupported command',
  'command not implemented',
  'command not understood',
  'command not recognized',
  'command unrecognized',
  'syntax error in',
  'syntax error, command unrecognized',
  'syntax error',
  'command',
  'the command',
  'the',
];

/** First words behind a verb at the start of a text that speak of the command itself. */
const behind: readonly string[] = [
  'accepted',
  'command',
  'complete',
  'completed',
  'done',
  'failed',
  'ignored',
  'is',
  'not',
  'ok',
  'ok.',
  'okay',
  'operation',
  'set',
  'success',
  'successful',
  'successful.',
  'unknown',
  'unrecognized',
  'unsupported',
];

/** Phrases for one command, lower case, by the codes they come with: what servers write where they do not write the verb. */
const phrases: readonly (readonly [codes: string, phrase: string, verb: string])[] = [
  ['200', 'switching to binary mode', 'TYPE'],
  ['200', 'switching to ascii mode', 'TYPE'],
  ['200', 'structure set to', 'STRU'],
  ['200', 'mode set to', 'MODE'],
  ['200', 'zzz', 'NOOP'],
  ['200', 'protection level set', 'PROT'],
  ['215', '', 'SYST'],
  ['221', '', 'QUIT'],
  ['227', '', 'PASV'],
  ['229', '', 'EPSV'],
  ['250', 'directory successfully changed', 'CWD'],
  ['250', 'directory changed', 'CWD'],
  ['250', 'rename successful', 'RNTO'],
  ['250', 'delete operation successful', 'DELE'],
  ['250', 'remove directory operation successful', 'RMD'],
  ['257', 'is the current directory', 'PWD'],
  ['257', 'is current directory', 'PWD'],
  ['257', 'is your current location', 'PWD'],
  ['257', 'is working directory', 'PWD'],
  ['257', 'created', 'MKD'],
  ['350', 'restart', 'REST'],
  ['350', 'ready for rnto', 'RNFR'],
  ['350', 'ready for destination', 'RNFR'],
];

/** The command that the text of this reply names. */
export function namedCommand(code: number, text: string): NamedCommand {
  const quote = quoted(text);
  if (quote !== undefined) return quote;
  const start = skipBlanks(text, 0);
  const end = wordEnd(text, start);
  const verb = text.slice(start, end);
  if (isVerb(verb)) {
    const rest = skipBlanks(text, end);
    const next = text.slice(rest, nextBlank(text, rest)).toLowerCase();
    if (rest >= text.trimEnd().length || behind.includes(next)) return { verb, arg: '' };
  }
  const lower = text.toLowerCase();
  for (const words of before) {
    if (!lower.startsWith(words)) continue;
    const at = skipMarks(text, words.length);
    const named = text.slice(at, wordEnd(text, at));
    if (at > words.length && isVerb(named)) return { verb: named, arg: '' };
  }
  for (const [codes, phrase, of] of phrases)
    if (codes === String(code) && lower.includes(phrase)) return { verb: of, arg: '' };
  return nothing;
}

/** `'REST abc': command not understood.`, `Unknown command "FEAT"`: a verb in marks, at the start or behind {@link before}. */
function quoted(text: string): NamedCommand | undefined {
  for (const mark of ["'", '"', '`']) {
    const open = text.indexOf(mark);
    if (open < 0 || (open > 0 && !before.includes(text.slice(0, open).trim().replace(/:$/, '').toLowerCase())))
      continue;
    const close = text.indexOf(mark === '`' ? "'" : mark, open + 1);
    if (close < 0) continue;
    const end = wordEnd(text, open + 1);
    const verb = text.slice(open + 1, end).toUpperCase();
    if (end <= close && isVerb(verb)) return { verb, arg: text.slice(end, close).trim() };
  }
  return undefined;
}

function wordEnd(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const c = text.charCodeAt(at) & ~32;
    if (c < 65 || c > 90) break;
  }
  return at;
}

function nextBlank(text: string, from: number): number {
  const at = text.indexOf(' ', from);
  return at < 0 ? text.length : at;
}

function skipMarks(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' :,-'.includes(text.charAt(at))) at++;
  return at;
}
