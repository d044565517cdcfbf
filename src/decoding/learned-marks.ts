/**
 * Learns what stands in front of the lines of either party, from lines that show by themselves whose they are: behind the
 * mark a code and a blank, or a verb in capitals.
 *   [12:00:01] >>> USER alice
 *   [12:00:01] <<< 331 Password?
 * Digits in a mark may change (times, numbers of processes and connections); everything else must stay.
 */
import { replyCode } from '../protocol/reply-line.ts';
import { isDigit, own, skipBlanks, skipDigits } from '../text.ts';
import { startsWithVerb, wordEnd } from './wire-line.ts';

/** Longest mark. */
const longestMark = 144;
/** Marks that are kept for each party. */
const marksKept = 3;

/** Words that may end a mark. */
const words: ReadonlySet<string> = new Set(
  (
    'c s client server cli srv send sent snd recv received rcv rx tx out in outgoing incoming output input request response req res resp ' +
    'cmd command reply answer local remote write read to from up down got gets sending sends receives receiving says said'
  ).split(' '),
);

/** Whose a line is, and where its wire text begins. */
export interface Marked {
  readonly client: boolean;
  readonly start: number;
  /** The same mark may stand before the lines of both: nothing but a time changes in it. */
  readonly shared: boolean;
  /** A proxy's other leg repeats what the line before said. */
  readonly echo: boolean;
}

/** A mark that was learned. */
interface Mark {
  readonly shape: string;
  readonly shared: boolean;
  readonly echo: boolean;
}

export class LearnedMarks {
  readonly #client: Mark[] = [];
  readonly #server: Mark[] = [];
  /** The last line of either party, and whether nobody has spoken since. */
  #lastMark = '';
  #lastSaid = '';

