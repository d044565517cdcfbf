/** Small drawings in characters: a bar for a share, a line of bars for a course. */
import type { Row } from '../model.ts';

const eighths = [' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'] as const;
const heights = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** A bar of at most `columns`; the least share is still seen. */
export function bar(share: number, columns: number): string {
  const units = Math.max(share > 0 ? 1 : 0, Math.round(Math.min(1, share) * columns * 8));
  const rest = units % 8;
  return '█'.repeat(Math.floor(units / 8)) + (rest === 0 ? '' : eighths[rest]);
}

/** One character a value; a blank where nothing was. */
export function sparkline(values: readonly number[]): string {
  const most = Math.max(...values, 1);
  return values.map((n) => (n === 0 ? ' ' : (heights[Math.min(7, Math.floor((n / most) * 8))] ?? '█'))).join('');
}

/** Values of a timeline (steps without anything are left out of it) as at most `columns` sums of equal length. */
export function course(rows: readonly Row[], key: string, columns: number): readonly number[] {
  const seconds = Number(rows[0]?.['seconds'] ?? 1);
  const numbers = rows.map((row) => Math.round(Date.parse(String(row['time'])) / 1000 / seconds));
  const first = numbers[0] ?? 0;
  const steps = (numbers.at(-1) ?? 0) - first + 1;
  const sums = new Array<number>(Math.min(columns, steps)).fill(0);
  rows.forEach((row, i) => {
    const at = Math.floor((((numbers[i] ?? 0) - first) * sums.length) / steps);
    sums[at] = (sums[at] ?? 0) + Number(row[key] ?? 0);
  });
  return sums;
}
