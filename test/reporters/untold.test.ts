/** What a log cannot tell is said to be so in every report, and no time without a date gets one. */
import { describe, expect, test } from 'vitest';
import { createAnalyzer } from '../../src/analyze.ts';
import type { Report } from '../../src/report.ts';
import { jsonReport, reportFromJson } from '../../src/reporters/json-report.ts';
import { analysed, contextOf, rendered } from './support/sample.ts';

const xferlog = [
  'Sun Nov 22 09:59:10 2026 1 192.0.2.7 20480 /srv/a.bin b _ o r alice ftp 0 * c',
  'Sun Nov 22 09:59:12 2026 1 192.0.2.8 300 /srv/b.bin b _ i r bob ftp 0 * c',
];
const undated = [
  '09:58:57.100000 < 220 ready',
  '09:58:57.200000 > USER alice',
  '09:58:57.300000 < 331 password',
  '09:58:57.400000 > PASS secret',
  '09:58:58.500000 < 230 welcome',
];

const transfers = analysed(xferlog, 'xferlog', []);
const text = (format: string): Promise<string> =>
  rendered(format, transfers.report, contextOf(transfers.sources), transfers.feed);

function reportOf(...logs: readonly (readonly string[])[]): Report {
  const analyzer = createAnalyzer({ rules: [] });
  for (const [i, log] of logs.entries()) {
    analyzer.source({ name: `${i}.log`, reference: Date.UTC(2026, 11, 1) });
    for (const line of log) analyzer.line(line);
  }
  return analyzer.report();
}

describe('a transfer log', () => {
  test('has neither commands nor logins nor ends of sessions in the table', async () => {
    const lines = (await text('table')).split('\n');
    expect(lines).toContain('    xferlog leaves out replies, logins and most commands');
    expect(lines).toContain('  sessions   2: end not in the log');
    expect(lines).toContain('  commands   not in the log');
    expect(lines).toContain('  logins     not in the log');
    expect(lines).toContain('  transfers  1 down (20 KiB), 1 up (300 B)');
    expect(lines.filter((line) => /Logins|Refused|Failed|Cmds/.test(line))).toEqual([]);
  });

  test('has none of them in Markdown, HTML and Prometheus', async () => {
    expect(await text('markdown')).toContain('| Logins | not in the log |');
    expect(await text('html')).toContain('<b>–</b><span>logins not in the log</span>');
    expect(await text('prometheus')).not.toMatch(/^ftplog_(?:logins|commands|unanswered_commands)_total /m);
    expect(await text('prometheus')).toMatch(/^ftplog_transfers_total\{direction="upload"\} 1$/m);
  });

  test('has null in JSON and nothing in CSV, and comes back from JSON as it was', async () => {
    const [overview] = transfers.report.tables.get('overview') ?? [];
    expect(overview).toMatchObject({ loginsOk: null, commands: null, replies: null, endedEndOfInput: 2, downloads: 1 });
    const rows = (
      await rendered(
        'csv',
        transfers.report,
        contextOf(transfers.sources, { rows: new Set(['session']) }),
        transfers.feed,
      )
    )
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(','));
    const at = rows[0]?.indexOf('failedLogins') ?? -1;
    expect(rows.map((row) => row[at])).toEqual(['failedLogins', '', '']);
    expect(reportFromJson(jsonReport(transfers.report), transfers.report.layouts)).toEqual(transfers.report);
  });

  test('has null in the timeline, and no chart of what is not in it', async () => {
    const [step] = transfers.report.tables.get('timeline') ?? [];
    expect(step).toMatchObject({ commands: null, failures: null, failedLogins: null, bytesDown: 20_480, sessions: 1 });
    const html = await text('html');
    expect(html).not.toContain('Commands per');
    expect(html).toMatch(/<td class="n">–<td class="n">–<td class="n">1<td class="n">–/);
  });

  test('has no octets in the timeline where the log tells no sizes', () => {
    const log = [
      '2026-11-22 09:58:57 < 220 ready',
      '2026-11-22 09:58:58 > RETR a.bin',
      '2026-11-22 09:58:58 < 150 go',
      '2026-11-22 09:58:58 < 226 done',
      '2026-11-22 09:58:59 > NOOP',
      '2026-11-22 09:58:59 < 200 ok',
    ];
    const rows = reportOf(log).tables.get('timeline') ?? [];
    expect(rows.map((row) => [row['bytesDown'], row['bytesUp']])).toEqual([
      [0, 0],
      [null, 0],
      [0, 0],
    ]);
  });

  test('beside a log that shows logins leaves their number alone', () => {
    const [overview] = reportOf(xferlog, undated).tables.get('overview') ?? [];
    expect(overview).toMatchObject({ loginsOk: 1, loginsFailed: 0, commands: 2 });
  });
});

describe('a log without dates', () => {
  test('has times of day, and null for every time', () => {
    const report = reportOf(undated);
    const [overview] = report.tables.get('overview') ?? [];
    expect(overview).toMatchObject({ firstTime: null, firstClock: '09:58:57.100', lastClock: '09:58:58.500' });
    expect(report.tables.get('timeline')).toEqual([]);
    expect(JSON.stringify(jsonReport(report))).not.toMatch(/19[67]\d-|"-0/);
  });

  test('does not move the time span of a dated one', () => {
    const [overview] = reportOf(undated, xferlog).tables.get('overview') ?? [];
    expect(overview).toMatchObject({ firstTime: '2026-11-22T09:59:10.000Z', lastTime: '2026-11-22T09:59:12.000Z' });
  });

  test('still has latencies and durations', () => {
    const report = reportOf(undated);
    expect(report.tables.get('commands')).toContainEqual(expect.objectContaining({ verb: 'PASS', maxMs: 1100 }));
    expect(report.tables.get('sessions')).toEqual([expect.objectContaining({ opened: null, durationMs: 1400 })]);
  });
});
