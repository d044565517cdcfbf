/** `sarif`: SARIF 2.1.0 (OASIS), read by code-scanning services. Within their limits; what goes beyond is counted. */
import type { RuleMeta, Severity } from '../model.ts';
import type { Report, SourceRow } from '../report.ts';
import type { FindingRow } from '../rows/finding-row.ts';
import { printable } from '../text.ts';
import { escapeJson, escapeUri } from './escape.ts';
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

function render(report: Report): Iterable<string> {
  const index = new Map(report.rules.map((rule, i) => [rule.id, i]));
  const { findings, suppressed = [], baseline } = report;
  const results = [
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
        tool: { driver: driver(report) },
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

function driver(report: Report): object {
  const { name, version } = report.tool;
  return {
    name,
    version,
    ...(/^\d+\.\d+\.\d+/.test(version) ? { semanticVersion: version } : {}),
    rules: report.rules.map(descriptor),
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
    name: rule.id.replace(/(?:^|-)([a-z0-9])/g, (_, c: string) => c.toUpperCase()),
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

function cweTag(id: string): string {
  return `external/cwe/${id.toLowerCase().startsWith('cwe-') ? id.toLowerCase() : `cwe-${id}`}`;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function result(f: FindingRow, index: ReadonlyMap<string, number>): object {
  const first = mainPlace(f);
  const others = f.evidence.filter((place) => place !== first);
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
    locations: [location(first ?? { source: '-', line: 1 })],
    ...(others.length === 0
      ? {}
      : {
          relatedLocations: others.map((place, i) => ({
            id: i + 1,
            ...location(place),
            message: { text: `${place.role}, line ${i + 2} of the evidence` },
          })),
        }),
    partialFingerprints: { primaryLocationLineHash: f.fingerprint, 'ftplogFinding/v1': f.fingerprint },
    occurrenceCount: Math.max(1, f.count),
    properties: {
      severity: f.severity,
      'security-severity': scores[f.severity],
      subject: shownSubject(f),
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

function shownSubject(f: FindingRow): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(f.subject).map(([key, value]) => [key, printable(String(value))]));
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
  const beyond = report.findings.length + (report.suppressed?.length ?? 0) - mostResults;
  const notes = [
    ...report.sources
      .filter((source) => source.error !== '')
      .map((source) => notification('error', sourceNote(source))),
    ...(beyond > 0
      ? [
          notification(
            'warning',
            `left out of this file, which holds the worst ${mostResults}: ${counted(beyond, 'finding')}`,
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
