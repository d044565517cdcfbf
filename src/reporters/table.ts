/** `table`: the report for a terminal. It fits the width it is told. */
import Table from 'cli-table3';
import type { Column, Row, RuleMeta } from '../model.ts';
import type { Report, TableLayout } from '../report.ts';
import type { FindingRow } from '../rows/finding-row.ts';
import { printable } from '../text.ts';
import { whySection } from './diagnosis-text.ts';
import {
  allowedText,
  baselineText,
  cutText,
  otherTriggers,
  placeText,
  ruleMap,
  severityCounts,
  shortNames,
  sourceName,
  subjectText,
  uncountedText,
} from './finding-text.ts';
import { counted, grouped } from './format.ts';
import { cutCell, type Fitted, fitColumns, isCoarse, type TextColumn, textColumns } from './layout.ts';
import { commandsText, loginsText, overviewOf, sessionsText, spanText, transfersText } from './overview-text.ts';
import { type Pen, penOf } from './pen.ts';
import type { ReportContext, Reporter } from './reporter.ts';
import { ambiguousText, countText, formatText, lacksText, nothingText } from './source-text.ts';
import { bar, course, sparkline } from './spark.ts';
import { cutEnd, cutMiddle, wrap } from './width.ts';

const borderless = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

/** Rows of a table in the terminal; cli-table3 is quadratic. */
const mostRows = 1000;
/** Rows that one cell of cli-table3 holds as lines: the making of a cell takes longer than the drawing of its lines. */
const rowsPerCell = 8;
/**
 * What marks a text that cli-table3 cuts: none is, all fit. But for a debug message it cuts each text to ten columns at each
 * line it draws, one of several lines character by character, and is done at once where the mark alone is as wide.
 */
const noCut = '…'.repeat(10);
/** Findings shown of one rule; the worst come first. */
const mostPerRule = 5;
/** Findings shown in all. */
const mostFindings = 60;
const indent = '  ';

function* render(report: Report, { color, width }: ReportContext): Iterable<string> {
  const p = penOf(color);
  yield* readSection(report, width, p);
  if (report.diagnoses.length > 0) yield '\n';
  yield* whySection(report, width, p);
  const nothing = nothingText(report);
  if (nothing !== '') {
    yield `\n${wrap(nothing, width, 3).join('\n')}\n`;
    return;
  }
  yield* overviewSection(report, width, p);
  for (const layout of report.layouts) {
    const rows = report.tables.get(layout.id) ?? [];
    if (layout.columns.length > 0 && rows.length > 0) yield* tableSection(layout, rows, report, width, p);
  }
  if (report.layouts.some(({ id }) => cutText(report, id, shownRows(report, id)) !== ''))
    yield p.dim(
      `\n${indent}${wrap('Some tables are cut: --top N shows more rows of each, --top 0 all.', width - 2, 3).join(`\n${indent}`)}\n`,
    );
  yield* findingsSection(report, width, p);
}

function* readSection(report: Report, width: number, p: Pen): Iterable<string> {
  yield `${p.bold('Read')}\n`;
  const line = (depth: number, text: string): string =>
    `${' '.repeat(depth)}${wrap(text, width - depth, 3).join(`\n${' '.repeat(depth)}`)}\n`;
  for (const source of report.sources) {
    const name = printable(sourceName(source.name));
    yield `${indent}${p.bold(cutMiddle(name, width - indent.length))}\n`;
    if (source.lines > 0 || source.error === '') {
      yield line(4, formatText(source));
      yield line(4, countText(source));
      if (lacksText(source) !== '') yield line(4, lacksText(source));
    }
    if (source.error !== '') yield p.severity('high')(line(4, printable(source.error)));
    for (const sample of source.samples)
      yield p.dim(line(4, cutEnd(`not understood, line ${sample.line}: ${printable(sample.text)}`, width - 4)));
  }
  const { ambiguous, clippedLines, droppedCommands, evictedSessions } = report.tally;
  if (ambiguous > 0) yield line(2, ambiguousText(ambiguous));
  if (uncountedText(report) !== '') yield line(2, uncountedText(report));
  if (clippedLines > 0) yield `${indent}cut, over-long: ${counted(clippedLines, 'line')}\n`;
  if (droppedCommands > 0)
    yield `${indent}given up, too many waited for a reply: ${counted(droppedCommands, 'command')}\n`;
  if (evictedSessions > 0) yield `${indent}given up, too many open at once: ${counted(evictedSessions, 'session')}\n`;
  for (const text of report.assumptions) yield line(2, `note: ${printable(text)}`);
}

