/** Every dialect on its own logs: recognised, decoded line by line as expected, nothing lost, in chunks of any size. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createAnalyzer } from '../src/analyze.ts';
import { dialects } from '../src/dialects/index.ts';
import { emptyTally } from '../src/limits.ts';
import type { Event } from '../src/model.ts';
import { SourceReader } from '../src/reading/source-reader.ts';
import { wrappers } from '../src/wrappers/index.ts';
import { eventText } from './support/event-text.ts';
import { expectFile, linesOf, names } from './support/fixture.ts';

const root = 'fixtures/dialects';
const reference = Date.UTC(2026, 11, 31);

/** Events, unparsed lines and the dialects recognised in some lines. */
function decode(lines: readonly string[]): { readonly text: string; readonly recognised: readonly string[] } {
  const out: string[] = [];
  const tally = emptyTally();
  const options = { offsetAt: () => 0, year: 0, reference, layout: '', assume: () => undefined };
  const reader = new SourceReader({ dialects, wrappers, forced: undefined, options }, tally, () => ({
    emit: (e: Event) => void out.push(eventText(e)),
    end: () => undefined,
  }));
  for (const [i, line] of lines.entries()) reader.line(line, i + 1);
  reader.end();
  expect(tally.blank + tally.noise + tally.unparsed + tally.understood).toBe(tally.lines);
  const recognised = reader.recognised.filter((r) => r.lines > 0);
  const head = `# ${recognised.map((r) => [...r.wrappers, r.dialect].join(' > ')).join(', ')}: ${tally.understood} understood, ${tally.noise} noise, ${tally.unparsed} not understood`;
  return { text: `${[head, ...out].join('\n')}\n`, recognised: recognised.map((r) => r.dialect) };
}

for (const dialect of dialects) {
  describe(dialect.id, () => {
    const logs = names(`${root}/${dialect.id}`).filter((name) => !name.endsWith('.events') && name !== 'README.md');

    it('has a fixture', () => {
      expect(logs.length).toBeGreaterThan(0);
    });

    for (const log of logs) {
      it(`reads ${log}`, async () => {
        const octets = readFileSync(`${root}/${dialect.id}/${log}`);
        const { text, recognised } = decode(await linesOf(octets));
        expect(recognised[0]).toBe(dialect.id);
        expectFile(`${root}/${dialect.id}/${log}.events`, text);
        for (const size of [1, 2, 3, 7, 64]) expect(decode(await linesOf(octets, size)).text).toBe(text);
      });
    }

    it('is found by its id', () => {
      expect(() => createAnalyzer({ dialect: dialect.id })).not.toThrow();
    });
  });
}
