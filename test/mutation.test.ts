/** Some thousand mutated lines; `npm run mutate` tries a million. */
import { describe, expect, it } from 'vitest';
import { echoes, faultsOf, mutated, places } from './support/mutation.ts';

describe('a log changed at random', () => {
  it.each([1, 2, 3, 4, 5, 6])('is counted and keeps its secrets: seed %i', async (seed) => {
    expect(await faultsOf(mutated(seed, 500))).toEqual([]);
  });

  it('is the same for the same seed', () => {
    expect(mutated(7, 300)).toEqual(mutated(7, 300));
    expect(mutated(7, 300).canaries.length).toBeGreaterThan(3);
  });
});

const canary = 'Zq7canary9x';
const wrappers: readonly ((line: string) => string)[] = [
  (line) => line,
  (line) => `Oct  1 10:00:00 host ftpd[123]: ${line}`,
  (line) => `<30>1 2026-10-01T10:00:00Z host ftpd 123 - - ${line}`,
  (line) => JSON.stringify({ log: `${line}\n`, stream: 'stdout', time: '2026-10-01T10:00:00Z' }),
  (line) => `2026-10-01T10:00:00.000000000Z stdout F ${line}`,
  (line) => JSON.stringify({ MESSAGE: line, SYSLOG_IDENTIFIER: 'ftpd', __REALTIME_TIMESTAMP: '1790000000000000' }),
  (line) => `a.log:12:${line}`,
  (line) => `\u001b[32m${line}\u001b[0m`,
];

describe('a secret in every place of every wrapper', () => {
  it.each(wrappers.map((wrap) => [wrap('…'), wrap] as const))('%j', async (_, wrap) => {
    const around = ['220 Ready', 'USER bob', '331 Password required', 'PASS x1', '230 In', 'QUIT', '221 Bye'];
    const planted = places.map((place) => place.replaceAll(/@(?!ftp\.)/g, canary));
    for (const line of planted)
      expect(await faultsOf({ text: `${[line, ...around].map(wrap).join('\n')}\n`, canaries: [canary] }), line).toEqual(
        [],
      );
    for (const lines of echoes) {
      // Behind colours a bare word is no answer to anything: nobody could tell it from a command.
      if (lines.includes('@') && wrap('').startsWith('\u001b')) continue;
      const text = `${lines.map((l) => wrap(l.replaceAll(/@(?!ftp\.)/g, canary))).join('\n')}\n`;
      expect(await faultsOf({ text, canaries: [canary] }), text).toEqual([]);
    }
  });
});
