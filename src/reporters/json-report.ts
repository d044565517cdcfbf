/** The report as the JSON object of `--format json`, and back. */
import type { Row } from '../model.ts';
import { PlainMap, type Report, reportShape, type TableLayout } from '../report.ts';
import { byName, cell, entriesOf, listOf, ShapeError, text } from '../shapes.ts';

/** The object that `--format json` writes, in a fixed order of keys: the same report gives the same bytes. */
export function jsonReport(report: Report): Record<string, unknown> {
  const { schemaVersion, tool, sources, tally, tables, findings, rules, assumptions, suppressed, baseline } = report;
  const { extents, uncounted, diagnoses } = report;
  const sections: Record<string, unknown> = {};
  for (const [id, rows] of tables) sections[id] = id === 'overview' ? (rows[0] ?? {}) : rows;
  const reviewed = {
    ...(suppressed === undefined ? {} : { suppressed }),
    ...(baseline === undefined ? {} : { baseline }),
  };
  const bounds = { extents: Object.fromEntries(extents), uncounted };
  return {
    schemaVersion,
    tool,
    sources,
    tally,
    diagnoses,
    ...sections,
    ...bounds,
    findings,
    ...reviewed,
    rules,
    assumptions,
  };
}

const rowShape = byName(cell);
const rowsShape = listOf(rowShape);

/**
 * The report that {@link jsonReport} wrote. Keys it does not know are left out: a later version may have added them.
 * `layouts`: the tables there are, since the JSON holds their rows only. An earlier version had fewer columns.
 */
export function reportFromJson(json: unknown, layouts: readonly TableLayout[]): Report {
  const top = entriesOf(json, 'the report');
  const version = top['schemaVersion'];
  if (version === undefined) throw new ShapeError("no report of ftplog: it has no 'schemaVersion'");
  if (version !== 1)
    throw new ShapeError(`schemaVersion is ${JSON.stringify(version)}, this version of ftplog reads 1`);
  const tool = entriesOf(top['tool'], 'tool');
  if (tool['name'] !== 'ftplog') throw new ShapeError('no report of ftplog: tool.name is something else');
  const { extents, ...fixed } = reportShape.read(top, '');
  const rowsOf = (id: string): readonly Row[] => {
    const rows = top[id];
    if (rows === undefined) return [];
    return id === 'overview' ? [rowShape.read(rows, id)] : rowsShape.read(rows, id);
  };
  return {
    schemaVersion: 1,
    tool: { name: 'ftplog', version: text.read(tool['version'], 'tool.version') },
    ...fixed,
    tables: new PlainMap(layouts.map(({ id }) => [id, rowsOf(id)])),
    layouts,
    extents: new PlainMap(Object.entries(extents)),
  };
}
