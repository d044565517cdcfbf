/** Rows of a table whose columns are parted by one character and may stand in quotes. */

/** The values of a row; quotes around a value are taken off, doubled ones inside become one. */
export function cells(text: string, mark: number): readonly string[] {
  const out: string[] = [];
  const quote = text.charCodeAt(0) === 39 && mark !== 9 ? 39 : 34;
  // Only a row that begins with a quote is quoted: elsewhere it belongs to the value.
  const quotes = text.charCodeAt(0) === quote;
  let from = 0;
  while (from <= text.length) {
    const quoted = quotes && text.charCodeAt(from) === quote;
    let end = quoted ? closing(text, from, quote, mark) + 1 : indexOf(text, mark, from);
    if (end <= 0 || end > text.length) end = text.length;
    const value = quoted
      ? text.slice(from + 1, text.charCodeAt(end - 1) === quote ? end - 1 : end)
      : text.slice(from, end);
    out.push(quoted && quote === 34 && value.includes('""') ? value.replaceAll('""', '"') : value);
    from = end + 1;
  }
  return out;
}

function indexOf(text: string, mark: number, from: number): number {
  for (let i = from; i < text.length; i++) if (text.charCodeAt(i) === mark) return i;
  return text.length;
}

/** Index of the quote that the mark or the end follows. */
function closing(text: string, from: number, quote: number, mark: number): number {
  for (let i = from + 1; i < text.length; i++) {
    if (text.charCodeAt(i) !== quote) continue;
    if (i + 1 === text.length || text.charCodeAt(i + 1) === mark) return i;
  }
  return text.length - 1;
}
