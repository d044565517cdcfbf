/**
 * `junit`: one test case per rule, passing ones too, one per source, and one for each cause of a failure; read by Jenkins,
 * GitLab and most CI servers.
 */
import type { RuleMeta } from '../model.ts';
import type { Report, SourceRow } from '../report.ts';
import type { DiagnosisRow } from '../rows/diagnosis-row.ts';
import type { FindingRow } from '../rows/finding-row.ts';
import { byText } from '../text.ts';
import { adviceLines, diagnosisTitle } from './diagnosis-text.ts';
import { escapeXml } from './escape.ts';
import { severityCounts, sourceName, subjectText, timesText } from './finding-text.ts';
import type { Reporter } from './reporter.ts';

/** Findings spelled out per test case; the rest is counted. */
const mostFindings = 50;

interface Case {
  readonly name: string;
  readonly state: 'passed' | 'failure' | 'error';
  /** Lines of XML inside the element, escaped. */
  readonly body: readonly string[];
}

function* render(report: Report): Iterable<string> {
  const groups = [...new Set(report.rules.map((rule) => rule.group))].sort(byText);
  const suites = [
    { name: 'ftplog.input', cases: inputCases(report.sources) },
    ...(report.diagnoses.length === 0 ? [] : [{ name: 'ftplog.diagnoses', cases: diagnosisCases(report.diagnoses) }]),
    ...groups.map((group) => ({
      name: `ftplog.${group}`,
      cases: report.rules
        .filter((rule) => rule.group === group)
        .sort((a, b) => byText(a.id, b.id))
        .map((rule) => ruleCase(rule, report.findings)),
    })),
  ];
  const all = suites.flatMap((suite) => suite.cases);
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<testsuites name="ftplog" ${totals(all)}>\n`;
  for (const { name, cases } of suites) {
    yield `  <testsuite name="${escapeXml(name)}" ${totals(cases)} skipped="0">\n`;
    for (const test of cases) yield caseText(name, test);
    yield '  </testsuite>\n';
  }
  yield '</testsuites>\n';
}

function totals(cases: readonly Case[]): string {
  const count = (state: Case['state']): number => cases.filter((test) => test.state === state).length;
  return `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" time="0"`;
}

function caseText(suite: string, { name, body }: Case): string {
  const head = `    <testcase classname="${escapeXml(suite)}" name="${escapeXml(name)}" time="0"`;
  return body.length === 0 ? `${head}/>\n` : `${head}>\n${body.join('\n')}\n    </testcase>\n`;
}

function inputCases(sources: readonly SourceRow[]): readonly Case[] {
  if (sources.length === 0) return [{ name: 'input', state: 'passed', body: [] }];
  return sources.map((source): Case => {
    const name = sourceName(source.name);
    if (source.error === '') return { name, state: 'passed', body: [] };
    return { name, state: 'error', body: [`      <error message="${escapeXml(source.error)}" type="unread"/>`] };
  });
}

/** Of causes with one id the second has a number: a case is known by its name. */
function diagnosisCases(rows: readonly DiagnosisRow[]): readonly Case[] {
  const seen = new Map<string, number>();
  return rows.map((row): Case => {
    const times = (seen.get(row.id) ?? 0) + 1;
    seen.set(row.id, times);
    const places = row.evidence.map(({ source, line }) => `${source}:${line}`).join(', ');
    const text = escapeLines([...adviceLines(row), ...(places === '' ? [] : [`See ${places}`])]);
    const message = escapeXml(diagnosisTitle(row));
    return {
      name: times === 1 ? row.id : `${row.id} ${times}`,
      state: 'failure',
      body: [`      <failure message="${message}" type="${row.certainty}">${text}</failure>`],
    };
  });
}

/** Info states facts for an audit and fails nothing; nor does what stood in the baseline. */
function ruleCase(rule: RuleMeta, findings: readonly FindingRow[]): Case {
  const found = findings.filter((f) => f.rule === rule.id);
  if (found.length === 0) return { name: rule.id, state: 'passed', body: [] };
  const lines = found.slice(0, mostFindings).map(findingLine);
  if (found.length > mostFindings) lines.push(`and ${found.length - mostFindings} more`);
  const failing = found.some((f) => f.severity !== 'info' && f.known !== true);
  const text = escapeLines([
    `${rule.title}. ${rule.why}`,
    '',
    ...lines,
    '',
    `Advice: ${rule.advice}`,
    `False alarms: ${rule.falseAlarms}`,
  ]);
  if (!failing) return { name: rule.id, state: 'passed', body: [`      <system-out>${text}</system-out>`] };
  const message = escapeXml(`${rule.title}: ${severityCounts(found)}`);
  return {
    name: rule.id,
    state: 'failure',
    body: [`      <failure message="${message}" type="${escapeXml(found[0]?.severity ?? '')}">${text}</failure>`],
  };
}

function findingLine(f: FindingRow): string {
  const places = f.evidence.map((place) => `${place.source}:${place.line}`).join(', ');
  return `[${f.severity}${f.known === true ? ', known' : ''}] ${f.message} (${[subjectText(f), timesText(f.count)].filter((part) => part !== '').join(', ')})${places === '' ? '' : ` at ${places}`}`;
}

/** Line ends are ours; what the lines hold is not. */
function escapeLines(lines: readonly string[]): string {
  return lines.map(escapeXml).join('\n');
}

export const junit: Reporter = {
  open: () => ({ end: (report: Report): Iterable<string> => render(report) }),
};
