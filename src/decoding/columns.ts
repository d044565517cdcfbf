/** Rows of a table whose columns are parted by one character and may stand in quotes. */

/** More columns than anybody asks for; what is behind them belongs to the last. */
const mostColumns = 128;

/**
 * The values of a row; quotes around a value are taken off, doubled ones inside become one. `quote` is the quoting of
 * the table where it is known; otherwise only a row that begins with a quote is quoted: elsewhere it belongs to the value.
 */
export function cells(text: string, mark: number, quote = quoteOf(text, mark)): readonly string[] {
  const out: string[] = [];
  const separator = String.fromCharCode(mark);
  let from = 0;
  while (from <= text.length) {
    const quoted = quote > 0 && text.charCodeAt(from) === quote;
    let end = quoted ? closing(text, from, quote, mark) + 1 : text.indexOf(separator, from);
    if (end < 0 || end > text.length || out.length >= mostColumns) end = text.length;
    const value = quoted
      ? text.slice(from + 1, text.charCodeAt(end - 1) === quote ? end - 1 : end)
      : text.slice(from, end);
    out.push(quoted && quote === 34 && value.includes('""') ? value.replaceAll('""', '"') : value);
    from = end + 1;
  }
  return out;
}

/** The quote that a row begins with, 0 if it begins with none. */
export function quoteOf(text: string, mark: number): number {
  const first = text.charCodeAt(0);
  return first === 34 || (first === 39 && mark !== 9) ? first : 0;
}

/** Index of the quote that the mark or the end follows. */
function closing(text: string, from: number, quote: number, mark: number): number {
  for (let i = from + 1; i < text.length; i++) {
    if (text.charCodeAt(i) !== quote) continue;
    if (i + 1 === text.length || text.charCodeAt(i + 1) === mark) return i;
  }
  return text.length - 1;
}
