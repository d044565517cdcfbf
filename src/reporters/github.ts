/** `github`: workflow commands of GitHub Actions, shown as annotations. Ten a level are shown by the service; the rest is counted. */
import type { Severity } from '../model.ts';
import type { Report } from '../report.ts';
import type { FindingRow } from '../rows/finding-row.ts';
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

function* render(report: Report): Iterable<string> {
  const rules = ruleMap(report);
  for (const source of report.sources)
    if (source.error !== '') yield `::error title=ftplog::${githubMessage(`${source.name}: ${source.error}`)}\n`;
  for (const level of ['error', 'warning', 'notice'] as const) {
    const found = report.findings.filter((f) => levels[f.severity] === level && f.known !== true);
    for (const f of found.slice(0, mostPerLevel)) yield annotation(level, f, rules.get(f.rule)?.advice ?? '');
    const rest = found.slice(mostPerLevel);
    if (rest.length > 0) yield `ftplog: ${rest.length} more without annotation (${severityCounts(rest)})\n`;
  }
  yield `ftplog: findings: ${severityCounts(report.findings)}\n`;
  if (report.baseline !== undefined)
    yield `ftplog: baseline: ${report.baseline.new} new, ${report.baseline.known} known without annotation\n`;
}

function annotation(level: string, f: FindingRow, advice: string): string {
  const place = mainPlace(f);
  const where =
    place === undefined || place.source === '-' ? '' : `file=${githubProperty(place.source)},line=${place.line},`;
  const subject = subjectText(f);
  const also = otherTriggers(f, place).map((other) => `${other.source}:${other.line}`);
  const text = [
    f.message,
    subject === '' ? '' : `subject: ${subject}`,
    timesText(f.count),
    also.length === 0 ? '' : `see also ${also.join(', ')}`,
    advice,
  ]
    .filter((part) => part !== '')
    .map(githubMessage)
    .join('%0A');
  return `::${level} ${where}title=${githubProperty(`${f.severity}: ${f.rule}`)}::${text}\n`;
}

export const github: Reporter = {
  open: () => ({ end: (report: Report): Iterable<string> => render(report) }),
};
