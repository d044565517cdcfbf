/** A report that was saved is the report: every format that needs no rows is the same from it. */
import { describe, expect, test } from 'vitest';
import { reporters } from '../../src/reporters/index.ts';
import { jsonReport, reportFromJson } from '../../src/reporters/json-report.ts';
import type { RowKind } from '../../src/reporters/reporter.ts';
import { analysed, contextOf, rendered, sampleLines } from './support/sample.ts';

const { report, sources } = analysed(sampleLines());
const saved = JSON.stringify(jsonReport(report));
const rows: ReadonlySet<RowKind> = new Set(['diagnosis', 'finding', 'summary']);

test.each(reporters.map((r) => r.id))('%s is the same from a saved report', async (format) => {
  const again = reportFromJson(JSON.parse(saved), report.layouts);
  expect(await rendered(format, again, contextOf(sources, { rows }))).toBe(
    await rendered(format, report, contextOf(sources, { rows })),
  );
});

test('keys of a later version are left out', () => {
  const later = { ...(JSON.parse(saved) as object), weather: 'fine' };
  expect(jsonReport(reportFromJson(later, report.layouts))).toEqual(jsonReport(report));
});

type Edit = (json: Record<string, unknown>) => unknown;

describe('what is no report is refused with a reason', () => {
  const cases: readonly (readonly [string, Edit, string])[] = [
    ['a list', () => [], 'the report is [], an object is wanted'],
    ['another JSON', () => ({ a: 1 }), "no report of ftplog: it has no 'schemaVersion'"],
    ['a later version', (r) => ({ ...r, schemaVersion: 2 }), 'schemaVersion is 2, this version of ftplog reads 1'],
    [
      'another tool',
      (r) => ({ ...r, tool: { name: 'x', version: '1' } }),
      'no report of ftplog: tool.name is something else',
    ],
    ['no findings', (r) => ({ ...r, findings: undefined }), 'findings is missing, a list is wanted'],
    [
      'a severity',
      (r) => ({ ...r, findings: [{ ...(r['findings'] as object[])[0], severity: 'huge' }] }),
      'findings[0].severity is "huge", one of info, low, medium, high, critical is wanted',
    ],
    ['a cell', (r) => ({ ...r, clients: [{ client: {} }] }), 'clients[0].client is {}, a plain value is wanted'],
    [
      'a count',
      (r) => ({ ...r, tally: { ...(r['tally'] as object), lines: -1 } }),
      'tally.lines is -1, a number is wanted',
    ],
  ];
  test.each(cases)('%s', (_, edit, reason) => {
    expect(() => reportFromJson(edit(JSON.parse(saved) as Record<string, unknown>), report.layouts)).toThrow(reason);
  });
});
