/**
 * Whatever number stands in a log, in any dialect and any wrapper: the analysis ends, counts every line, and tells no
 * number and no time that cannot be.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dialects } from '../src/dialects/index.ts';
import type { Report } from '../src/report.ts';
import { wrappers } from '../src/wrappers/index.ts';
import { linesOf, names } from './support/fixture.ts';
import { formats, run } from './support/run.ts';

/** What a log may hold where a number was. */
const hostile = [
  '0',
  '-1',
  '00',
  '60',
  '99',
  '2147483648',
  '4294967296',
  '9007199254740993',
  '1234567890123456',
  '999999999',
  '1000000000',
  '99999999999999999999999',
  '1e30',
  '1e300',
  '1e308',
  '1e999',
  '-1e300',
  '0.1',
  '1.7976931348623157',
  '',
  '9'.repeat(400),
];

/** Words that JavaScript takes for numbers. */
const words = ['NaN', 'Infinity', '-Infinity', '0x7fffffffffffffff', '1_000'];

/** Every number of a line, replaced by every hostile one; all of them at once last. */
function mutated(line: string, into: readonly string[]): readonly string[] {
  const found = [...line.matchAll(/\d+/g)].slice(0, 14);
  const each = found.flatMap((m) =>
    into.map((number) => line.slice(0, m.index) + number + line.slice((m.index ?? 0) + m[0].length)),
  );
  return [...each, ...into.map((number) => line.replaceAll(/\d+/g, number))];
}

/** Lines of a kind, mutated, between the honest ones. */
function storm(lines: readonly string[], into: readonly string[]): string {
  const out: string[] = [];
  // What stands around the lines is told from the first ones.
  while (lines.length > 0 && out.length < 200) out.push(...lines);
  for (const line of lines) out.push(...mutated(line, into), line);
  return `${out.join('\n')}\n`;
}

const isTime = /^(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const timeKeys: ReadonlySet<string> = new Set(['time', 'opened', 'closed', 'firstTime', 'lastTime']);

/** Whether the last key names a time. */
function namesTime(keys: readonly string[]): boolean {
  const last = keys.at(-1) ?? '';
  return timeKeys.has(last) || ((last === 'first' || last === 'last') && keys.at(-3) === 'logins');
}

/** All that is wrong with the numbers and times of a value that stands under these keys. */
function wrongIn(value: unknown, keys: string[], wrong: string[]): void {
  if (typeof value === 'number') {
    if (!Number.isFinite(value) || value < 0) wrong.push(`${keys.join('.')} = ${value}`);
  } else if (typeof value === 'string') {
    if (namesTime(keys) && !isTime.test(value)) wrong.push(`${keys.join('.')} = ${value}`);
  } else if (value instanceof Map || value instanceof Set) wrongIn([...value], keys, wrong);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      keys.push(key);
      wrongIn(inner, keys, wrong);
      keys.pop();
    }
  }
}

/** Formats that show every number, and one of the others in turn: over all dialects each comes many times. */
const complete = ['json', 'ndjson'];
const others = formats.filter((id) => !complete.includes(id));
let turn = 0;

function someFormats(): readonly string[] {
  return [...complete, others[turn++ % others.length] as string];
}

async function weather(text: string, dialect?: string): Promise<Report> {
  const options = dialect === undefined ? {} : { dialect };
  const { report, printed } = await run(Buffer.from(text), { formats: someFormats(), options });
  const { tally, tables, findings } = report;
  expect(tally.blank + tally.noise + tally.unparsed + tally.understood).toBe(tally.lines);
  expect(tally.lines).toBe(text.split('\n').length - 1);
  const wrong: string[] = [];
  wrongIn(tables, ['tables'], wrong);
  wrongIn(findings, ['findings'], wrong);
  for (const row of (printed.get('ndjson') ?? '').trim().split('\n')) wrongIn(JSON.parse(row), ['row'], wrong);
  wrongIn(JSON.parse(printed.get('json') ?? ''), ['json'], wrong);
  if (!/NaN|Infinity/.test(text))
    for (const [format, out] of printed) {
      const at = out.search(/\bNaN\b|\bInfinity\b|Invalid Date/);
      if (at >= 0) wrong.push(`${format}: ${out.slice(Math.max(0, at - 40), at + 50)}`);
    }
  expect(wrong.slice(0, 10)).toEqual([]);
  return report;
}

/** The first lines of the fixtures of a dialect or wrapper, a few of each. */
async function samplesOf(folder: string): Promise<readonly string[]> {
  const samples: string[] = [];
  for (const name of names(folder)) {
    if (name.endsWith('.events') || name.endsWith('.md')) continue;
    const lines = await linesOf(readFileSync(`${folder}/${name}`).subarray(0, 20_000));
    samples.push(...lines.filter((line) => /\d/.test(line) && line.length < 400).slice(0, 4));
  }
  return samples.slice(0, 4);
}

describe('numbers that cannot be, in the lines of', () => {
  for (const { id, example } of dialects) {
    it(id, async () => {
      const lines = [example, ...(await samplesOf(`fixtures/dialects/${id}`))];
      const report = await weather(storm(lines, hostile), id);
      expect(report.tally.understood + report.tally.noise).toBeGreaterThan(0);
      await weather(storm(lines, words), id);
    });
  }
});

describe('numbers that cannot be, in the wrapper', () => {
  for (const { id } of wrappers) {
    it(id, async () => {
      const lines = await samplesOf(`fixtures/wrappers/${id}`);
      await weather(storm(lines, hostile));
      await weather(storm(lines, words));
    });
  }
});
