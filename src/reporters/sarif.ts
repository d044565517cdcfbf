/** `sarif`: SARIF 2.1.0 (OASIS), read by code-scanning services. Within their limits; what goes beyond is counted. */
import type { RuleMeta, Severity } from '../model.ts';
import type { Report, SourceRow } from '../report.ts';
import type { DiagnosisRow } from '../rows/diagnosis-row.ts';
import type { FindingRow } from '../rows/finding-row.ts';
import { printable } from '../text.ts';
import { actorText, curesOf, cureTexts, decidingPlace, fingerprintsOf } from './diagnosis-text.ts';
import { escapeJson, escapeUri, markdownText } from './escape.ts';
import { mainPlace, subjectText } from './finding-text.ts';
import { counted } from './format.ts';
import type { Reporter } from './reporter.ts';

/** GitHub keeps the 5,000 worst results of a run and 20 tags of a rule. */
const mostResults = 5000;
const mostTags = 20;

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};

/** As GitHub sorts them: above 9 critical, from 7 high, from 4 medium, below low. */
const scores: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
  info: '0.0',
};

const precisions: Readonly<Record<RuleMeta['status'], string>> = { stable: 'high', trial: 'medium' };

/** How sure a diagnosis is, as a level; its precision, as services sort by it. */
const certaintyLevels: Readonly<Record<DiagnosisRow['certainty'], 'error' | 'warning' | 'note'>> = {
  certain: 'error',
  likely: 'warning',
  possible: 'note',
};

function render(report: Report): Iterable<string> {
  const causes = causesOf(report);
  const index = new Map([...report.rules, ...causes].map(({ id }, i) => [id, i]));
  const fingerprints = fingerprintsOf(report.diagnoses);
  const { findings, suppressed = [], baseline } = report;
  const results = [
    ...report.diagnoses.map((row) => diagnosisResult(row, index, fingerprints.get(row) ?? '')),
    ...findings.map((f) => ({
      ...result(f, index),
      ...(baseline === undefined ? {} : { baselineState: f.known === true ? 'unchanged' : 'new' }),
    })),
    ...suppressed.map((f) => ({
      ...result(f, index),
      suppressions: [{ kind: 'external', justification: printable(f.reason) }],
    })),
  ].slice(0, mostResults);
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: driver(report, causes) },
        automationDetails: { id: 'ftplog/' },
        columnKind: 'utf16CodeUnits',
        invocations: [invocation(report)],
        artifacts: report.sources.map((source) => ({
          location: { uri: uriOf(source.name) },
          roles: ['analysisTarget'],
        })),
        results,
      },
    ],
  };
  return [`${escapeJson(log, 2)}\n`];
}

/** Of each diagnosis one row, to describe it. */
function causesOf({ diagnoses }: Report): readonly DiagnosisRow[] {
  return [...new Map([...diagnoses].reverse().map((row) => [row.id, row])).values()].reverse();
}

function driver(report: Report, causes: readonly DiagnosisRow[]): object {
  const { name, version } = report.tool;
  return {
    name,
    version,
    ...(/^\d+\.\d+\.\d+/.test(version) ? { semanticVersion: version } : {}),
    rules: [...report.rules.map(descriptor), ...causes.map(diagnosisDescriptor)],
  };
}

/** A diagnosis says nothing of security: it has no score of it, and a tag of its own. */
function diagnosisDescriptor(row: DiagnosisRow): object {
  const cures = curesOf(row);
  const { settle: sure } = row;
  const text = [...cureTexts(row), ...(sure === '' ? [] : [`To be sure: ${sure}`])].map(printable).join('\n\n');
  const items = cures.map(
    ({ head, text: what, weakens }) =>
      `- ${head === '' ? '' : `**${markdownText(head)}:** `}${markdownText(what)}${weakens === '' ? '' : ` (${markdownText(weakens)})`}`,
  );
  const markdown = `${items.join('\n')}${sure === '' ? '' : `\n\n**To be sure:** ${markdownText(sure)}`}`;
  return {
    id: row.id,
    name: nameOf(row.id),
    shortDescription: { text: printable(sentence(row.title)) },
    fullDescription: { text: printable(`${sentence(row.title)} To change: ${actorText(row)}.`) },
    help: { text, markdown },
    defaultConfiguration: { level: certaintyLevels[row.certainty] },
    properties: { tags: ['ftp', 'diagnosis', row.who] },
  };
}

function diagnosisResult(row: DiagnosisRow, index: ReadonlyMap<string, number>, fingerprint: string): object {
  const ruleIndex = index.get(row.id);
  const text = printable(`${sentence(row.title)} ${row.cause} To change: ${actorText(row)}.`);
  return {
    ruleId: row.id,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: certaintyLevels[row.certainty],
    message: { text: plainMessage(text) },
    ...places(row.evidence, decidingPlace(row)),
    partialFingerprints: { primaryLocationLineHash: fingerprint, 'ftplogDiagnosis/v1': fingerprint },
    occurrenceCount: Math.max(1, row.count),
    properties: {
      kind: 'diagnosis',
      certainty: row.certainty,
      who: row.who,
      subject: shownSubject(row.subject),
      firstTime: row.firstTime,
      lastTime: row.lastTime,
    },
  };
}

