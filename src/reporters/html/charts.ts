/** Charts as plain SVG and tables: readable without script, by a screen reader, and on paper. */
import type { Cell, Row } from '../../model.ts';
import { escapeHtml } from '../escape.ts';
import { duration, grouped, percent, shortTime } from '../format.ts';
import { barCell, scroll } from './markup.ts';

/** Commands and failures, sessions and refused logins over time. */
export function timelineChart(rows: readonly Row[]): string {
  const seconds = Number(rows[0]?.['seconds'] ?? 1);
  const start = Date.parse(String(rows[0]?.['time'] ?? ''));
  if (Number.isNaN(start)) return '';
  const steps = Math.round((Date.parse(String(rows.at(-1)?.['time'])) - start) / 1000 / seconds) + 1;
  const at = (row: Row): number => Math.round((Date.parse(String(row['time'])) - start) / 1000 / seconds);
  const labels = [0, 1, 2, 3, 4]
    .map((i) => `<span>${axisLabel(start + ((steps * i) / 4) * seconds * 1000, steps * seconds)}</span>`)
    .join('');
  const per = `per ${stepText(seconds)}`;
  const charts = [
    panel(rows, at, steps, {
      lower: 'failures',
      upper: 'commands',
      names: ['failed', 'commands'],
      title: `Commands ${per}`,
      low: false,
    }),
    panel(rows, at, steps, {
      lower: 'failedLogins',
      upper: 'sessions',
      names: ['refused logins', 'sessions opened'],
      title: `Sessions opened ${per}`,
      low: true,
    }),
  ];
  return `<div data-start="${start}" data-step="${seconds}" data-steps="${steps}">\n${charts.join('')}<div class="axis" aria-hidden="true">${labels}</div>\n<p class="small soft">Times are UTC.</p>\n</div>\n`;
}

interface Panel {
  readonly lower: string;
  readonly upper: string;
  readonly names: readonly [string, string];
  readonly title: string;
  readonly low: boolean;
}

function panel(
  rows: readonly Row[],
  at: (row: Row) => number,
  steps: number,
  { lower, upper, names, title, low }: Panel,
): string {
  if (rows.every((row) => row[upper] === null && row[lower] === null)) return '';
  const value = (row: Row, key: string): number => Number(row[key] ?? 0);
  const most = Math.max(1, ...rows.map((row) => Math.max(value(row, upper), value(row, lower))));
  const bars = rows
    .filter((row) => value(row, upper) > 0 || value(row, lower) > 0)
    .map((row) => {
      const high = scaled(value(row, upper), most);
      const bad = scaled(value(row, lower), most);
      const x = at(row);
      const words = `${shortTime(String(row['time']))} ${figure(row[upper])} ${names[1]}, ${figure(row[lower])} ${names[0]}`;
      return `<g><title>${words}</title>${high > 0 ? `<rect class="f3" x="${x}" y="${100 - high}" width=".9" height="${high}"/>` : ''}${bad > 0 ? `<rect class="f5" x="${x}" y="${100 - bad}" width=".9" height="${bad}"/>` : ''}</g>\n`;
    });
  const label = `${title}: at most ${grouped(most)}`;
  const head = `<div class="head"><span>${escapeHtml(title)}<span class="key f3"></span>${names[1]}<span class="key f5"></span>${names[0]}</span><span>max ${grouped(most)}</span></div>`;
  return `<div class="chart${low ? ' low-chart' : ''}">${head}<svg viewBox="0 0 ${steps} 100" preserveAspectRatio="none" role="img" aria-label="${escapeHtml(label)}">\n${bars.join('')}</svg></div>\n`;
}

/** A number, or that the log does not tell it. */
function figure(cell: Cell | undefined): string {
  return cell === null || cell === undefined ? '–' : grouped(Number(cell));
}

function scaled(n: number, most: number): number {
  return n === 0 ? 0 : Math.max(1.5, Math.round((n / most) * 970) / 10);
}

function axisLabel(time: number, span: number): string {
  const iso = new Date(time).toISOString().replace('T', ' ');
  if (span > 172_800) return iso.slice(5, 16);
  return span < 300 ? iso.slice(11, 19) : iso.slice(11, 16);
}

function stepText(seconds: number): string {
  if (seconds < 60) return seconds === 1 ? 'second' : `${seconds} seconds`;
  if (seconds < 3600) return seconds === 60 ? 'minute' : `${seconds / 60} minutes`;
  if (seconds < 86_400) return seconds === 3600 ? 'hour' : `${seconds / 3600} hours`;
  return seconds === 86_400 ? 'day' : `${seconds / 86_400} days`;
}

/** The timeline as a table. */
export function timelineTable(rows: readonly Row[]): string {
  const columns = ['commands', 'failures', 'sessions', 'failedLogins'] as const;
  const heads = ['Time (UTC)', 'Commands', 'Failed', 'Sessions', 'Refused logins'];
  const lines = rows.map(
    (row) =>
      `<tr><td>${escapeHtml(shortTime(String(row['time'])))}${columns.map((key) => `<td class="n">${figure(row[key])}`).join('')}\n`,
  );
  const table = `<table><thead><tr>${heads.map((text, i) => `<th scope="col"${i > 0 ? ' class="n"' : ''}>${text}`).join('')}<tbody>\n${lines.join('')}</table>`;
  return `<details><summary>The timeline as a table</summary>\n${scroll('Timeline', table)}</details>\n`;
}

