/**
 * One line of a reply: `ddd text`, `ddd-text` or `ddd` (RFC 959 §4.2).
 *
 * Code units only, no patterns: these run once per line. A number that runs on (`10054 reset`) is no code.
 */

const hyphen = 45;
const space = 32;
const zero = 48;
const nine = 57;

/** The code at `from`, 100 to 699; 0 unless three digits stand there, followed by SP, `-` or the end of the text. */
export function replyCode(text: string, from = 0): number {
  const length = text.length;
  if (length < from + 3) return 0;
  if (length > from + 3) {
    const after = text.charCodeAt(from + 3);
    if (after !== space && after !== hyphen) return 0;
  }
  const first = text.charCodeAt(from) - zero;
  if (first < 1 || first > 6) return 0;
  const second = text.charCodeAt(from + 1);
  const third = text.charCodeAt(from + 2);
  if (second < zero || second > nine || third < zero || third > nine) return 0;
  return first * 100 + (second - zero) * 10 + (third - zero);
}

/** What follows the code and its separator; ask only where {@link replyCode} found a code. */
export function replyText(text: string, from = 0): string {
  return text.slice(from + 4);
}
