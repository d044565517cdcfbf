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

/**
 * The code at `from` of a line that the server is known to have sent, 0 to 999; -1 unless three digits stand there, followed
 * by SP, `-` or the end of the text. `799 well` is a reply, however odd; where only its content could tell whose a line
 * is, {@link replyCode} decides.
 */
export function codeAt(text: string, from = 0): number {
  const length = text.length;
  if (length < from + 3) return -1;
  if (length > from + 3) {
    const after = text.charCodeAt(from + 3);
    if (after !== space && after !== hyphen) return -1;
  }
  const first = text.charCodeAt(from) - zero;
  const second = text.charCodeAt(from + 1) - zero;
  const third = text.charCodeAt(from + 2) - zero;
  if (first < 0 || first > 9 || second < 0 || second > 9 || third < 0 || third > 9) return -1;
  return first * 100 + second * 10 + third;
}

/** A 1yz: another reply to the same command follows (RFC 959 §4.2). */
export function isPreliminary(code: number): boolean {
  return code >= 100 && code < 200;
}

/** What follows the code and its separator; ask only where {@link replyCode} found a code. */
export function replyText(text: string, from = 0): string {
  return text.slice(from + 4);
}
