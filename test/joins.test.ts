/** What several logs of one server tell is counted once, in any order of the logs; and what only looks so, twice. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createAnalyzer } from '../src/analyze.ts';
import { readingOrder } from '../src/input-order.ts';
import type { Row } from '../src/model.ts';
import type { Report } from '../src/report.ts';

const root = 'fixtures/joins';

interface Told {
  readonly report: Report;
  readonly overview: Row;
  /** Of the rows that corroborate nothing. */
  readonly transfers: number;
  readonly sessions: number;
}

function told(logs: readonly string[]): Told {
  let transfers = 0;
  let sessions = 0;
  const analyzer = createAnalyzer({
    year: 2026,
    observer: {
      transfer: (_, corroborates = ''): void => void (corroborates === '' && transfers++),
      session: (s): void => void (s.joins === '' && sessions++),
    },
  });
  for (const name of logs) {
    analyzer.source({ name, reference: Date.UTC(2026, 11, 31) });
    for (const line of readFileSync(`${root}/${name}`, 'utf8').trimEnd().split('\n')) analyzer.line(line);
  }
  const report = analyzer.report(0);
  return { report, overview: report.tables.get('overview')?.[0] ?? {}, transfers, sessions };
}

const cases: readonly (readonly [logs: readonly string[], totals: Readonly<Record<string, number | null>>])[] = [
  [
    ['twice-vsftpd-xferlog/vsftpd.log', 'twice-vsftpd-xferlog/xferlog'],
    { sessions: 1, uploads: 2, downloads: 1, bytesUp: 583_210, bytesDown: 1_048_576, loginsOk: 1 },
  ],
  [['twice-vsftpd-pam/vsftpd.log', 'twice-vsftpd-pam/auth.log'], { sessions: 4, loginsFailed: 3, loginsOk: 1 }],
  [
    ['twice-same-upload-in-one-second/vsftpd.log', 'twice-same-upload-in-one-second/xferlog'],
    { sessions: 1, uploads: 3, bytesUp: 12 },
  ],
  [
    [
      'twice-but-two-servers/ftp1/vsftpd.log',
      'twice-but-two-servers/ftp1/xferlog',
      'twice-but-two-servers/ftp2/vsftpd.log',
    ],
    { sessions: 2, uploads: 2, bytesUp: 10_000, loginsOk: 2 },
  ],
  [
    ['twice-same-log-two-names/vsftpd.log', 'twice-same-log-two-names/copy/vsftpd.log.bak'],
    { sessions: 1, uploads: 2, downloads: 1, loginsOk: 1 },
  ],
  [
    [
      'twice-proftpd-three-logs/proftpd.log',
      'twice-proftpd-three-logs/extended.log',
      'twice-proftpd-three-logs/xferlog',
    ],
    { sessions: 1, uploads: 1, downloads: 1, loginsOk: 1, loginsFailed: 1, commands: 7 },
  ],
  [
    ['twice-pureftpd-syslog-clf/syslog', 'twice-pureftpd-syslog-clf/pureftpd.log'],
    { sessions: 1, uploads: 1, downloads: 1, loginsOk: 1, loginsFailed: 1 },
  ],
  [
    ['twice-pyftpdlib-file-and-journal/ftpd.log', 'twice-pyftpdlib-file-and-journal/journal.txt'],
    { sessions: 1, uploads: 1, downloads: 1, loginsOk: 1, loginsFailed: 1 },
  ],
  [['two-programs/vsftpd.log', 'two-programs/syslog'], { sessions: 2, uploads: 2, loginsOk: 2 }],
  [['zero-commands-in-a-mix/vsftpd.log', 'zero-commands-in-a-mix/auth.log'], { commands: null, loginsFailed: 2 }],
];

for (const [logs, totals] of cases) {
  for (const order of [logs, [...logs].reverse()]) {
    it(`counts once what ${order.join(', ')} tell`, () => {
      const { overview, transfers, sessions } = told(order);
      expect(overview).toMatchObject(totals);
      expect(sessions).toBe(overview['sessions']);
      expect(transfers).toBe(Number(overview['uploads'] ?? 0) + Number(overview['downloads'] ?? 0));
    });
  }
}

it('says what was joined', () => {
  const { report } = told(['twice-vsftpd-xferlog/vsftpd.log', 'twice-vsftpd-xferlog/xferlog']);
  expect(report.assumptions).toContain(
    'twice-vsftpd-xferlog/xferlog tells 3 transfers and 1 session that twice-vsftpd-xferlog/vsftpd.log tells too: counted once',
  );
});

it('makes one finding of what two logs tell by name and by address', () => {
  const { report } = told([
    'twice-finding-name-and-address/proftpd.log',
    'twice-finding-name-and-address/extended.log',
  ]);
  const guessing = report.findings.filter((f) => f.rule.startsWith('login-bruteforce'));
  expect(guessing.map((f) => [f.rule, f.count])).toEqual([
    ['login-bruteforce-success', 1],
    ['login-bruteforce', 12],
  ]);
});

it('reads the parts of a rotated log oldest first', async () => {
  const paths = ['vsftpd.log', 'vsftpd.log.1'].map((name) => `${root}/rotated-newest-first/${name}`);
  expect(await readingOrder(paths)).toEqual([1, 0]);
  expect(await readingOrder([...paths].reverse())).toEqual([0, 1]);
});
