/**
 * One function per output syntax. All make characters that show nothing visible
 * first (`printable`): text from a log must do nothing to a terminal, a browser, a CI server or a spreadsheet.
 */
import { replaceHiddenInJson } from '../hidden.ts';
import { printable, wellFormed } from '../text.ts';

/** Text and attribute values of HTML. */
export function escapeHtml(text: string): string {
  return printable(text).replace(/[&<>"'`]/g, entity);
}

/** Text and attribute values of XML 1.0, which has no way to write most control characters and U+FFFE: `printable` escapes them. */
export function escapeXml(text: string): string {
  return printable(text).replace(/[&<>"']/g, entity);
}

function entity(c: string): string {
  return `&#${c.charCodeAt(0)};`;
}

/** What most fields of CSV are: nothing to look for in them. */
const plainField = /^[\w/(*][\w/.:()*-]*$/;

/** JSON of the same value, all of it visible: JSON itself allows DEL, C1, bidirectional and invisible characters raw. */
export function escapeJson(value: unknown, indent = 0): string {
  return replaceHiddenInJson(JSON.stringify(value, null, indent));
}

/**
 * A field of CSV (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe in front; numbers are
 * not touched.
 */
export function escapeCsv(cell: string | number | boolean | null): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  if (plainField.test(cell)) return cell;
  const text = printable(cell);
  const safe = /^\s*[=+\-@|%＝＋－＠]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * Log text in Markdown: a code span, where no mark-up, mention, link or emoji works. A backtick would end it and a bar
 * would end the cell, so they are written as the other special characters are.
 */
export function markdownCode(text: string): string {
  const shown = printable(text).replaceAll('`', '\\x60').replaceAll('|', '\\x7c');
  return shown.trim() === '' ? '' : `\`${shown}\``;
}

/**
 * A sentence that may hold log text in Markdown: words that could be more than words become code spans. What closes a
 * clause behind such a word stays outside: `'root'`, not `'root',`.
 */
export function markdownText(text: string): string {
  return printable(text)
    .split(/ +/)
    .map((word) => {
      if (plainWord.test(word) && !linkWord.test(word)) return word;
      const end = /[,;]$/.test(word) ? word.length - 1 : word.length;
      return markdownCode(word.slice(0, end)) + word.slice(end);
    })
    .join(' ');
}

const plainWord = /^[("]?[\p{L}\p{N}]+(?:[.,'/:-][\p{L}\p{N}]+)*[)".,;:]*$|^(?:-|–|%|\/|→)?$/u;
const linkWord = /^\W?(?:www\.|https?:|ftp:|mailto:|gh-\d)|:\p{L}+:/iu;

/** The message of a workflow command of GitHub Actions. */
export function githubMessage(text: string): string {
  return printable(text).replaceAll('%', '%25');
}

/** A property of a workflow command of GitHub Actions. */
export function githubProperty(text: string): string {
  return githubMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** The value of a label in the Prometheus text format. */
export function prometheusLabel(text: string): string {
  return printable(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"');
}

/** A source as a relative reference or file URI (RFC 3986). */
export function escapeUri(name: string): string {
  const path = wellFormed(name).replaceAll('\\', '/');
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  if (/^[A-Za-z]:\//.test(path)) return `file:///${encoded.replace('%3A', ':')}`;
  if (path.startsWith('//')) return `file:${encoded}`;
  return path.startsWith('/') ? `file://${encoded}` : encoded.replace(/^(?:\.\/)+/, '');
}
