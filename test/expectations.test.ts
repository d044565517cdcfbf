/**
 * `fixtures/expectations/<case>/`: small inputs, and what must be true of the report on all of them. In an expectation are known:
 * `rows` of the NDJSON output, `json` the JSON report, `x(verb)` the exchanges, `finding(id)` the findings of a rule,
 * `sessions`, and `overview`.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { AnalyzerOptions } from '../src/analyze.ts';
import { names } from './support/fixture.ts';
import { runAll } from './support/run.ts';

const root = 'fixtures/expectations';

interface Case {
  /** The mistake that the case is one of. */
  readonly kind: string;
  /** Files of the folder, in the order they are read. */
  readonly sources: readonly string[];
  readonly options?: AnalyzerOptions;
  readonly expect: readonly { readonly what: string; readonly js: string }[];
}

type Json = Readonly<Record<string, unknown>>;

for (const name of names(root)) {
  const read = JSON.parse(readFileSync(`${root}/${name}/case.json`, 'utf8')) as Case;
  describe(`${name}: ${read.kind}`, async () => {
    const inputs = read.sources.map((source) => ({ name: source, octets: readFileSync(`${root}/${name}/${source}`) }));
    const { printed } = await runAll(inputs, { formats: ['ndjson', 'json'], options: read.options ?? {} });
    const rows = (printed.get('ndjson') ?? '')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Json);
    const known = {
      rows,
      json: JSON.parse(printed.get('json') ?? 'null') as Json,
      x: (verb: string): readonly Json[] => rows.filter((r) => r['type'] === 'exchange' && r['verb'] === verb),
      finding: (id: string): readonly Json[] => rows.filter((r) => r['type'] === 'finding' && r['rule'] === id),
      sessions: rows.filter((r) => r['type'] === 'session'),
      overview: rows.find((r) => r['type'] === 'summary')?.['overview'],
    };
    for (const { what, js } of read.expect) {
      it(what, () => {
        const holds: unknown = new Function(...Object.keys(known), `return (${js});`)(...Object.values(known));
        expect(holds, js).toBe(true);
      });
    }
  });
}
