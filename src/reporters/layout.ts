/** How the tables of the report are laid out in a limited width: what is cut, and what is given up first. */
import type { Cell, Column, Row } from '../model.ts';
import type { Report } from '../report.ts';
import { printable } from '../text.ts';
import { endText, sourceName } from './finding-text.ts';
import { byteSize, duration, grouped, percent, wholeSeconds } from './format.ts';
import { cutEnd, cutMiddle, displayWidth } from './width.ts';

/** A column of the terminal with its cells as text. */
export interface TextColumn {
  readonly title: string;
  readonly align: 'left' | 'right';
  readonly cells: readonly string[];
  /** Cut in the middle: both ends of a path or an address say something. */
  readonly middle: boolean;
  /** Columns that are kept at least if it is a text. */
  readonly least: number;
  /** Higher goes earlier when there is no room; 0 stays. */
  readonly expendable: number;
}

/** Columns with a width each. */
export interface Fitted {
  readonly column: TextColumn;
  readonly width: number;
}

const gap = 2;

const middleKeys: ReadonlySet<string> = new Set(['path', 'client', 'network', 'evidence']);
const leastOf: ReadonlyMap<string, number> = new Map([
  ['client', 15],
  ['path', 30],
  ['user', 8],
  ['meaning', 16],
  ['advice', 24],
  ['rule', 30],
  ['severity', 8],
  ['subject', 15],
  ['evidence', 12],
]);

/** The columns of a table that hold anything. */
export function usedColumns(columns: readonly Column[], rows: readonly Row[]): readonly Column[] {
  return columns.filter((c) => {
    const nothing = c.rare === true ? 0 : null;
    return rows.some((row) => (row[c.key] ?? nothing) !== nothing);
  });
}

/** The columns of a table that hold anything, as text; a column without a value anywhere goes before all others. */
export function textColumns(columns: readonly Column[], rows: readonly Row[], coarse = false): readonly TextColumn[] {
  return usedColumns(columns, rows).map((c) => {
    const { expendable = 0 } = c;
    const empty = expendable > 0 && rows.every((row) => (row[c.key] ?? 0) === 0);
    return {
      title: c.title,
      align: c.align,
      cells: rows.map((row) => cellText(row[c.key] ?? null, c, coarse)),
      middle: middleKeys.has(c.key),
      least: leastOf.get(c.key) ?? 8,
      expendable: expendable + (empty ? 100 : 0),
    };
  });
}

/** Fits columns: texts are cut to their least width, then columns are given up, then texts are cut to what is left. */
export function fitColumns(columns: readonly TextColumn[], width: number): readonly Fitted[] {
  const natural = columns.map((column) => Math.max(displayWidth(column.title), ...column.cells.map(displayWidth)));
  const least = columns.map((column, i) =>
    column.align === 'left'
      ? Math.min(natural[i] ?? 0, Math.max(column.least, displayWidth(column.title)))
      : (natural[i] ?? 0),
  );
  if (sum(least) + gap * (columns.length - 1) > width) {
    const worst = columns.reduce((best, c, i) => (c.expendable > (columns[best]?.expendable ?? 0) ? i : best), 0);
    if ((columns[worst]?.expendable ?? 0) > 0)
      return fitColumns(
        columns.filter((_, i) => i !== worst),
        width,
      );
  }
  const widths = shrink(natural, least, columns, width - gap * (columns.length - 1));
  return columns.map((column, i) => ({ column, width: widths[i] ?? 0 }));
}

/** A cell cut to its column. */
export function cutCell(text: string, { column, width }: Fitted): string {
  return column.middle ? cutMiddle(text, width) : cutEnd(text, width);
}

/** The widest text column gives way until all fits; below their least width only if there is no other way. */
function shrink(
  natural: readonly number[],
  least: readonly number[],
  columns: readonly TextColumn[],
  room: number,
): readonly number[] {
  const widths = [...natural];
  for (const floor of [least, least.map(() => 3)]) {
    while (sum(widths) > room) {
      const give = widths.map((w, i) => (columns[i]?.align === 'left' ? w - (floor[i] ?? 0) : 0));
      const most = give.reduce(
        (best, n, i) => (n > 0 && (best < 0 || (widths[i] ?? 0) > (widths[best] ?? 0)) ? i : best),
        -1,
      );
      if (most < 0) break;
      widths[most] = (widths[most] ?? 0) - 1;
    }
  }
  return widths;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, n) => total + n, 0);
}

/**
 * Whether the times behind these durations are known to the second only: then 0 ms would be a claim. A report does not
 * say how finely its logs tell the time, but its first, its last and all it measured are whole seconds.
 */
export function isCoarse(report: Report, columns: readonly Column[], rows: readonly Row[]): boolean {
  const { firstTime, lastTime, firstClock, lastClock } = report.tables.get('overview')?.[0] ?? {};
  const said = [firstTime, lastTime, firstClock, lastClock].filter((time) => typeof time === 'string');
  if (said.length === 0 || !said.every((time) => /\.000Z?$/.test(time))) return false;
  const timed = columns.filter((c) => c.format === 'ms');
  return rows.every((row) => timed.every((c) => Number(row[c.key] ?? 0) % 1000 === 0));
}

/** A text of the report where people read another word for it. */
export function inWords(text: string, { key }: Column): string {
  if (key === 'end') return endText(text);
  if (key === 'first' && text.startsWith('-:')) return `${sourceName('-')}${text.slice(1)}`;
  // STOU: the server makes the name.
  return key === 'path' && text === '' ? '(not named)' : text;
}

/** A cell as people read it; `coarse`: its times are whole seconds. */
export function cellText(cell: Cell, column: Column, coarse = false): string {
  if (cell === null) return '';
  if (typeof cell !== 'number') {
    return printable(inWords(String(cell), column));
  }
  switch (column.format) {
    case 'bytes':
      return byteSize(cell);
    case 'ms':
      return coarse ? wholeSeconds(cell) : duration(cell);
    case 'share':
      return percent(cell);
    case 'count':
      return grouped(cell);
    default:
      return String(cell);
  }
}
