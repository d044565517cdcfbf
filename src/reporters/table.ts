/** `table`: the report for a terminal. */
import Table from 'cli-table3';
import type { Cell, Column, Row } from '../model.ts';
import type { Report, SourceRow, TableLayout } from '../report.ts';
import type { FindingRow } from '../rows/finding-row.ts';
import { printable } from '../text.ts';
import { byteSize, duration, grouped, percent } from './format.ts';
import type { ReportContext, Reporter } from './reporter.ts';

const borderless = {
  top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '',
  left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: '  ',
};

/** Rows of a table in the terminal; cli-table3 is quadratic (8,000 rows: 3.9 s). */
const mostRows = 1000;

interface Pen {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly severity: (name: string) => string;
}

function pen(color: boolean): Pen {
  const paint = (code: string) => (text: string): string => (color ? `\x1b[${code}m${text}\x1b[0m` : text);
  const bySeverity: Readonly<Record<string, (text: string) => string>> = {
    critical: paint('1;31'),
    high: paint('31'),
    medium: paint('33'),
    low: paint('36'),
    info: paint('2'),
  };
  return { bold: paint('1'), dim: paint('2'), severity: (name) => (bySeverity[name] ?? paint('0'))(name) };
}

function* render(report: Report, { color, width }: ReportContext): Iterable<string> {
  const p = pen(color);
  yield* readSection(report, p);
  if (report.tally.understood === 0) {
    yield report.tally.lines === 0 ? '\nNothing was read: the input is empty.\n' : '\nNo FTP was found in the input.\n';
    return;
  }
  yield* overviewSection(report, p);
  for (const layout of report.layouts) {
    const rows = report.tables.get(layout.id) ?? [];
    if (layout.columns.length > 0 && rows.length > 0) yield* tableSection(layout, rows, width, p);
  }
  yield* findingsSection(report.findings, report.sources, width, p);
}

function* readSection(report: Report, p: Pen): Iterable<string> {
  yield `${p.bold('Read')}\n`;
  for (const source of report.sources) {
    yield `  ${printable(source.name === '-' ? 'standard input' : source.name)}: ${sourceSummary(source)}\n`;
    if (source.error !== '') yield `    ${printable(source.error)}\n`;
    for (const sample of source.samples) yield p.dim(`    not understood, line ${sample.line}: ${sample.text.slice(0, 50)}\n`);
  }
  if (report.tally.clippedLines > 0) yield `  ${grouped(report.tally.clippedLines)} over-long lines were cut\n`;
  if (report.tally.evictedSessions > 0) yield `  ${grouped(report.tally.evictedSessions)} sessions were given up: too many open at once\n`;
  for (const text of report.assumptions) yield `  assumed: ${printable(text)}\n`;
}

function sourceSummary(source: SourceRow): string {
  const { lines, blank, noise, unparsed, understood } = source;
  const what = source.dialects.length === 0 ? 'no FTP format recognised' : source.dialects.map((d) => [...d.wrappers, d.id].join(' > ')).filter(distinct).join(', ');
  const parts = [`${grouped(lines)} lines`, `${grouped(understood)} understood`];
  if (noise > 0) parts.push(`${grouped(noise)} without FTP`);
  if (blank > 0) parts.push(`${grouped(blank)} blank`);
  if (unparsed > 0) parts.push(`${grouped(unparsed)} not understood`);
  return `${what}\n    ${parts.join(', ')}`;
}

function distinct(value: string, at: number, all: readonly string[]): boolean {
  return all.indexOf(value) === at;
}

function* overviewSection(report: Report, p: Pen): Iterable<string> {
  const o = report.tables.get('overview')?.[0] ?? {};
  const n = (key: string): number => Number(o[key] ?? 0);
  yield `\n${p.bold('Overview')}\n`;
  const ends = [
    [n('endedQuit'), 'QUIT'],
    [n('endedServiceClosing'), 'closed by the server'],
    [n('endedDropped'), 'dropped'],
    [n('endedEvicted'), 'given up'],
    [n('endedEndOfInput'), 'open at the end'],
  ] as const;
  const ended = ends.filter(([count]) => count > 0).map(([count, name]) => `${grouped(count)} ${name}`);
  yield `  sessions   ${grouped(n('sessions'))}${ended.length > 0 ? ` (${ended.join(', ')})` : ''}\n`;
  yield `  commands   ${grouped(n('commands'))}, replies ${grouped(n('replies'))}${n('unanswered') > 0 ? `, ${grouped(n('unanswered'))} unanswered` : ''}\n`;
  yield `  logins     ${grouped(n('loginsOk'))} ok, ${grouped(n('loginsFailed'))} failed\n`;
  yield `  transfers  ${grouped(n('downloads'))} down (${byteSize(n('bytesDown'))}), ${grouped(n('uploads'))} up (${byteSize(n('bytesUp'))})`;
  yield n('incompleteTransfers') > 0 ? `, ${grouped(n('incompleteTransfers'))} incomplete\n` : '\n';
  if (typeof o['firstTime'] === 'string') yield `  time       ${shortTime(o['firstTime'])} to ${shortTime(String(o['lastTime']))} UTC\n`;
}

