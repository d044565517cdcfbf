/**
 * The same end behind each line of a conversation: a logger that names thread or place, a border, the end of a
 * quoted string. It is learned from a sample, and taken off only where the lines show that it is not theirs.
 *   USER alice (FtpClient.java:42)
 *   USER alice [main]
 *   USER alice |
 */
import { contentAt } from '../decoding/learned-marks.ts';
import { startsWithVerb, wordEnd } from '../decoding/wire-line.ts';
import type { Envelope } from '../model.ts';
import { commandOf } from '../protocol/commands.ts';
import { codeAt, replyCode } from '../protocol/reply-line.ts';
import { isBlank, isDigit } from '../text.ts';
import { once, type Peel, type Peeled, type Wrapper } from '../wrappers/wrapper.ts';

const fewestLines = 4;
const manyLines = 10;
/** Share of lines that must end alike: what others put between them does not. */
const mostAlike = 0.8;
const longestTail = 120;
/** In a shape, a run of digits and a word. */
const digits = '\u0000';
const word = '\u0001';
const openers = '([{<';
const closers = ')]}>';

export const tail: Wrapper = {
  id: 'tail',
  title: 'the same end behind each line of a conversation: a thread, a place in the source',
  evidence: 'pasted',
  example: '220 ready (FtpClient.java:42)',
  wears: () => false,
  open: () => (text, outer) => once(text, outer),
};

/** An end that was learned, and the lines without it. */
export interface Tail {
  readonly wrapper: Wrapper;
  readonly texts: readonly string[];
  /** The lines show by themselves that it is not theirs. */
  readonly proved: boolean;
  /** A mark that stands behind every line and closes nothing in it: a format whose lines do not end so is put in quotes, a table, code. */
  readonly border: boolean;
  /** Whether a line has this end. */
  isOf(text: string): boolean;
}

/** The ends that these lines have in common: one that is proved, or those that may be none of theirs. */
export function tailsOf(texts: readonly string[]): readonly Tail[] {
  if (texts.length < fewestLines || !endAlike(texts)) return [];
  const border = borderOf(texts);
  const bordered = border === '' ? [] : [learned(texts, border, true)];
  if (!texts.some(speaks)) return bordered;
  const shape = commonTail(texts.map((text) => shapeOf(text, false)));
  const ends = new Set([bracketIn(commonTail(texts.map((text) => shapeOf(text, true)))), withoutWord(shape)]);
  const tails = [...ends].filter((end) => end !== '' && end !== ' ' && end !== border);
  const all = [...tails.map((end) => learned(texts, end, false)), ...bordered];
  const proved = all.find((one) => one.proved);
  return proved === undefined ? all : [proved];
}

function learned(texts: readonly string[], end: string, border: boolean): Tail {
  const bare = texts.map((text) => without(text, end));
  const padded = bare.filter((text) => text.endsWith(' ')).length * 2 > bare.length;
  return {
    wrapper: { ...tail, open: () => peelOf(end, padded) },
    texts: padded ? bare.map((text) => text.trimEnd()) : bare,
    proved: isProved(bare, end) || isPlace(texts, bare, end),
    border,
    isOf: (text) => without(text, end) !== text,
  };
}

function peelOf(end: string, padded: boolean): Peel {
  return (text: string, outer: Envelope): Peeled => {
    const inner = without(text, end);
    return once(padded ? inner.trimEnd() : inner, outer);
  };
}

/** A reply or a command stands in the line. */
function speaks(text: string): boolean {
  return codeAt(text) >= 0 || startsWithVerb(text) || contentAt(text) > 0;
}

/** A first, cheap look: the last characters are the same, or figures. */
function endAlike(texts: readonly string[]): boolean {
  const counts = new Map<number, number>();
  for (const text of texts) {
    const at = text.length - 1;
    const c = isDigit(text, at) ? 48 : text.charCodeAt(at);
    counts.set(c, (counts.get(c) ?? 0) + 1);
  }
  return Math.max(...counts.values()) >= texts.length * mostAlike;
}

/** More characters are no mark; of a line of blanks alone each would be tried as a beginning. */
const longestBorder = 64;

/** Marks that stand behind all of these lines and close nothing in them; '' if there are none. */
function borderOf(texts: readonly string[]): string {
  const [first = ''] = texts;
  let alike = Math.min(first.length, longestBorder);
  for (const text of texts) {
    let n = 0;
    while (n < alike && text.charCodeAt(text.length - 1 - n) === first.charCodeAt(first.length - 1 - n)) n++;
    if (n === 0) return '';
    alike = n;
  }
  const [all = ''] = borders.exec(first.slice(first.length - alike)) ?? [];
  // Of `"};` only the last may be put there.
  for (let from = 0; from < all.length; from += markLength(all, from)) {
    const end = all.slice(from);
    let closed = 0;
    for (const text of texts) if (closesNothing(text, end)) closed++;
    if (closed >= texts.length * mostAlike && !isBlank(end)) return end;
  }
  return '';
}

/** An escape is one mark. */
function markLength(text: string, at: number): number {
  return text.charCodeAt(at) === 92 ? 2 : 1;
}

