/** The table report fits: any width, any names, colour or not. */
import { describe, expect, test } from 'vitest';
import { cutEnd, cutMiddle, displayWidth, wrap } from '../../src/reporters/width.ts';
import { hostileReport, hostileStrings } from './support/hostile.ts';
import { analysed, contextOf, rendered, sampleLines } from './support/sample.ts';

const sample = analysed(sampleLines());

function tooWide(text: string, width: number): readonly string[] {
  return text.split('\n').filter((line) => displayWidth(line.replace(/\x1b\[[\d;]*m/g, '')) > width);
}

test.each([60, 80, 100, 200])('no line is wider than %i columns', async (width) => {
  const text = await rendered('table', sample.report, contextOf(sample.sources, { width }));
  expect(tooWide(text, width)).toEqual([]);
});

test.each(hostileStrings)('no line is wider than 80 columns with %s', async (_, text) => {
  expect(tooWide(await rendered('table', hostileReport(text), contextOf([text])), 80)).toEqual([]);
});

test('colour changes nothing but colour', async () => {
  const plain = await rendered('table', sample.report, contextOf(sample.sources));
  const painted = await rendered('table', sample.report, contextOf(sample.sources, { color: true }));
  expect(painted).toContain('\x1b[31mhigh\x1b[0m');
  expect(painted.replace(/\x1b\[[\d;]*m/g, '')).toBe(plain);
});

test('sections stand in the order of the contract', async () => {
  const text = await rendered('table', sample.report, contextOf(sample.sources));
  const titles = text
    .split('\n')
    .filter((line) => /^\S/.test(line))
    .map((line) => line.replace(/ {2}\d+ of \d+$/, ''));
  const order = [
    'Read',
    'Overview',
    'Replies by class',
    'Replies by kind',
    'Reply codes',
    'Commands',
    'Clients',
    'Users',
    'Files',
    'Sessions',
    'Anomalies',
  ];
  expect(titles.filter((title) => order.includes(title))).toEqual(order);
});

describe('width', () => {
  test.each([
    ['plain', 5],
    ['日本', 4],
    ['e\u0301', 1],
    ['👩‍👩‍👧', 2],
    ['ﾊﾝ', 2],
    ['', 0],
  ])('%s takes %i columns', (text, width) => expect(displayWidth(text)).toBe(width));

  test.each([
    ['/pub/releases/2026/archive.tar.gz', 20, '/pub/re…chive.tar.gz'],
    ['日本語日本語日本語', 10, '日…日本語'],
    ['short', 20, 'short'],
    ['abcdef', 4, 'abc…'],
  ])('%s is cut in the middle to %i', (text, columns, cut) => {
    expect(displayWidth(cutMiddle(text, columns))).toBeLessThanOrEqual(columns);
    expect(cutMiddle(text, columns)).toBe(cut);
  });

  test('an end is cut between characters', () => expect(cutEnd('日本語', 4)).toBe('日…'));

  test('words are broken to lines, the last one is cut', () => {
    expect(wrap('one two three four five', 9, 2)).toEqual(['one two', 'three fo…']);
    expect(wrap('averyverylongword x', 8, 3)).toEqual(['averyve…', 'x']);
  });
});
