/** The rules on labelled logs: what must be found is found, what must not be reported is not. */
import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createAnalyzer } from '../src/analyze.ts';
import { linesOf } from './support/fixture.ts';

const root = 'fixtures/detection';

interface Label {
  readonly files: Readonly<Record<string, string>>;
  readonly benign: boolean;
  readonly expected: readonly {
    readonly id: string;
    readonly subject: { readonly client?: string; readonly user?: string };
  }[];
  readonly forbidden: readonly string[];
}

type Row = ReturnType<ReturnType<typeof createAnalyzer>['report']>['findings'][number];

async function findingsOf(folder: string, files: readonly string[]): Promise<readonly Row[]> {
  const found: Row[] = [];
  for (const file of files) {
    const octets = readFileSync(`${folder}/${file}`);
    const analyzer = createAnalyzer();
    analyzer.source({ name: file, reference: Date.UTC(2026, 11, 31) });
    for (const line of await linesOf(file.endsWith('.gz') ? gunzipSync(octets) : octets)) analyzer.line(line);
    found.push(...analyzer.report(1).findings);
  }
  return found;
}

function plain(text = ''): string {
  return text.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '');
}

function hits(expected: Label['expected'][number], row: Row): boolean {
  const { subject } = expected;
  if (row.rule !== expected.id) return false;
  if (subject.client !== undefined && row.subject.client !== undefined)
    return plain(row.subject.client) === plain(subject.client);
  if (subject.user !== undefined && row.subject.user !== undefined)
    return plain(row.subject.user) === plain(subject.user);
  return true;
}

describe('labelled logs', () => {
  const cases = readdirSync(root, { withFileTypes: true })
    .filter((e) => e.isDirectory())
    .map((e) => e.name)
    .sort();
  let expected = 0;
  const missed: string[] = [];

  for (const name of cases) {
    it(name, async () => {
      const label = JSON.parse(readFileSync(`${root}/${name}/label.json`, 'utf8')) as Label;
      const rows = await findingsOf(`${root}/${name}`, Object.keys(label.files));
      expect(rows.filter((r) => label.forbidden.includes(r.rule)).map((r) => `${r.rule}: ${r.message}`)).toEqual([]);
      if (label.benign)
        expect(rows.filter((r) => r.severity !== 'info' && r.severity !== 'low').map((r) => r.rule)).toEqual([]);
      for (const e of label.expected) {
        expected++;
        if (!rows.some((r) => hits(e, r))) missed.push(`${name}: ${e.id} ${JSON.stringify(e.subject)}`);
      }
    });
  }

  it('are found, at least 98 of 100', () => {
    expect(missed.length / Math.max(1, expected), missed.join('\n')).toBeLessThanOrEqual(0.02);
  });
});