function shortTime(iso: string): string {
  return iso.slice(0, 19).replace('T', ' ');
}

function* tableSection(layout: TableLayout, rows: readonly Row[], width: number, p: Pen): Iterable<string> {
  yield `\n${p.bold(layout.title)}\n`;
  const shown = rows.slice(0, mostRows);
  const columns = layout.columns.filter((c) => shown.some((row) => row[c.key] !== null && row[c.key] !== undefined));
  yield grid(
    columns.map((c) => c.title),
    columns,
    shown.map((row) => columns.map((c) => cellText(row[c.key] ?? null, c))),
    width,
    p,
  );
  if (rows.length > mostRows) yield `  … and ${grouped(rows.length - mostRows)} more rows\n`;
}

function* findingsSection(findings: readonly FindingRow[], sources: readonly SourceRow[], width: number, p: Pen): Iterable<string> {
  yield `\n${p.bold('Anomalies')}\n`;
  if (findings.length === 0) {
    yield '  none\n';
    return;
  }
  const columns: readonly Column[] = [
    { key: 'severity', title: 'Severity', align: 'left' },
    { key: 'rule', title: 'Rule', align: 'left' },
    { key: 'subject', title: 'Subject', align: 'left' },
    { key: 'count', title: 'Times', align: 'right' },
    { key: 'evidence', title: 'First seen', align: 'left' },
  ];
  const shown = findings.slice(0, mostRows);
  yield grid(
    columns.map((c) => c.title),
    columns,
    shown.map((f) => [f.severity, f.rule, subjectText(f), grouped(f.count), evidenceText(f, sources)]),
    width,
    p,
    (column, text) => (column === 0 ? text.replace(/\S+/, (name) => p.severity(name)) : text),
  );
  if (findings.length > mostRows) yield `  … and ${grouped(findings.length - mostRows)} more\n`;
}

function subjectText(f: FindingRow): string {
  const { client, user, session, network } = f.subject;
  const parts = [network, client, user === undefined ? undefined : `user ${user}`].filter((part) => part !== undefined);
  return printable(parts.length > 0 ? parts.join(', ') : session === undefined ? '' : `session ${session}`);
}

function evidenceText(f: FindingRow, sources: readonly SourceRow[]): string {
  const first = f.evidence[0];
  if (first === undefined) return '';
  const name = sources.length > 1 || first.source !== '-' ? first.source.slice(first.source.lastIndexOf('/') + 1) : '-';
  return printable(`${name}:${first.line}`);
}

function cellText(cell: Cell, column: Column): string {
  if (cell === null) return '';
  if (typeof cell !== 'number') return printable(String(cell));
  switch (column.format) {
    case 'bytes':
      return byteSize(cell);
    case 'ms':
      return duration(cell);
    case 'share':
      return percent(cell);
    case 'count':
      return grouped(cell);
    default:
      return String(cell);
  }
}

const gap = 2;
const indent = 2;
const narrowest = 8;

/** A table without lines, fitted to the width: the widest text columns give way first. */
function grid(
  head: readonly string[],
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
  p: Pen,
  paint: (column: number, text: string) => string = (_column, text) => text,
): string {
  const widths = columns.map((_, i) => Math.max(head[i]?.length ?? 0, ...rows.map((row) => row[i]?.length ?? 0)));
  let excess = indent + widths.reduce((sum, w) => sum + w, 0) + gap * (columns.length - 1) - width;
  while (excess > 0) {
    const widest = widths.reduce((best, w, i) => (columns[i]?.align === 'left' && w > (widths[best] ?? 0) ? i : best), columns.findIndex((c) => c.align === 'left'));
    const room = (widths[widest] ?? 0) - narrowest;
    if (widest < 0 || room <= 0) break;
    const next = Math.max(narrowest, ...widths.filter((w, i) => i !== widest && columns[i]?.align === 'left' && w < (widths[widest] ?? 0)));
    const cut = Math.min(excess, room, Math.max(1, (widths[widest] ?? 0) - next));
    widths[widest] = (widths[widest] ?? 0) - cut;
    excess -= cut;
  }
  const grid = new Table({
    chars: borderless,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
    colWidths: widths,
    colAligns: columns.map((c) => c.align),
    truncate: '…',
    wordWrap: false,
  });
  grid.push(head.map((text) => ({ content: text })), ...rows.map((row) => row.map((text) => ({ content: text }))));
  const lines = grid.toString().split('\n');
  return lines
    .map((line, i) => `  ${i === 0 ? p.dim(line.trimEnd()) : paint(0, line.trimEnd())}\n`)
    .join('');
}

export const table: Reporter = {
  id: 'table',
  title: 'tables for a terminal',
  extension: 'txt',
  open: (context: ReportContext) => ({ end: (report: Report): Iterable<string> => render(report, context) }),
};
