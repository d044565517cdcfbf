/** The schemas that are shipped are those of the shapes; `npm run test:update` writes them. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { reportSchema, rowsSchema } from '../../src/reporters/schemas.ts';
import { exchangeShape } from '../../src/rows/exchange-row.ts';
import { sessionRowShape } from '../../src/rows/session-row.ts';
import { transferShape } from '../../src/rows/transfer-row.ts';
import { tables } from '../../src/tables/index.ts';
import { expectFile, expectPart } from '../support/fixture.ts';
import { runAll } from '../support/run.ts';
import { checkReports } from './support/checkers.ts';
import { analysed, contextOf, rendered } from './support/sample.ts';

test.each([
  ['report', reportSchema(tables)],
  ['rows', rowsSchema(tables)],
])('schema/%s.schema.json is that of the code', (name, schema) => {
  expectFile(`schema/${name}.schema.json`, `${JSON.stringify(schema, null, 2)}\n`);
});

/** A row on lines of at most 118 characters, as pages show it. */
function wrapped(row: string): string {
  const lines: string[] = [];
  for (const part of row.split(/(?<=,)(?=["{])/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + part.length <= 118) lines[lines.length - 1] = last + part;
    else lines.push(last === undefined ? part : ` ${part}`);
  }
  return lines.join('\n');
}

test('the contract shows rows of each type as they are written', async () => {
  const octets = readFileSync('fixtures/reports/rows.log');
  const { printed } = await runAll([{ name: 'vsftpd.log', octets }]);
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const rows = (printed.get('ndjson') ?? '').trimEnd().split('\n');
  // The server's log says nothing without a code; a client's does.
  const stalled = Buffer.from('<--- 220 ready\n---> PASV\n**** Timeout - reconnecting\n');
  const { printed: saidBy } = await runAll([{ name: 'lftp.log', octets: stalled }]);
  const told = (saidBy.get('ndjson') ?? '').split('\n').filter((row) => row.startsWith('{"type":"statement"'));
  const shown = [
    /^\{"type":"header",/,
    /"verb":null/,
    /"verb":"RETR"/,
    /^\{"type":"transfer",/,
    /^\{"type":"session",/,
    /^\{"type":"statement",/,
    /^\{"type":"diagnosis",/,
    /^\{"type":"finding",/,
  ].map((kind) =>
    wrapped(
      [...rows, ...told].find((row) => kind.test(row))?.replace(/"version":"[^"]*"/, `"version":"${version}"`) ?? '',
    ),
  );
  expectPart('docs/contract.md', /(?<=```jsonc\n).*(?=\{"type":"summary", …)/s, `${shown.join('\n')}\n`);
});

test('the contract names every key of the report', () => {
  const contract = readFileSync('docs/contract.md', 'utf8');
  const said = /## 6\. .*?## 7\./s.exec(contract)?.[0] ?? '';
  const keys = Object.keys(reportSchema(tables)['properties'] as object);
  expect(keys.filter((key) => !new RegExp(`\\b${key}\\b`).test(said))).toEqual([]);
});

test.each(['json', 'ndjson'])('%s of codes that no specification has is what the schema says', async (format) => {
  const { report, sources, feed } = analysed([
    '<--- 220 ready',
    '---> NOOP',
    '<--- 999 what',
    '---> QUIT',
    '<--- 221 bye',
  ]);
  const text = await rendered(format, report, contextOf(sources), feed);
  expect(text).toContain('"invalid"');
  await checkReports(format, [text]);
});

test('csv has every cell of a row', async () => {
  const { report, sources } = analysed(['220 ready']);
  for (const [kind, { fields }] of [
    ['exchange', exchangeShape],
    ['session', sessionRowShape],
    ['transfer', transferShape],
  ] as const) {
    const head = (await rendered('csv', report, contextOf(sources, { rows: new Set([kind]) }))).split('\r\n')[0];
    expect(Object.keys(fields).filter((key) => !head?.split(',').includes(key) && key !== 'replies')).toEqual([]);
  }
});
