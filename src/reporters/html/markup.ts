/** Pieces of HTML: everything that comes from a report goes through `escapeHtml` here or is a number. */
import type { Cell, Column, Row } from '../../model.ts';
import { escapeHtml } from '../escape.ts';
import { cellText, inWords, usedColumns } from '../layout.ts';
import { cutMiddle } from '../width.ts';

/** A section with a heading and an id to link to. */
export function section(id: string, title: string, body: string): string {
  return `<section id="${id}" aria-labelledby="${id}-h">\n<h2 id="${id}-h">${escapeHtml(title)}</h2>\n${body}</section>\n`;
}

/** A part that can be scrolled sideways, by keyboard too. */
export function scroll(label: string, body: string): string {
  return `<div class="scroll" role="region" tabindex="0" aria-label="Table: ${escapeHtml(label)}">${body}</div>\n`;
}

/** A bar for a share of 0 … 1; `fill` is a class of colour. */
export function barCell(share: number, fill: string): string {
  const width = Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10;
  return `<td class="bar"><svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="${fill}" width="${width}" height="8"/></svg>`;
}

/** How a table of the report is shown. */
export interface TableOptions {
  /** Words for the filter and for screen readers. */
  readonly name: string;
  /** Its times are whole seconds. */
  readonly coarse?: boolean;
  /** Key of the number that gets a bar. */
  readonly bar?: string;
  readonly fill?: (row: Row) => string;
  /** HTML of a cell instead of its text; undefined: the text. */
  readonly cell?: (row: Row, column: Column) => string | undefined;
}

const longest = 160;

/** A table that the script makes sortable and filterable. */
export function rowTable(columns: readonly Column[], rows: readonly Row[], options: TableOptions): string {
  const { name, coarse, fill, cell } = options;
  const used = usedColumns(columns, rows);
  const bar =
    options.bar !== undefined && rows.some((row) => typeof row[options.bar ?? ''] === 'number')
      ? options.bar
      : undefined;
  const most = bar === undefined ? 0 : Math.max(1, ...rows.map((row) => Number(row[bar] ?? 0)));
  const heads = used
    .map((c) => `<th scope="col"${c.align === 'right' ? ' class="n"' : ''}>${escapeHtml(c.title)}`)
    .join('');
  const lines = rows.map((row) => {
    const cells = used.map((c) => cell?.(row, c) ?? plainCell(row[c.key] ?? null, c, coarse)).join('');
    return `<tr>${cells}${bar === undefined ? '' : barCell(Number(row[bar] ?? 0) / most, fill?.(row) ?? 'f3')}\n`;
  });
  const barHead = bar === undefined ? '' : '<th data-plain aria-hidden="true">';
  return scroll(
    name,
    `<table class="live" data-name="${escapeHtml(name)}"><thead><tr>${heads}${barHead}<tbody>\n${lines.join('')}</table>`,
  );
}

/** A number with its exact value for sorting, or a text. */
export function plainCell(value: Cell, column: Column, coarse = false): string {
  if (typeof value === 'number')
    return `<td class="n" data-v="${value}">${escapeHtml(cellText(value, column, coarse))}`;
  const text = value === null ? '' : inWords(String(value), column);
  const mono = machineKeys.has(column.key) && text !== '';
  const shown = escapeHtml(cutMiddle(text, longest));
  return `<td class="${textClass(text, column.align === 'right')}">${mono ? `<code>${shown}</code>` : shown}`;
}

/** Short texts are not broken: half an address is none. */
export function textClass(text: string, right = false): string {
  if (right) return 'n';
  return text.length <= 46 ? 'k' : 't';
}

/** Columns that hold what stands in the log. */
const machineKeys: ReadonlySet<string> = new Set(['path', 'client', 'user', 'verb', 'session']);
