/** What each reply code of the report means and what to do: the text of `ftplog explain`, folded away below the codes. */
import type { Column, Row } from '../../model.ts';
import type { ReplyText } from '../../protocol/reference/types.ts';
import { escapeHtml as e } from '../escape.ts';

/** The reference of reply codes, by code. */
export type ReplyTexts = ReadonlyMap<number, ReplyText>;

/** A cell with a reply code, as a link to its text if there is one. */
export function codeCell(texts: ReplyTexts): (row: Row, column: Column) => string | undefined {
  return (row, column) => {
    const code = Number(row['code']);
    if (column.key !== 'code' || !texts.has(code)) return undefined;
    return `<td class="n" data-v="${code}"><a href="#code-${code}">${code}</a>`;
  };
}

/** The texts of these codes, ascending. */
export function codePages(rows: readonly Row[], texts: ReplyTexts): string {
  const codes = [...new Set(rows.map((row) => Number(row['code'])))].sort((a, b) => a - b);
  const pages = codes.flatMap((code) => {
    const text = texts.get(code);
    return text === undefined ? [] : [codePage(code, text)];
  });
  return pages.length === 0 ? '' : `<h3>What they mean</h3>\n${pages.join('')}`;
}

function codePage(code: number, { title, meaning, seen, todo }: ReplyText): string {
  const steps = todo.length === 0 ? '' : `<ul>${todo.map((step) => `<li>${e(step)}`).join('')}</ul>`;
  return `<details id="code-${code}"><summary><b>${code}</b> ${e(title)}</summary>\n<p>${e(meaning)}</p>\n<p>${e(seen)}</p>\n${steps}</details>\n`;
}
