/** Finds curl's mark in a line, behind whatever stands in front of it. */
import { isDigit, skipBlanks, skipDigits } from '../../../text.ts';

/** Columns of the progress meter. */
const meterColumns = 12;

/** `*`, `>`, `<`, `{` or `}`, and a blank. */
export function isMarkAt(text: string, at: number): boolean {
  const c = text.charCodeAt(at);
  return (c === 42 || c === 62 || c === 60 || c === 123 || c === 125) && text.charCodeAt(at + 1) === 32;
}

/** Index behind `[0-0] ` or `[0-x] ` of `--trace-ids` at `at`, or `at`. */
export function afterIds(text: string, at: number): number {
  if (text.charCodeAt(at) !== 91) return at;
  const dash = skipDigits(text, at + 1);
  if (text.charCodeAt(dash) !== 45) return at;
  const end = text.charCodeAt(dash + 1) === 120 ? dash + 2 : skipDigits(text, dash + 1);
  return text.startsWith('] ', end) ? end + 2 : at;
}

/**
 * Index behind the progress meter at the start of a line, 0 if none stands there. It ends in CR, or the next line is glued
 * to it:
 *     0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0* Connected to …
 */
export function meterEnd(text: string): number {
  let at = text.charCodeAt(0) === 13 ? 1 : 0;
  let columns = 0;
  let clocks = 0;
  while (columns < meterColumns) {
    at = skipBlanks(text, at);
    const start = at;
    for (; at < text.length; at++) {
      const c = text.charCodeAt(at);
      if (c === 58) clocks++;
      else if (!isMeterCharacter(c)) break;
    }
    if (at === start) break;
    columns++;
  }
  return columns === meterColumns && clocks >= 4 ? at : 0;
}

function isMeterCharacter(c: number): boolean {
  return (
    (c >= 48 && c <= 57) ||
    c === 45 ||
    c === 46 ||
    c === 107 ||
    c === 75 ||
    c === 77 ||
    c === 71 ||
    c === 84 ||
    c === 80 ||
    c === 100 ||
    c === 104
  );
}

/** A heading or a row of the meter, or `curl: (67) …`, which carry nothing. */
export function isCurlNote(text: string): boolean {
  if (text.startsWith('  % Total') || text.startsWith('curl: ') || text.startsWith('Warning: ')) return true;
  if (text.startsWith('                                 Dload')) return true;
  if (text.startsWith('DL% UL%') || text.startsWith('######') || /^#*\s+[\d.]+%/.test(text)) return true;
  return meterEnd(text) === text.length && text.length > 40;
}

/** `HH:MM:SS.ffffff ` of `--trace-time` at the start. */
export function hasTime(text: string): boolean {
  if (text.charCodeAt(2) !== 58 || text.charCodeAt(5) !== 58 || text.charCodeAt(8) !== 46) return false;
  return isDigit(text, 0) && isDigit(text, 14) && text.charCodeAt(15) === 32;
}
