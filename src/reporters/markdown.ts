/** `markdown`: for a pull-request comment or a job summary. Log text stands in code spans, where nothing in it works. */
import type { Column, Row } from '../model.ts';
import type { Report, TableLayout } from '../report.ts';
import type { FindingRow } from '../rows/finding-row.ts';
import { actorText, cureTexts, diagnosisTitle, mostDiagnoses, shownText } from './diagnosis-text.ts';
import { markdownCode, markdownText } from './escape.ts';
import {
  allowedText,
  baselineText,
  cutText,
  mainPlace,
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
import { cellText, isCoarse, usedColumns } from './layout.ts';
import { commandsText, loginsText, overviewOf, sessionsText, spanText, transfersText } from './overview-text.ts';
import type { Reporter } from './reporter.ts';
import { ambiguousText, countText, lacksText, nothingText } from './source-text.ts';
import { cutEnd, cutMiddle } from './width.ts';

/** A comment of a pull request may have 65,536 characters. */
const mostFindings = 50;
const mostRows = 20;
const cellWidth = 100;

function* render(report: Report): Iterable<string> {
  yield `## FTP log report\n\n**Anomalies: ${severityCounts(report.findings)}**\n\n`;
  const remarks = [baselineText(report), allowedText(report)].filter((text) => text !== '');
  if (remarks.length > 0) yield `${remarks.map(markdownText).join('; ')}\n\n`;
  yield* sourceLines(report);
  yield* diagnosisSection(report);
  const nothing = nothingText(report);
  if (nothing !== '') {
    yield `\n${nothing}\n`;
    return;
  }
  if (uncountedText(report) !== '') yield `\n${markdownText(uncountedText(report))}\n`;
  yield* overviewTable(report);
  yield* findingSection(report);
  for (const layout of report.layouts) {
    const rows = report.tables.get(layout.id) ?? [];
    if (layout.columns.length > 0 && rows.length > 0) yield* tableSection(layout, rows, report);
  }
}

function* diagnosisSection(report: Report): Iterable<string> {
  const { diagnoses } = report;
  if (diagnoses.length === 0) return;
  const names = shortNames(report);
  yield '\n### Why it failed\n\n';
  for (const row of diagnoses.slice(0, mostDiagnoses)) {
    yield `- **${markdownText(cutEnd(diagnosisTitle(row), 150))}** (${code(cutEnd(row.id, 60))}): ${markdownText(cutEnd(row.cause, 300))} To change: ${actorText(row)}. ${markdownText(shownText(row, names))}\n`;
    for (const text of cureTexts(row)) yield `  - ${markdownText(cutEnd(text, 300))}\n`;
  }
  if (diagnoses.length > mostDiagnoses) yield `\n… and ${counted(diagnoses.length - mostDiagnoses, 'more cause')}.\n`;
}

function* sourceLines(report: Report): Iterable<string> {
  for (const source of report.sources) {
    const name = code(sourceName(source.name));
    const format =
      source.dialects.length === 0
        ? 'no FTP format recognised'
        : [...new Set(source.dialects.map((d) => d.id))].map(code).join(', ');
    yield `- ${name}: ${format}, ${countText(source)}${lacksText(source) === '' ? '' : ` (${lacksText(source)})`}${source.error === '' ? '' : ` – **${markdownText(source.error)}**`}\n`;
  }
  if (report.tally.ambiguous > 0) yield `- ${ambiguousText(report.tally.ambiguous)}\n`;
  for (const text of report.assumptions) yield `- note: ${markdownText(text)}\n`;
}

function* overviewTable(report: Report): Iterable<string> {
  const o = overviewOf(report);
  yield '\n| | |\n| --- | --- |\n';
  if (spanText(o) !== '') yield `| Time | ${spanText(o)} |\n`;
  yield `| Sessions | ${sessionsText(o)} |\n`;
  yield `| Commands | ${commandsText(report)} |\n`;
  yield `| Logins | ${loginsText(o)} |\n`;
  yield `| Transfers | ${transfersText(o)} |\n`;
}

const marks: Readonly<Record<FindingRow['severity'], string>> = {
  critical: '🟥',
  high: '🟥',
  medium: '🟧',
  low: '🟦',
  info: '⬜',
};

function* findingSection(report: Report): Iterable<string> {
  yield '\n### Anomalies\n\n';
  if (report.findings.length === 0) {
    yield `None: ${counted(report.rules.length, 'rule')} looked.\n`;
    return;
  }
  const shown = report.findings.slice(0, mostFindings);
  yield '| Severity | Rule | What was seen | Subject | Times | Where |\n| --- | --- | --- | --- | ---: | --- |\n';
  const names = shortNames(report);
  for (const f of shown) {
    const main = mainPlace(f);
    const places = main === undefined ? [] : [main, ...otherTriggers(f, main)];
    const place = places.map((each) => code(placeText(each, names))).join(' ');
    yield `| ${marks[f.severity]} ${f.severity}${f.known === true ? ' (known)' : ''} | ${code(f.rule)} | ${markdownText(cutEnd(f.message, 300))} | ${code(subjectText(f))} | ${grouped(f.count)} | ${place} |\n`;
  }
  if (report.findings.length > shown.length)
    yield `\n… and ${counted(report.findings.length - shown.length, 'more finding')}.\n`;
  const rules = ruleMap(report);
  const advice = [...new Set(shown.map((f) => f.rule))]
    .map((id) => [id, rules.get(id)?.advice ?? ''] as const)
    .filter(([, text]) => text !== '');
  if (advice.length > 0)
    yield `\n**What to do**\n\n${advice.map(([id, text]) => `- ${code(id)}: ${markdownText(text)}\n`).join('')}`;
}

function* tableSection({ id, title, columns }: TableLayout, rows: readonly Row[], report: Report): Iterable<string> {
  const shown = rows.slice(0, mostRows);
  const coarse = isCoarse(report, columns, rows);
  const cut = cutText(report, id, shown.length);
  const used = usedColumns(columns, shown);
  yield `\n<details>\n<summary>${title}${cut === '' ? '' : ` (${cut})`}</summary>\n\n`;
  yield `| ${used.map((c) => c.title).join(' | ')} |\n| ${used.map((c) => (c.align === 'right' ? '---:' : '---')).join(' | ')} |\n`;
  for (const row of shown) yield `| ${used.map((c) => cell(row, c, coarse)).join(' | ')} |\n`;
  yield '\n</details>\n';
}

function cell(row: Row, column: Column, coarse: boolean): string {
  const text = cellText(row[column.key] ?? null, column, coarse);
  return column.align === 'left' && !ourWords.has(column.key) ? code(text) : markdownText(text);
}

/** Columns whose texts are ours. */
const ourWords: ReadonlySet<string> = new Set(['class', 'kind', 'meaning', 'end', 'codes']);

function code(text: string): string {
  return markdownCode(cutMiddle(text, cellWidth));
}

export const markdown: Reporter = {
  open: () => ({ end: (report: Report): Iterable<string> => render(report) }),
};
