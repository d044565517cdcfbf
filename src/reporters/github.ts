/** `github`: workflow commands of GitHub Actions, shown as annotations. Ten a level are shown by the service; the rest is counted. */
import type { Severity } from '../model.ts';
import type { Report } from '../report.ts';
import type { DiagnosisRow } from '../rows/diagnosis-row.ts';
import type { FindingRow } from '../rows/finding-row.ts';
import { adviceLines, certaintyCounts, decidingPlace } from './diagnosis-text.ts';
import { githubMessage, githubProperty } from './escape.ts';
import { mainPlace, otherTriggers, ruleMap, severityCounts, subjectText, timesText } from './finding-text.ts';
import type { Reporter } from './reporter.ts';

const mostPerLevel = 10;

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'notice'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'notice',
  info: 'notice',
};

const certaintyLevels: Readonly<Record<DiagnosisRow['certainty'], 'error' | 'warning' | 'notice'>> = {
  certain: 'error',
  likely: 'warning',
  possible: 'notice',
};

function* render(report: Report): Iterable<string> {
  const rules = ruleMap(report);
  for (const source of report.sources)
    if (source.error !== '') yield `::error title=ftplog::${githubMessage(`${source.name}: ${source.error}`)}\n`;
  for (const level of ['error', 'warning', 'notice'] as const) {
    const causes = report.diagnoses.filter((row) => certaintyLevels[row.certainty] === level);
    for (const row of causes.slice(0, mostPerLevel)) yield diagnosisAnnotation(level, row);
    const room = Math.max(0, mostPerLevel - causes.length);
    const found = report.findings.filter((f) => levels[f.severity] === level && f.known !== true);
    for (const f of found.slice(0, room)) yield annotation(level, f, rules.get(f.rule)?.advice ?? '');
    const [left, rest] = [causes.slice(mostPerLevel), found.slice(room)];
    if (left.length > 0) yield `ftplog: ${left.length} more causes without annotation (${certaintyCounts(left)})\n`;
    if (rest.length > 0) yield `ftplog: ${rest.length} more without annotation (${severityCounts(rest)})\n`;
  }
  if (report.diagnoses.length > 0) yield `ftplog: why it failed: ${certaintyCounts(report.diagnoses)}\n`;
  yield `ftplog: findings: ${severityCounts(report.findings)}\n`;
  if (report.baseline !== undefined)
    yield `ftplog: baseline: ${report.baseline.new} new, ${report.baseline.known} known without annotation\n`;
}

function diagnosisAnnotation(level: string, row: DiagnosisRow): string {
  const place = decidingPlace(row);
  const also = row.evidence.filter((other) => other !== place).map((other) => `${other.source}:${other.line}`);
  const text = [row.title, ...adviceLines(row), also.length === 0 ? '' : `see also ${also.join(', ')}`];
  return command(level, place, `${row.certainty}: ${row.id}`, text);
}

/** A line of the log is where the annotation stands; standard input has none. */
function command(
  level: string,
  place: { readonly source: string; readonly line: number } | undefined,
  title: string,
  text: readonly string[],
): string {
  const where =
    place === undefined || place.source === '-' ? '' : `file=${githubProperty(place.source)},line=${place.line},`;
  const message = text
    .filter((part) => part !== '')
    .map(githubMessage)
    .join('%0A');
  return `::${level} ${where}title=${githubProperty(title)}::${message}\n`;
}

function annotation(level: string, f: FindingRow, advice: string): string {
  const place = mainPlace(f);
  const subject = subjectText(f);
  const also = otherTriggers(f, place).map((other) => `${other.source}:${other.line}`);
  return command(level, place, `${f.severity}: ${f.rule}`, [
    f.message,
    subject === '' ? '' : `subject: ${subject}`,
    timesText(f.count),
    also.length === 0 ? '' : `see also ${also.join(', ')}`,
    advice,
  ]);
}

export const github: Reporter = {
  open: () => ({ end: (report: Report): Iterable<string> => render(report) }),
};
