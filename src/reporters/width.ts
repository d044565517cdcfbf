/** Columns of text in a terminal, and cutting to them. Text is printable already. */
import { lazy } from '../lazy.ts';

/** Columns that the text takes: wide characters (UAX #11) and emoji two, combining ones none. */
export function displayWidth(text: string): number {
  if (isPlain(text)) return text.length;
  let width = 0;
  for (const { segment } of segmenter().segment(text)) width += graphemeWidth(segment);
  return width;
}

/** The text if it fits, else its beginning and `…`. */
export function cutEnd(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  return columns < 1 ? '' : `${head(text, columns - 1)}…`;
}

/** The text if it fits, else beginning and end with `…` between: of a path the name, of an address both ends are kept. */
export function cutMiddle(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  if (columns < 5) return cutEnd(text, columns);
  const tail = Math.ceil(((columns - 1) * 3) / 5);
  return `${head(text, columns - 1 - tail)}…${end(text, tail)}`;
}

/** Words broken to lines; a word that is too long is cut. At most `most` lines, the last one cut. */
export function wrap(text: string, columns: number, most: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  const words = text.split(' ');
  for (const [i, word] of words.entries()) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (displayWidth(longer) <= columns) {
      line = longer;
      continue;
    }
    if (lines.length === most - 1)
      return [...lines, cutEnd(`${longer} ${words.slice(i + 1).join(' ')}`.trimEnd(), columns)];
    if (line !== '') lines.push(line);
    line = cutEnd(word, columns);
  }
  return line === '' ? lines : [...lines, line];
}

/** Made when the first text that is not plain ASCII comes: it takes 8 ms, a tenth of the whole run on a short log. */
const segmenter = lazy(() => new Intl.Segmenter('en', { granularity: 'grapheme' }));

function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (!isNarrow(text.charCodeAt(i))) return false;
  return true;
}

/** One column for certain: Latin, dashes and quotes (U+2010 to U+205E), arrows, boxes and blocks (U+2190 to U+25FF). */
function isNarrow(c: number): boolean {
  return c < 0x300 || (c >= 0x2010 && c <= 0x2027) || (c >= 0x2030 && c <= 0x205e) || (c >= 0x2190 && c < 0x2600);
}

function graphemeWidth(segment: string): number {
  const c = segment.codePointAt(0) ?? 0;
  if (/^\p{M}/u.test(segment)) return 0;
  return isWide(c) || /\p{Emoji_Presentation}|\ufe0f/u.test(segment) ? 2 : 1;
}

/** East Asian Wide and Fullwidth, in blocks. */
function isWide(c: number): boolean {
  if (c < 0x1100) return false;
  return (
    c <= 0x115f ||
    (c >= 0x2e80 && c <= 0x303e) ||
    (c >= 0x3041 && c <= 0x33ff) ||
    (c >= 0x3400 && c <= 0x4dbf) ||
    (c >= 0x4e00 && c <= 0xa4cf) ||
    (c >= 0xa960 && c <= 0xa97c) ||
    (c >= 0xac00 && c <= 0xd7a3) ||
    (c >= 0xf900 && c <= 0xfaff) ||
    (c >= 0xfe30 && c <= 0xfe6f) ||
    (c >= 0xff01 && c <= 0xff60) ||
    (c >= 0xffe0 && c <= 0xffe6) ||
    (c >= 0x1f300 && c <= 0x1faff) ||
    (c >= 0x20000 && c <= 0x3fffd)
  );
}

function head(text: string, columns: number): string {
  if (isPlain(text)) return text.slice(0, columns);
  let out = '';
  let width = 0;
  for (const { segment } of segmenter().segment(text)) {
    width += graphemeWidth(segment);
    if (width > columns) break;
    out += segment;
  }
  return out;
}

function end(text: string, columns: number): string {
  if (isPlain(text)) return text.slice(text.length - columns);
  const segments = Array.from(segmenter().segment(text), ({ segment }) => segment);
  let out = '';
  let width = 0;
  for (const segment of segments.reverse()) {
    width += graphemeWidth(segment);
    if (width > columns) break;
    out = segment + out;
  }
  return out;
}