  /** What stands in front of every mark; '' if there is nothing, or no mark of either party. */
  get frame(): string {
    if (this.#client.length === 0 || this.#server.length === 0) return '';
    const [first, ...others] = [...this.#client, ...this.#server].map((m) => m.shape);
    let end = first?.length ?? 0;
    for (const shape of others) while (!shape.startsWith(first?.slice(0, end) ?? '')) end--;
    return first?.slice(0, end) ?? '';
  }

  /** Whose the line is: by a mark that is known, or by its content, whose mark is then kept. */
  of(text: string): Marked | undefined {
    return this.#find(text, this.#server, false) ?? this.#find(text, this.#client, true) ?? this.#learn(text);
  }

  #find(text: string, marks: readonly Mark[], client: boolean): Marked | undefined {
    for (const { shape, shared, echo } of marks) {
      const start = matchEnd(text, shape);
      if (start <= 0) continue;
      if (marks.length < marksKept) this.#remember(shape, text, start);
      return { client, start, shared, echo };
    }
    return undefined;
  }

  #learn(text: string): Marked | undefined {
    const start = contentAt(text);
    if (start <= 0) return undefined;
    const client = replyCode(text, start) === 0;
    const shape = shapeOf(text.slice(0, start));
    if (this.#server.some((m) => m.shape === shape) || this.#client.some((m) => m.shape === shape)) return undefined;
    const marks = client ? this.#client : this.#server;
    const echo =
      marks.some((m) => m.shape === this.#lastMark) &&
      lastWord(shape) !== lastWord(this.#lastMark) &&
      wordAt(text, start) === this.#lastSaid;
    const shared = isConstant(shape);
    if (marks.length < marksKept) marks.push({ shape, shared, echo });
    this.#remember(shape, text, start);
    return { client, start, shared, echo };
  }

  #remember(shape: string, text: string, start: number): void {
    this.#lastMark = shape;
    this.#lastSaid = own(wordAt(text, start));
  }
}

/** Whether the line begins as the marks of this log do. */
export function wearsFrame(text: string, frame: string): boolean {
  return matchEnd(text, frame) > 0;
}

/** The code or verb at `at`. */
function wordAt(text: string, at: number): string {
  return text.slice(at, wordEnd(text, at));
}

/** `response to client: ` → `client`: the party at the other end of the leg. */
function lastWord(shape: string): string {
  let end = shape.length;
  while (end > 0 && !isWordCharacter(shape.charCodeAt(end - 1))) end--;
  let start = end;
  while (start > 0 && isWordCharacter(shape.charCodeAt(start - 1))) start--;
  return shape.slice(start, end);
}

/** Index of a reply or a command behind something that ends like a mark; -1 if there is none. */
export function contentAt(text: string): number {
  const limit = Math.min(text.length - 2, longestMark);
  mayBegin.lastIndex = 1;
  for (let found = mayBegin.exec(text); found !== null && found.index < limit; found = mayBegin.exec(text)) {
    const at = found.index;
    if (!endsMark(text, at)) continue;
    if (replyCode(text, at) > 0 && text.length > at + 3) return at;
    if (isCapital(text.charCodeAt(at)) && startsWithVerb(text.slice(at, at + 24))) return at;
  }
  return -1;
}

/** The first characters of a code or of a verb in capitals, where a word begins. */
const mayBegin = /(?<![0-9A-Za-z_])(?:[1-6]|[A-Z]{2})/g;

/** What stands in front of `at` ends in `>`, `<`, `:`, `]`, `)`, `|`, `=`, an arrow, or a word for a party. */
function endsMark(text: string, at: number): boolean {
  let end = at;
  while (
    end > 0 &&
    (text.charCodeAt(end - 1) === 32 || text.charCodeAt(end - 1) === 9 || text.charCodeAt(end - 1) === 34)
  )
    end--;
  if (end === 0) return false;
  const c = text.charCodeAt(end - 1);
  if (
    c === 62 ||
    c === 60 ||
    c === 58 ||
    c === 93 ||
    c === 41 ||
    c === 124 ||
    c === 61 ||
    c === 0x2192 ||
    c === 0x2190 ||
    c === 0xbb ||
    c === 0xab
  ) {
    return !isClock(text, end - 1);
  }
  if (c === 45) return text.charCodeAt(end - 2) === 60 || text.charCodeAt(end - 2) === 45;
  let start = end;
  while (start > 0 && isWordCharacter(text.charCodeAt(start - 1))) start--;
  return start < end && words.has(text.slice(start, end).toLowerCase());
}

/** The colon at `at` stands between the figures of a time. */
function isClock(text: string, at: number): boolean {
  return text.charCodeAt(at) === 58 && isDigit(text, at - 1) && isDigit(text, at + 1);
}

function isWordCharacter(c: number): boolean {
  return (c >= 48 && c <= 57) || isCapital(c) || (c >= 97 && c <= 122) || c === 95;
}

function isCapital(c: number): boolean {
  return c >= 65 && c <= 90;
}

/** A mark without numbers other than those of a time (`0-0-0 0:0:0,0`): it tells no connections apart. */
function isConstant(mark: string): boolean {
  for (let i = 0; i < mark.length; i++) {
    if (mark.charCodeAt(i) !== 48) continue;
    const before = mark.charCodeAt(i - 1);
    const after = mark.charCodeAt(i + 1);
    if (!isTimeMark(before) && !isTimeMark(after)) return false;
  }
  return true;
}

/** `+`, `-`, `:`, `.`, `,`, `/`, `T` or `Z` beside a figure. */
function isTimeMark(c: number): boolean {
  return (c >= 43 && c <= 47) || c === 58 || c === 84 || c === 90;
}

/** Every run of digits as one `0`. */
function shapeOf(mark: string): string {
  let shape = '';
  for (let i = 0; i < mark.length; ) {
    const digits = isDigit(mark, i);
    shape += digits ? '0' : mark.charAt(i);
    i = digits ? skipDigits(mark, i) : i + 1;
  }
  return shape;
}

/** Index behind the mark at the start of a line; 0 if it does not stand there. Blanks at its end may be missing. */
function matchEnd(text: string, mark: string): number {
  let at = 0;
  for (let i = 0; i < mark.length; i++) {
    const c = mark.charCodeAt(i);
    if (c === 48) {
      const end = skipDigits(text, at);
      if (end === at) return 0;
      at = end;
    } else if (text.charCodeAt(at) === c) at++;
    else return at === text.length && skipBlanks(mark, i) === mark.length ? at : 0;
  }
  return at;
}

/** Index of a time of day or an ISO time in a mark; -1 if there is none. */
export function timeAt(text: string, end: number): number {
  for (let at = 0; at + 8 <= end; at++) {
    if (!isDigit(text, at) || (at > 0 && isDigit(text, at - 1))) continue;
    const width = skipDigits(text, at) - at;
    const dash = text.charCodeAt(at + 4);
    if (width === 4 && (dash === 45 || dash === 47) && text.charCodeAt(at + 13) === 58) return at;
    if (
      width === 2 &&
      text.charCodeAt(at + 2) === 58 &&
      text.charCodeAt(at + 5) === 58 &&
      wordEnd(text, at + 6) === at + 8
    )
      return at;
  }
  return -1;
}