/** Also the end of a line as programs write it in quotes. */
const borders = /(?:[ \t]*(?:[|"';,)\]}]|(?:\\r)?\\n|\\r))+[ \t]*$/;

/** Every quote mark and bracket that ends here would have been opened in the line. */
function closesNothing(text: string, end: string): boolean {
  const length = text.length - end.length;
  for (const mark of '"\'') if (end.includes(mark) && timesIn(text, mark, length) % 2 === 1) return false;
  for (let kind = 0; kind < closers.length; kind++) {
    const closer = closers.charAt(kind);
    if (end.includes(closer) && timesIn(text, openers.charAt(kind), length) > timesIn(text, closer, length))
      return false;
  }
  return true;
}

function timesIn(text: string, mark: string, length: number): number {
  let n = 0;
  for (let at = text.indexOf(mark); at >= 0 && at < length; at = text.indexOf(mark, at + 1)) n++;
  return n;
}

/** The last characters of a line, every run of digits as one mark; with `words`, every word as one mark as well. */
function shapeOf(text: string, words: boolean): string {
  let shape = '';
  for (let i = Math.max(0, text.length - longestTail); i < text.length; ) {
    const end = words ? wordRun(text, i) : digitRun(text, i);
    shape += end > i ? (words ? word : digits) : text.charAt(i);
    i = Math.max(end, i + 1);
  }
  return shape;
}

function digitRun(text: string, from: number): number {
  let i = from;
  while (isDigit(text, i)) i++;
  return i;
}

function wordRun(text: string, from: number): number {
  let i = from;
  while (i < text.length && isWordAt(text, i)) i++;
  return i;
}

/** Letters, digits, `_`, `-`, `$` and what is not ASCII. */
function isWordAt(text: string, at: number): boolean {
  const c = text.charCodeAt(at);
  const letter = (c >= 97 && c <= 122) || (c >= 65 && c <= 90);
  return letter || (c >= 48 && c <= 57) || c === 95 || c === 45 || c === 36 || c > 127;
}

/** What most shapes have in common at their end: character by character, the one that most of those still alike have. */
function commonTail(shapes: readonly string[]): string {
  let alike = shapes;
  let found = '';
  while (found.length < longestTail) {
    const counts = new Map<string, number>();
    for (const shape of alike) {
      const c = shape.charAt(shape.length - 1 - found.length);
      if (c !== '') counts.set(c, (counts.get(c) ?? 0) + 1);
    }
    let best = '';
    for (const [c, n] of counts) if (n > (counts.get(best) ?? 0)) best = c;
    if (best === '' || (counts.get(best) ?? 0) < shapes.length * mostAlike) break;
    const at = found.length + 1;
    alike = alike.filter((shape) => shape.charAt(shape.length - at) === best);
    found = best + found;
  }
  return found;
}

/** Letters and figures at its beginning belong to the last word of the lines. */
function withoutWord(shape: string): string {
  return shape.replace(/^[\p{L}\p{N}_\u0000]+/u, '');
}

/** ` (word.word:word)`: a pair of brackets at the end, behind a blank; '' if there is none. */
function bracketIn(shape: string): string {
  const kind = closers.indexOf(shape.charAt(shape.length - 1));
  if (shape === '' || kind < 0) return '';
  const at = shape.lastIndexOf(` ${openers.charAt(kind)}`);
  return at < 0 ? '' : shape.slice(at);
}

/** The line without this end; unchanged if it does not have it. A line of nothing else may have lost the blanks before it. */
function without(text: string, end: string): string {
  let at = text.length;
  for (let i = end.length - 1; i >= 0; i--) {
    const c = end.charAt(i);
    if (c === digits || c === word) {
      const from = at;
      while (at > 0 && (c === digits ? isDigit(text, at - 1) : isWordAt(text, at - 1))) at--;
      if (at === from) return text;
    } else if (at > 0 && text.charCodeAt(at - 1) === end.charCodeAt(i)) at--;
    else return at === 0 && c === ' ' ? '' : text;
  }
  return text.slice(0, at);
}

/**
 * Whether the lines are those of a conversation that is whole without the end: a command that takes no argument stands in
 * front of it, or both parties say different things and all of them with it; and no command lacks what it needs.
 */
function isProved(texts: readonly string[], end: string): boolean {
  const verbs = new Set<string>();
  const codes = new Set<number>();
  let complete = 0;
  let lacking = 0;
  for (const text of texts) {
    const at = replyCode(text) > 0 || startsWithVerb(text) ? 0 : contentAt(text);
    if (at < 0) continue;
    if (replyCode(text, at) > 0) {
      codes.add(codeAt(text, at));
      continue;
    }
    const verbEnd = wordEnd(text, at);
    const spec = commandOf(text.slice(at, verbEnd));
    if (spec === undefined) continue;
    verbs.add(spec.verb);
    if (!isBlank(text.slice(verbEnd))) continue;
    if (spec.argument === 'none') complete++;
    else if (spec.argument === 'required') lacking++;
  }
  if (complete > 0) return lacking <= complete;
  return lacking === 0 && verbs.size > 1 && codes.size > 1 && isApart(end);
}

/** A name may end in `.txt`, `/pub` or `-2`; what begins with a blank or a closing mark, or is marks alone, is none. */
function isApart(end: string): boolean {
  return /[^\w\s\u0000\u0001]/.test(end) && (/^[\s\\<>&|"'`;,)\]}]/.test(end) || !/[\p{L}\u0000\u0001]/u.test(end));
}

/** Something in brackets behind every line of many: no format has that which does not show it. */
function isPlace(texts: readonly string[], without: readonly string[], end: string): boolean {
  return texts.length >= manyLines && bracketIn(end) === end && texts.every((text, i) => text !== without[i]);
}
