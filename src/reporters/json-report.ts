/** The report as the JSON object of `--format json`, and back. */
import type { Report } from '../report.ts';

/** Plain JSON, in a fixed order of keys: the same report gives the same bytes. */
export function jsonReport(report: Report): Record<string, unknown> {
  const { schemaVersion, tool, sources, tally, tables, findings, rules, assumptions } = report;
  const sections: Record<string, unknown> = {};
  for (const [id, rows] of tables) sections[id] = id === 'overview' ? (rows[0] ?? {}) : rows;
  return { schemaVersion, tool, sources, tally, ...sections, findings, rules, assumptions };
}
