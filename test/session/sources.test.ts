/** Every exchange is of the source in which its line stands, also where it was in doubt for a while. */
import { expect, it } from 'vitest';
import { createAnalyzer } from '../../src/analyze.ts';

it('a reply that nobody asked for keeps its source, though no command waits when that is settled', () => {
  const lines = ['S: 220 hi', 'C: USER bob', 'S: 331 pw', 'C: PASS ***', 'S: 230 ok', 'C: SYST', 'S: 215 UNIX'];
  const unasked: string[] = [];
  const analyzer = createAnalyzer({
    rules: [],
    dialect: 'cs-transcript',
    observer: { exchange: (x) => void (x.code === 257 && unasked.push(`${x.source}:${x.line} ${x.asked}`)) },
  });
  for (const name of ['first.log', 'second.log']) {
    analyzer.source({ name });
    for (const line of [...lines, 'C: NOOP', 'S: 331 name', 'S: 257 "/"']) analyzer.line(line);
  }
  analyzer.end();
  expect(unasked).toEqual(['0:10 false', '1:10 false']);
});
