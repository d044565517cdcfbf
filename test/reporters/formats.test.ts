/** Every format: byte-exact on the sample, valid for an independent reader, also with no findings and no input. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { reporters } from '../../src/reporters/index.ts';
import { expectFile } from '../support/fixture.ts';
import { checkers, checkInert } from './support/checkers.ts';
import { analysed, contextOf, rendered, sampleLines } from './support/sample.ts';

const sample = analysed(sampleLines());
const again = analysed(sampleLines());
const quiet = analysed(sampleLines(), 'sample.log', []);
const empty = analysed([], '-');
const foreign = analysed(['not', 'a', 'log of FTP'], 'notes.txt');

describe.each(reporters.map((r) => r.id))('%s', (format) => {
  const write = (from: typeof sample): Promise<string> =>
    rendered(format, from.report, contextOf(from.sources), from.feed);
  const check =
    checkers[format] ??
    ((): never => {
      throw new Error(`add a reader of ${format} to test/reporters/support/checkers.ts`);
    });

  test('is what the golden file says', async () => {
    const reporter = await reporters.find((r) => r.id === format)?.load();
    expectFile(`fixtures/reports/sample.${reporter?.extension ?? ''}`, await write(sample));
  });

  test('is read by an independent reader', async () => {
    const text = await write(sample);
    checkInert(text);
    await check(text);
  });

  test('gives the same bytes again', async () => {
    expect(await rendered(format, again.report, contextOf(again.sources), again.feed)).toBe(await write(sample));
  });

  test.each([
    ['no findings', quiet],
    ['no input', empty],
    ['no FTP', foreign],
  ])('is a report with %s', async (_, from) => {
    const text = await write(from);
    checkInert(text);
    await check(text);
    expect(text.endsWith('\n')).toBe(true);
  });
});

test('the registry names each format once, and docs/reports.md has a row for each', () => {
  expect(new Set(reporters.map((r) => r.id)).size).toBe(reporters.length);
  const page = readFileSync('docs/reports.md', 'utf8');
  const untold = reporters.filter(({ id }) => !page.includes(`\n| \`${id}\` | `)).map(({ id }) => id);
  expect(untold, 'add a row to the first table of docs/reports.md').toEqual([]);
});