function* overviewSection(report: Report, width: number, p: Pen): Iterable<string> {
  const o = overviewOf(report);
  const line = (name: string, text: string): string =>
    `${indent}${p.dim(name.padEnd(11))}${wrap(text, width - 13, 3).join(`\n${' '.repeat(13)}`)}\n`;
  yield `\n${p.bold('Overview')}\n`;
  if (spanText(o) !== '') yield line('time', spanText(o));
  yield line('sessions', sessionsText(o));
  yield line('commands', commandsText(report));
  yield line('logins', loginsText(o));
  yield line('transfers', transfersText(o));
  const times = report.tables.get('timeline') ?? [];
  const columns = Math.min(60, width - 14);
  if (times.length >= 3 && times.some((row) => Number(row['commands'] ?? 0) > 0)) {
    yield `${indent}${p.dim('activity'.padEnd(11))}${p.accent(sparkline(course(times, 'commands', columns)).trimEnd())}\n`;
    if (times.some((row) => Number(row['failures'] ?? 0) > 0))
      yield `${indent}${p.dim('failures'.padEnd(11))}${p.severity('high')(sparkline(course(times, 'failures', columns)).trimEnd())}\n`;
  }
  yield line(
    'anomalies',
    [severityCounts(report.findings), printable(baselineText(report))].filter((part) => part !== '').join('; '),
  );
}

const shareBars = 16;

function* tableSection(
  { id, title, columns }: TableLayout,
  rows: readonly Row[],
  report: Report,
  width: number,
  p: Pen,
): Iterable<string> {
  const cut = cutText(report, id, shownRows(report, id));
  yield `\n${p.bold(title)}${cut === '' ? '' : p.dim(`  ${cut}`)}\n`;
  const coarse = isCoarse(report, columns, rows);
  const shown = rows.slice(0, mostRows);
  const text: TextColumn[] = [
    ...textColumns(
      columns.filter((c) => c.key !== 'advice'),
      shown,
      coarse,
    ),
  ];
  const share = text.findIndex((c) => c.title === 'Share');
  const cells = shown.map((row) => bar(Number(row['share'] ?? 0), shareBars));
  if (share >= 0)
    text.splice(share + 1, 0, { title: '', align: 'left', cells, middle: false, least: 1, expendable: 50 });
  const said = new Set<string>();
  for (const [i, line] of [...grid(text, width, p)].entries()) {
    yield line;
    const advice = i === 0 ? '' : String(shown[i - 1]?.['advice'] ?? '');
    if (advice === '' || said.has(advice)) continue;
    said.add(advice);
    yield p.dim(block('→ ', advice, width));
  }
}

function shownRows(report: Report, id: string): number {
  const { columns = [] } = report.layouts.find((layout) => layout.id === id) ?? {};
  const rows = report.tables.get(id)?.length ?? 0;
  return columns.length === 0 ? Number.POSITIVE_INFINITY : Math.min(rows, mostRows);
}

/** A remark below a row. What a log can make long is cut to two lines; what is ours stands whole. */
function block(mark: string, text: string, width: number): string {
  const depth = 4 + mark.length;
  return `${' '.repeat(4)}${mark}${wrap(printable(text), width - depth, mark === '' ? 2 : ourLines).join(`\n${' '.repeat(depth)}`)}\n`;
}

/** More than any of our own remarks takes. */
const ourLines = 12;

const findingColumns: readonly Column[] = [
  { key: 'severity', title: 'Severity', align: 'left' },
  { key: 'rule', title: 'Rule', align: 'left' },
  { key: 'subject', title: 'Subject', align: 'left' },
  { key: 'count', title: 'Times', align: 'right', format: 'count' },
  { key: 'evidence', title: 'First seen', align: 'left' },
];

