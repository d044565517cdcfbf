/** Findings that the allow-list covers leave the findings, not the report. */
import type { AllowEntry } from '../config/config.ts';
import type { Report } from '../report.ts';
import type { FindingRow } from '../rows/finding-row.ts';

/** The report with what is covered under `suppressed`. */
export function suppress(report: Report, cover: (finding: FindingRow) => AllowEntry | undefined): Report {
  const covered = report.findings.map((finding) => ({ finding, entry: cover(finding) }));
  return {
    ...report,
    findings: covered.filter(({ entry }) => entry === undefined).map(({ finding }) => plain(finding)),
    suppressed: covered.flatMap(({ finding, entry }) =>
      entry === undefined
        ? []
        : [
            {
              ...plain(finding),
              reason: entry.reason,
              allowed: entry.place,
              expires: entry.expires === '' ? null : entry.expires,
            },
          ],
    ),
  };
}

/** Without the note that was meant for this step. */
function plain({ allowedBy: _, ...finding }: FindingRow): FindingRow {
  return finding;
}