const classDigits: ReadonlyMap<string, number> = new Map([
  ['preliminary', 1],
  ['completion', 2],
  ['intermediate', 3],
  ['transient-negative', 4],
  ['permanent-negative', 5],
  ['protected', 6],
]);

/** The colour of a reply class. */
export function classFill(row: Row): string {
  return `f${classDigits.get(String(row['class'])) ?? 0}`;
}

/** Shares of the reply classes in one bar. */
export function classStack(rows: readonly Row[]): string {
  let x = 0;
  const parts = rows.map((row) => {
    const width = Number(row['share'] ?? 0) * 100;
    const text = `<g><title>${escapeHtml(String(row['class']))}: ${percent(Number(row['share'] ?? 0))}</title><rect class="${classFill(row)}" x="${x.toFixed(2)}" width="${Math.max(0.2, width).toFixed(2)}" height="10"/></g>`;
    x += width;
    return text;
  });
  const label = rows.map((row) => `${String(row['class'])} ${percent(Number(row['share'] ?? 0))}`).join(', ');
  return `<svg class="stack" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="${escapeHtml(label)}">${parts.join('')}</svg>\n`;
}

const heatVerbs = 24;
const heatCodes = 30;

/** Which code answered which command: the darker the more often, coloured by class. */
export function heatMap(rows: readonly Row[]): string {
  const verbs = [...new Set(rows.map((row) => String(row['verb'])))].slice(0, heatVerbs);
  const inVerbs = rows.filter((row) => verbs.includes(String(row['verb'])));
  const totals = new Map<number, number>();
  for (const row of inVerbs)
    totals.set(Number(row['code'] ?? 0), (totals.get(Number(row['code'] ?? 0)) ?? 0) + Number(row['count']));
  const codes = [...totals]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, heatCodes)
    .map(([code]) => code)
    .sort((a, b) => (a === 0 ? 1000 : a) - (b === 0 ? 1000 : b));
  const counts = new Map(
    inVerbs.map((row) => [`${String(row['verb'])} ${Number(row['code'] ?? 0)}`, Number(row['count'])]),
  );
  const most = Math.max(1, ...counts.values());
  const heads = codes.map((code) => `<th scope="col">${code === 0 ? 'none' : code}`).join('');
  const lines = verbs.map(
    (verb) =>
      `<tr><th scope="row"><code>${escapeHtml(verb)}</code>${codes.map((code) => heatCell(counts.get(`${verb} ${code}`) ?? 0, code, most)).join('')}\n`,
  );
  const table = `<table class="heat"><caption>Final replies by command; “none”: unanswered</caption><thead><tr><th scope="col">Command${heads}<tbody>\n${lines.join('')}</table>`;
  const missing = new Set(rows.map((row) => String(row['verb']))).size - verbs.length;
  return `${scroll('Codes by command', table)}${missing > 0 ? `<p class="small soft">${missing === 1 ? '1 rarer command is' : `${grouped(missing)} rarer commands are`} left out.</p>\n` : ''}`;
}

function heatCell(count: number, code: number, most: number): string {
  if (count === 0) return '<td class="z">0';
  const level = 1 + Math.min(4, Math.floor((Math.log(count) / Math.log(most + 1)) * 5));
  return `<td class="h${Math.floor(code / 100)} l${level}">${grouped(count)}`;
}

/** How long replies took. */
export function latencyChart(rows: readonly Row[]): string {
  const total = rows.reduce((sum, row) => sum + Number(row['count']), 0);
  const most = Math.max(1, ...rows.map((row) => Number(row['count'])));
  const first = rows.findIndex((row) => row['count'] !== 0);
  const lines = rows.slice(first).map((row, i, shown) => {
    if (row['count'] === 0) return shown[i - 1]?.['count'] === 0 ? '' : emptyLine(shown, i);
    const [from, to, count] = [Number(row['fromMs']), row['toMs'], Number(row['count'])];
    const words = rangeText(from, to);
    return `<tr><td class="mono">${words}<td class="n">${grouped(count)}<td class="n">${percent(total === 0 ? 0 : count / total)}${barCell(count / most, 'f3')}\n`;
  });
  const table = `<table><thead><tr><th scope="col">From command to final reply<th scope="col" class="n">Commands<th scope="col" class="n">Share<th aria-hidden="true"><tbody>\n${lines.join('')}</table>`;
  return scroll('Latency', table);
}

/** One line for a run of buckets that hold nothing. */
function emptyLine(rows: readonly Row[], at: number): string {
  const next = rows.findIndex((row, i) => i > at && row['count'] !== 0);
  const to = rows[(next < 0 ? rows.length : next) - 1]?.['toMs'];
  return `<tr class="soft"><td class="mono">${rangeText(Number(rows[at]?.['fromMs']), to)}<td class="n">0<td class="n">${percent(0)}<td>\n`;
}

function rangeText(from: number, to: Cell | undefined): string {
  if (to === null || to === undefined) return `${duration(from)} and more`;
  return from === Number(to) ? duration(from) : `${duration(from)} – ${duration(Number(to))}`;
}