/** The line to look at, and the others. */
function places(
  evidence: readonly { readonly source: string; readonly line: number; readonly role: string }[],
  main: { readonly source: string; readonly line: number } | undefined,
): object {
  const others = evidence.filter((place) => place !== main);
  return {
    locations: [location(main ?? { source: '-', line: 1 })],
    ...(others.length === 0
      ? {}
      : {
          relatedLocations: others.map((place, i) => ({
            id: i + 1,
            ...location(place),
            message: { text: `${place.role}, line ${i + 2} of the evidence` },
          })),
        }),
  };
}

function descriptor(rule: RuleMeta): object {
  const references = rule.references.length === 0 ? '' : `\n\nReferences: ${rule.references.join(', ')}`;
  const text = `${rule.why}\n\nAdvice: ${rule.advice}\n\nFalse alarms: ${rule.falseAlarms}${references}`;
  const markdown = `${rule.why}\n\n**Advice:** ${rule.advice}\n\n**False alarms:** ${rule.falseAlarms}${references}`;
  const tags = [
    'security',
    'ftp',
    rule.group,
    ...rule.cwe.map(cweTag),
    ...rule.attack.map((id) => `external/attack/${id.toLowerCase()}`),
  ];
  return {
    id: rule.id,
    name: nameOf(rule.id),
    shortDescription: { text: sentence(rule.title) },
    fullDescription: { text: sentence(rule.why) },
    help: { text, markdown },
    defaultConfiguration: { level: levels[rule.severity] },
    properties: {
      tags: [...new Set(tags)].slice(0, mostTags),
      precision: precisions[rule.status],
      'security-severity': scores[rule.severity],
    },
  };
}

function nameOf(id: string): string {
  return printable(id.replace(/(?:^|-)([a-z0-9])/g, (_, c: string) => c.toUpperCase()));
}

function cweTag(id: string): string {
  return `external/cwe/${id.toLowerCase().startsWith('cwe-') ? id.toLowerCase() : `cwe-${id}`}`;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function result(f: FindingRow, index: ReadonlyMap<string, number>): object {
  const ruleIndex = index.get(f.rule);
  const subject = subjectText(f);
  const text = printable(
    sentence(subject === '' || f.message.includes(subject) ? f.message : `${f.message} (${subject})`),
  );
  return {
    ruleId: f.rule,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: levels[f.severity],
    message: { text: plainMessage(text) },
    ...places(f.evidence, mainPlace(f)),
    partialFingerprints: { primaryLocationLineHash: f.fingerprint, 'ftplogFinding/v1': f.fingerprint },
    occurrenceCount: Math.max(1, f.count),
    properties: {
      severity: f.severity,
      'security-severity': scores[f.severity],
      subject: shownSubject(f.subject),
      firstTime: f.firstTime,
      lastTime: f.lastTime,
    },
  };
}

/** In a SARIF message `[text](target)` is a link and `{0}` a placeholder; log text must be neither. */
function plainMessage(text: string): string {
  return text
    .replace(/[[\]\\]/g, '\\$&')
    .replaceAll('{', '{{')
    .replaceAll('}', '}}');
}

function shownSubject(subject: DiagnosisRow['subject'] | FindingRow['subject']): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(subject).map(([key, value]) => [key, printable(String(value))]));
}

function location(place: { readonly source: string; readonly line: number }): object {
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(place.source) },
      region: { startLine: Math.max(1, place.line) },
    },
  };
}

function uriOf(source: string): string {
  return source === '-' ? 'stdin' : escapeUri(source);
}

function invocation(report: Report): object {
  const beyond = report.diagnoses.length + report.findings.length + (report.suppressed?.length ?? 0) - mostResults;
  const notes = [
    ...report.sources
      .filter((source) => source.error !== '')
      .map((source) => notification('error', sourceNote(source))),
    ...(beyond > 0
      ? [
          notification(
            'warning',
            `left out of this file, which holds the worst ${mostResults}: ${counted(beyond, 'result')}`,
          ),
        ]
      : []),
  ];
  return {
    executionSuccessful: report.sources.every((source) => source.error === ''),
    ...(notes.length === 0 ? {} : { toolExecutionNotifications: notes }),
  };
}

function sourceNote(source: SourceRow): string {
  return `${source.name}: ${source.error}`;
}

function notification(level: 'error' | 'warning', text: string): object {
  return { level, message: { text: plainMessage(printable(sentence(text))) } };
}

export const sarif: Reporter = {
  open: () => ({ end: render }),
};
