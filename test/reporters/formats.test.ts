/** Every format: byte-exact on the sample, valid for an independent reader, also with no findings and no input. */
import { describe, expect, test } from 'vitest';
import { foreignAs, signatureOctets } from '../../src/io/signatures.ts';
import { reporters } from '../../src/reporters/index.ts';
import { rowKinds } from '../../src/reporters/reporter.ts';
import { expectFile } from '../support/fixture.ts';
import { checkInert, checkReports } from './support/checkers.ts';
import { analysed, contextOf, rendered, sampleLines } from './support/sample.ts';

const sample = analysed(sampleLines());
const again = analysed(sampleLines());
const quiet = analysed(sampleLines(), 'sample.log', []);
const empty = analysed([], '-');
const foreign = analysed(['not', 'a', 'log of FTP'], 'notes.txt');

describe.each(reporters)('$id', ({ id: format, extension, rows, syntax, mark }) => {
  const usual = { rows: new Set(rows?.log) };
  const write = (from: typeof sample): Promise<string> =>
    rendered(format, from.report, contextOf(from.sources, usual), from.feed);

  test('is what the golden file says', async () => {
    expectFile(`fixtures/reports/sample.${extension}`, await write(sample));
  });

  test('is read by an independent reader', async () => {
    const text = await write(sample);
    checkInert(text);
    await checkReports(format, [text]);
  });

  test('gives the same bytes again', async () => {
    expect(await write(again)).toBe(await write(sample));
  });

  test.each([
    ['no findings', quiet],
    ['no input', empty],
    ['no FTP', foreign],
  ])('is a report with %s', async (_, from) => {
    const text = await write(from);
    checkInert(text);
    await checkReports(format, [text]);
    expect(text.endsWith('\n')).toBe(true);
  });

  const kinds = rows === undefined ? [] : rowKinds;
  test.each([undefined, ...kinds])('is no log, with rows %s', async (kind) => {
    const wanted = kind === undefined ? usual : { rows: new Set([kind]) };
    const text = await rendered(format, sample.report, contextOf(sample.sources, wanted), sample.feed);
    // Text of its own grammar may hold nothing that tells it.
    if (mark === undefined) expect(syntax, `give ${format} a mark in the registry`).toBe('text');
    else expect(foreignAs(Buffer.from(text).subarray(0, signatureOctets))?.what).toBe(`${mark.what}, not a log`);
  });
});

test('the registry names each format and each extension once', () => {
  expect(new Set(reporters.map((r) => r.id)).size).toBe(reporters.length);
  expect(new Set(reporters.map((r) => r.extension)).size).toBe(reporters.length);
});
