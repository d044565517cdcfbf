/** A former report as the state that is known: what of the new one is not in it. */
import type { Report } from '../report.ts';
import { type LoginRow, loginRow } from '../rows/login-row.ts';

/** The report with its findings marked as known or not, and what else is new against the baseline. */
export function againstBaseline(report: Report, baseline: Report, file: string): Report {
  const before = new Set(baseline.findings.map((finding) => finding.fingerprint));
  const now = new Set([...report.findings, ...(report.suppressed ?? [])].map((finding) => finding.fingerprint));
  const findings = report.findings.map((finding) => ({ ...finding, known: before.has(finding.fingerprint) }));
  const known = findings.filter((finding) => finding.known).length;
  return {
    ...report,
    findings,
    baseline: {
      file,
      known,
      new: findings.length - known,
      gone: [...before].filter((fingerprint) => !now.has(fingerprint)).length,
      newPairs: newPairs(report, baseline),
    },
  };
}

/** Users at clients that only the second report has; null where one of them could not list its pairs. */
export function newPairs(report: Report, baseline: Report): readonly LoginRow[] | null {
  const before = pairsOf(baseline);
  const now = pairsOf(report);
  if (before === undefined || now === undefined) return null;
  const known = new Set(before.map(pairKey));
  return now.filter((pair) => !known.has(pairKey(pair)));
}

function pairsOf(report: Report): readonly LoginRow[] | undefined {
  const pairs = (report.tables.get('logins') ?? []).map((row) => {
    const text = (key: string): string => (typeof row[key] === 'string' ? row[key] : '');
    const time = (key: string): number => Date.parse(text(key));
    return loginRow(text('client'), text('user'), {
      count: Number(row['count']),
      first: time('first'),
      last: time('last'),
    });
  });
  return pairs.some((pair) => pair.client === null || pair.user === null) ? undefined : pairs;
}

function pairKey({ client, user }: LoginRow): string {
  return `${client}\n${user}`;
}
