/** What a bare line of the control connection looks like: shared by the transcripts. */
import { commandOf, isVerbAt } from '../protocol/commands.ts';
import { replyCode } from '../protocol/reply-line.ts';
import { isDigit, skipBlanks, skipDigits } from '../text.ts';

/**
 * Lines in a row that are taken for the text of one reply, or for data between 150 and 226, before they are taken for
 * something else: an end that never came must not hide the rest of a log. Listings by STAT are long.
 */
export const longestRun = 5000;

/** Takes Telnet codes (IAC IP, IAC DM, negotiation) off the front of a line: `ÿôÿòABOR`, as Latin-1 or as U+FFFD. */
export function withoutTelnet(text: string): string {
  const first = text.charCodeAt(0);
  if (first < 0x80) return text;
  let at = 0;
  while (at < text.length) {
    const c = text.charCodeAt(at);
    if (c === 0xff || c === 0xfffd) {
      const next = text.charCodeAt(at + 1);
      at += next >= 0xfb && next <= 0xfe ? 3 : c === 0xfffd ? 1 : 2;
    } else if (c === 0xf2 || c === 0xf4) at++;
    else break;
  }
  return at === 0 ? text : text.slice(at);
}

/** Index behind the word at `from`: letters, digits, `_` and `-`. */
export function wordEnd(text: string, from: number): number {
  let i = from;
  for (; i < text.length; i++) {
    const c = text.charCodeAt(i);
    const letter = (c >= 65 && c <= 90) || (c >= 97 && c <= 122);
    if (!letter && !(c >= 48 && c <= 57) && c !== 95 && c !== 45) break;
  }
  return i;
}

/** The line begins with a verb of the command table, followed by a blank or the end. */
export function startsWithVerb(text: string): boolean {
  const start = skipBlanks(text, 0);
  const end = wordEnd(text, start);
  if (end - start < 3 || (end < text.length && text.charCodeAt(end) !== 32)) return false;
  return isVerbAt(text, start, end);
}

/** The line begins with a verb of the command table in capitals, as programs send it. */
export function isCapitalVerb(text: string): boolean {
  const c = text.charCodeAt(1);
  return c >= 65 && c <= 90 && startsWithVerb(text);
}

/**
 * The line may be a command nobody knows: a word in capitals at the start, as programs send it.
 * `XYZZY`, `XCRC a.txt`; not `Hello there`.
 */
export function looksLikeCommand(text: string): boolean {
  const end = wordEnd(text, 0);
  if (end < 3 || end > 16 || (end < text.length && text.charCodeAt(end) !== 32)) return false;
  for (let i = 0; i < end; i++) {
    const c = text.charCodeAt(i);
    if (c < 65 || c > 90) return false;
  }
  return true;
}

/** The line is one of the server-PI: a code, then SP, `-` or the end. */
export function isReplyLine(text: string): boolean {
  return replyCode(text) > 0;
}

/**
 * Inside an open multi-line reply without direction marks: is this line a command after all? Only where the verb is
 * known and in capitals and its argument fits, and never inside help and feature lists, which consist of verbs.
 *   S: 220-Welcome
 *   S: please behave
 *   C: USER bob
 */
export function interruptsReply(text: string, openCode: number): boolean {
  if (openCode >= 211 && openCode <= 214) return false;
  const end = wordEnd(text, 0);
  if (end < 3 || !looksLikeCommand(text)) return false;
  const spec = commandOf(text.slice(0, end));
  if (spec === undefined) return false;
  const arg = text.slice(end + 1);
  if (spec.argument === 'none') return arg === '';
  if (spec.argument === 'required' && arg === '') return false;
  return !arg.includes(' ');
}

/**
 * A line of a directory listing, as clients print it between 150 and 226: `ls -l` with its `total`, MS-DOS style, or
 * the facts of MLSD.
 *   -rw-r--r--    1 1000     1000            2 Nov 22 09:54 a.txt
 *   10-02-23  11:21PM                   16 computer.txt
 *   type=file;size=2;modify=20261122095400; a.txt
 */
export function isListingLine(text: string): boolean {
  const first = text.charCodeAt(0);
  if (isDigit(text, 0)) return isDosEntry(text);
  if (first === 116 && text.startsWith('total ')) return skipDigits(text, 6) === text.length && text.length > 6;
  if (
    first === 45 ||
    first === 100 ||
    first === 108 ||
    first === 98 ||
    first === 99 ||
    first === 112 ||
    first === 115
  ) {
    if (isMode(text)) return true;
  }
  const equals = text.indexOf('=');
  return (
    equals > 0 &&
    equals < 24 &&
    text.indexOf('; ', equals) > 0 &&
    wordEnd(text, 0) >= Math.min(equals, 4) &&
    isFact(text, equals)
  );
}

/** `-rw-r--r--`, then a blank or a mark for more rights. */
function isMode(text: string): boolean {
  for (let i = 1; i < 10; i++) {
    const c = text.charCodeAt(i);
    const right =
      c === 45 || c === 114 || c === 119 || c === 120 || c === 115 || c === 83 || c === 116 || c === 84 || c === 108;
    if (!right) return false;
  }
  const after = text.charCodeAt(10);
  return after === 32 || after === 43 || after === 46 || after === 64;
}

/** `10-02-23  11:21PM` or `2023-10-02  23:21`. */
function isDosEntry(text: string): boolean {
  const dash = skipDigits(text, 0);
  if (text.charCodeAt(dash) !== 45 || (dash !== 2 && dash !== 4)) return false;
  const second = skipDigits(text, dash + 1);
  if (text.charCodeAt(second) !== 45) return false;
  const end = skipDigits(text, second + 1);
  const time = skipBlanks(text, end);
  if (end === second + 1 || time === end || text.charCodeAt(time + 2) !== 58) return false;
  const half = text.charCodeAt(time + 6);
  return half === 77 || (text.includes('<DIR>', time) && half !== 58);
}

/** What stands before the first `=` is a fact of RFC 3659 or of its practice. */
function isFact(text: string, equals: number): boolean {
  const fact = text.slice(0, equals).toLowerCase();
  return (
    fact === 'type' ||
    fact === 'size' ||
    fact === 'modify' ||
    fact === 'perm' ||
    fact === 'unique' ||
    fact === 'create' ||
    fact.startsWith('unix.')
  );
}