/** Findings by severity, then rule: each with what was seen, each rule with one line of advice. */
function* findingsSection(report: Report, width: number, p: Pen): Iterable<string> {
  const { findings } = report;
  yield `\n${p.bold('Anomalies')}\n`;
  if (findings.length === 0) {
    yield `${indent}none${report.rules.length === 0 ? '' : ` (${counted(report.rules.length, 'rule')} looked)`}\n`;
    yield* allowedLine(report, p);
    return;
  }
  const shown = firstOfEachRule(findings);
  const names = shortNames(report);
  const rows = shown.map(
    (f): Row => ({
      severity: f.severity,
      rule: f.rule,
      subject: subjectText(f),
      count: f.count,
      evidence: f.evidence[0] === undefined ? null : placeText(f.evidence[0], names),
    }),
  );
  const lines = [
    ...grid(textColumns(findingColumns, rows), width, p, (line) =>
      line.replace(/\S+/, (name) => p.severity(name)(name)),
    ),
  ];
  const rules = ruleMap(report);
  yield lines[0] ?? '';
  for (const [i, f] of shown.entries()) {
    yield lines[i + 1] ?? '';
    yield p.dim(block('', f.known === true ? `known: ${f.message}` : f.message, width));
    const also = otherTriggers(f, f.evidence[0]).map((place) => placeText(place, names));
    if (also.length > 0) yield p.dim(block('', `see ${also.join(', ')}`, width));
    const next = shown[i + 1];
    if (next?.rule === f.rule && next.severity === f.severity) continue;
    const hidden =
      findings.filter((other) => other.rule === f.rule && other.severity === f.severity).length -
      shown.filter((other) => other.rule === f.rule && other.severity === f.severity).length;
    if (hidden > 0) yield p.dim(`    and ${grouped(hidden)} more of this rule\n`);
    yield* adviceOf(rules.get(f.rule), width, p);
  }
  const beyond = [...new Set(findings.map((f) => f.rule))].filter((rule) => !shown.some((f) => f.rule === rule));
  if (beyond.length > 0)
    yield p.dim(`${indent}and findings of ${counted(beyond.length, 'more rule')}: --format json has all of them\n`);
  yield* allowedLine(report, p);
}

function* allowedLine(report: Report, p: Pen): Iterable<string> {
  const text = allowedText(report);
  if (text !== '') yield p.dim(`${indent}${text}\n`);
}

function* adviceOf(rule: RuleMeta | undefined, width: number, p: Pen): Iterable<string> {
  if (rule !== undefined && rule.advice !== '') yield p.accent(block('→ ', firstSentence(rule.advice), width));
}

/** The page of `ftplog explain RULE` has the rest. */
function firstSentence(text: string): string {
  return /^.*?[.!](?= |$)/s.exec(text)?.[0] ?? text;
}

function firstOfEachRule(findings: readonly FindingRow[]): readonly FindingRow[] {
  const seen = new Map<string, number>();
  return findings
    .filter((f) => {
      const key = `${f.rule} ${f.severity}`;
      seen.set(key, (seen.get(key) ?? 0) + 1);
      return (seen.get(key) ?? 0) <= mostPerRule;
    })
    .slice(0, mostFindings);
}

/** A table without lines: the head, then a line for each row. */
function* grid(
  columns: readonly TextColumn[],
  width: number,
  p: Pen,
  paint: (line: string) => string = (line) => line,
): Iterable<string> {
  const fitted: readonly Fitted[] = fitColumns(columns, width - indent.length);
  const grid = new Table({
    chars: borderless,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
    colWidths: fitted.map((f) => f.width),
    colAligns: fitted.map((f) => f.column.align),
    truncate: noCut,
    wordWrap: false,
  });
  const rows = columns[0]?.cells.length ?? 0;
  grid.push(fitted.map((f) => ({ content: cutCell(f.column.title, f) })));
  for (let i = 0; i < rows; i += rowsPerCell) {
    const content = (f: Fitted): string =>
      f.column.cells
        .slice(i, i + rowsPerCell)
        .map((cell) => cutCell(cell, f))
        .join('\n');
    grid.push(fitted.map((f) => ({ content: content(f) })));
  }
  for (const [i, line] of grid.toString().split('\n').entries()) {
    const text = line.trimEnd();
    yield `${indent}${i === 0 ? p.dim(text) : paint(text)}\n`;
  }
}

export const table: Reporter = {
  open: (context: ReportContext) => ({ end: (report: Report): Iterable<string> => render(report, context) }),
};
