/** `gitlab`: a Code Quality report, shown in merge requests. */
import type { Severity } from '../model.ts';
import type { Report } from '../report.ts';
import type { DiagnosisRow } from '../rows/diagnosis-row.ts';
import type { FindingRow } from '../rows/finding-row.ts';
import { printable } from '../text.ts';
import { actorText, decidingPlace, fingerprintsOf } from './diagnosis-text.ts';
import { escapeJson } from './escape.ts';
import { mainPlace } from './finding-text.ts';
import type { Reporter } from './reporter.ts';

const levels: Readonly<Record<Severity, string>> = {
  critical: 'blocker',
  high: 'critical',
  medium: 'major',
  low: 'minor',
  info: 'info',
};

const certaintyLevels: Readonly<Record<DiagnosisRow['certainty'], string>> = {
  certain: 'major',
  likely: 'minor',
  possible: 'info',
};

function render(report: Report): Iterable<string> {
  const seen = new Map<string, number>();
  const fingerprints = fingerprintsOf(report.diagnoses);
  const issues = [
    ...report.diagnoses.map((row) => diagnosisIssue(row, fingerprints.get(row) ?? '')),
    ...report.findings.map((f) => issue(f, seen)),
  ];
  return [`${escapeJson(issues, 2)}\n`];
}

function diagnosisIssue(row: DiagnosisRow, fingerprint: string): object {
  return {
    description: printable(`${row.id}: ${row.title} (${row.certainty}). ${row.cause} To change: ${actorText(row)}.`),
    check_name: row.id,
    fingerprint,
    severity: certaintyLevels[row.certainty],
    location: locationOf(decidingPlace(row)),
  };
}

function locationOf(place: { readonly source: string; readonly line: number } | undefined): object {
  return {
    path: printable((place?.source ?? '-').replace(/^(?:\.\/)+/, '')),
    lines: { begin: Math.max(1, place?.line ?? 1) },
  };
}

/** The service merges issues of the same fingerprint: the second of its kind gets a number. */
function issue(f: FindingRow, seen: Map<string, number>): object {
  const times = (seen.get(f.fingerprint) ?? 0) + 1;
  seen.set(f.fingerprint, times);
  return {
    description: printable(`${f.rule}: ${f.message}`),
    check_name: f.rule,
    fingerprint: times === 1 ? f.fingerprint : `${f.fingerprint}-${times}`,
    severity: levels[f.severity],
    location: locationOf(mainPlace(f)),
  };
}

export const gitlab: Reporter = {
  open: () => ({ end: render }),
};
