/** What several logs of one server tell is counted once, in any order of the logs; and what only looks so, twice. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type Analysis, createAnalyzer } from '../src/analyze.ts';
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

function linesOf(name: string): readonly string[] {
  return readFileSync(`${root}/${name}`, 'utf8').trimEnd().split('\n');
}

/** `oneFile`: the lines of all logs stand in one file, by time, those of the first log first. */
function told(logs: readonly string[], oneFile = false): Told {
  let transfers = 0;
  let sessions = 0;
  const analyzer = createAnalyzer({
    year: 2026,
    alone: oneFile,
    observer: {
      transfer: (_, corroborates = ''): void => void (corroborates === '' && transfers++),
      session: (s): void => void (s.joins === '' && sessions++),
    },
  });
  const sources: (readonly [name: string, lines: readonly string[]])[] = oneFile
    ? [
        [
          'all.log',
          logs.flatMap(linesOf).sort((a, b) => (clockOf(a) < clockOf(b) ? -1 : clockOf(a) > clockOf(b) ? 1 : 0)),
        ],
      ]
    : logs.map((name) => [name, linesOf(name)]);
  for (const [name, lines] of sources) {
    analyzer.source({ name, reference: Date.UTC(2026, 11, 31) });
    for (const line of lines) analyzer.line(line);
  }
  const report = analyzer.report(0);
  return { report, overview: report.tables.get('overview')?.[0] ?? {}, transfers, sessions };
}

function clockOf(line: string): string {
  return /\d\d:\d\d:\d\d/.exec(line)?.[0] ?? '';
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
    ['twice-last-transfer-of-a-log/extended.log', 'twice-last-transfer-of-a-log/xferlog'],
    { sessions: 1, uploads: 1, downloads: 1, bytesUp: 500, loginsOk: 1 },
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

/** Of one dialect alone no two logs are known in one file. */
const mixes: typeof cases = [
  ...cases.filter(([logs]) => !/same-log-two-names|pyftpdlib/.test(logs[0] ?? '')),
  [['one-syslog/messages'], { sessions: 2, uploads: 2, downloads: 1, loginsOk: 1, loginsFailed: 1 }],
  [['one-journal/journal.json'], { sessions: 1, uploads: 1, downloads: 1, loginsOk: 1, loginsFailed: 1, commands: 7 }],
];

for (const [logs, totals] of mixes) {
  for (const order of [logs, [...logs].reverse()]) {
    it(`counts once what one file with the lines of ${order.join(', ')} tells`, () => {
      const { overview, transfers, sessions } = told(order, true);
      expect(overview).toMatchObject(totals);
      expect(sessions).toBe(overview['sessions']);
      expect(transfers).toBe(Number(overview['uploads'] ?? 0) + Number(overview['downloads'] ?? 0));
    });
  }
}

/** What two servers write whose lines differ in nothing but the host, given as two files or in one. */
const heads: readonly (readonly [where: string, around: (line: string, host: string) => string])[] = [
  ['syslog', (line, host) => `Oct  1 10:00:00 ${host} vsftpd[812]: ${line}`],
  ['syslog with ISO times', (line, host) => `2026-10-01T10:00:00.5+00:00 ${host} vsftpd[812]: ${line}`],
  ['syslog of RFC 5424', (line, host) => `<29>1 2026-10-01T10:00:00Z ${host} vsftpd 812 - - ${line}`],
  ['syslog behind a relay', (line, host) => `Oct  1 10:00:01 loghost Oct  1 10:00:00 ${host} vsftpd[812]: ${line}`],
  ['syslog of AIX', (line, host) => `Oct  1 10:00:01 loghost Message forwarded from ${host}: vsftpd[812]: ${line}`],
  ['journal', (line, host) => JSON.stringify({ ...journalled, _HOSTNAME: host, MESSAGE: line })],
  ['journal of docker', (line, host) => JSON.stringify({ ...journalled, CONTAINER_ID: host, MESSAGE: line })],
  ['rsyslog in JSON', (line, host) => JSON.stringify({ timestamp: iso, host, tag: 'vsftpd[812]:', message: line })],
  [
    'Filebeat in Kubernetes',
    (line, host) =>
      JSON.stringify({ '@timestamp': iso, message: line, kubernetes: { pod_name: host }, host: { name: 'node' } }),
  ],
  ['kubectl logs --prefix', (line, host) => `[pod/${host}/vsftpd] ${line}`],
  ['docker compose logs', (line, host) => `${host} | ${line}`],
];
const iso = '2026-10-01T10:00:00Z';
const journalled = { __REALTIME_TIMESTAMP: '1790848800000000', _HOSTNAME: 'node', SYSLOG_IDENTIFIER: 'vsftpd' };

for (const [where, around] of heads) {
  const log = linesOf('twice-vsftpd-xferlog/vsftpd.log');
  const of = (host: string): readonly string[] => log.map((line) => around(line, host));
  const totals = { sessions: 2, uploads: 4, downloads: 2, loginsOk: 2 };
  it(`counts two servers twice: two files, ${where}`, () => {
    expect(overviewOf(of('ftp-1'), of('ftp-2'))).toMatchObject(totals);
  });
  it(`counts two servers twice: one file, ${where}`, () => {
    const other = of('ftp-2');
    expect(overviewOf(of('ftp-1').flatMap((line, i) => [line, other[i] ?? '']))).toMatchObject(totals);
  });
  it(`counts a copy once: ${where}`, () => {
    expect(overviewOf(of('ftp-1'), of('ftp-1'))).toMatchObject({ sessions: 1, uploads: 2, downloads: 1, loginsOk: 1 });
  });
}

it('takes a host with and without its domain for one', () => {
  const [, around] = heads[0] as (typeof heads)[0];
  const log = linesOf('twice-vsftpd-xferlog/vsftpd.log');
  const of = (host: string): readonly string[] => log.map((line) => around(line, host));
  expect(overviewOf(of('ftp-1'), of('FTP-1.example.org'))).toMatchObject({ sessions: 1, uploads: 2 });
});

/** A log of vsftpd: one session of eight lines in each minute. */
function sessionsOf(users: readonly string[], pid = 2): readonly string[] {
  return users.flatMap((user, i) => {
    const at = (s: number, who: string): string =>
      `Thu Oct  1 10:${String(i).padStart(2, '0')}:0${s} 2026 [pid ${pid + 10 * i}] ${who}`;
    const client = 'Client "192.0.2.7"';
    return [
      at(0, `CONNECT: ${client}`),
      at(0, `FTP response: ${client}, "220 ready"`),
      at(0, `FTP command: ${client}, "FEAT"`),
      at(0, `FTP response: ${client}, "530 Please login with USER and PASS."`),
      at(1, `FTP command: ${client}, "USER ${user}"`),
      at(1, `[${user}] FTP response: ${client}, "331 Please specify the password."`),
      at(1, `[${user}] FTP command: ${client}, "QUIT"`),
      at(1, `[${user}] FTP response: ${client}, "221 Goodbye."`),
    ];
  });
}

const rotated = sessionsOf(['alice', 'bob', 'carol', 'dave', 'erin', 'frank']);

for (const cut of [8, 9, 21, 27, 40, 47]) {
  for (const common of [2, 3, 5, 8]) {
    it(`reads ${common} lines once that end one part of a log and begin the next, cut at ${cut}`, () => {
      const report = reportOf(rotated.slice(0, cut), rotated.slice(cut - common));
      expect(report.tables.get('overview')?.[0]).toMatchObject({ sessions: 6, commands: 18, replies: 24 });
      expect(report.assumptions).toContain(`1.log begins with the last ${common} lines of 0.log: counted once`);
      expect(report.tally.lines).toBe(rotated.length + common);
    });
  }
}

it('says that one equal line tells nothing', () => {
  const { assumptions } = reportOf(rotated.slice(0, 21), rotated.slice(20));
  expect(assumptions).toContain(
    '1.log begins with the line that 0.log ends with: counted twice, which is wrong if the two overlap',
  );
});

it('counts equal lines of one second on both sides of a border, and says so', () => {
  const failed = 'Oct  1 10:00:00 ftp1 pure-ftpd: (?@192.0.2.7) [WARNING] Authentication failed for user [root]';
  const { tables, assumptions } = reportOf([failed, failed, failed], [failed, failed, failed.replace(':00', ':09')]);
  expect(tables.get('overview')?.[0]).toMatchObject({ loginsFailed: 6 });
  expect(assumptions.join('\n')).toMatch(/1\.log begins with 2 equal lines that 0\.log ends with: counted twice/);
});

it('finds no overlap in transcripts without dates', () => {
  const talk = ['220 ready', 'USER alice', '331 password', 'PASS x', '230 in', 'QUIT', '221 bye'];
  expect(reportOf([...talk, ...talk], [...talk, 'QUIT', '221 bye']).assumptions.join('\n')).not.toMatch(/begins with/);
});

it('tells two users apart whom two servers gave the same number in the same second', () => {
  expect(overviewOf(sessionsOf(['alice']), sessionsOf(['bob']))).toMatchObject({
    sessions: 2,
    commands: 6,
    replies: 8,
  });
  expect(overviewOf(sessionsOf(['alice']), sessionsOf(['alice']))).toMatchObject({
    sessions: 1,
    commands: 3,
    replies: 4,
  });
});

it('says that a number may be of two servers', () => {
  const around = (line: string, ns: string): string =>
    JSON.stringify({ log: `${line}\n`, stream: 'stdout', time: `2026-10-01T10:00:00.${ns}Z` });
  const [a, b] = ['000000001', '000000002'].map((ns) => sessionsOf(['alice']).map((line) => around(line, ns)));
  const said = /1\.log tells 1 session by the number, client and second of 0\.log, and one of them names no host/;
  expect(reportOf(a ?? [], b ?? []).assumptions.join('\n')).toMatch(said);
  expect(reportOf(a ?? [], a ?? []).assumptions.join('\n')).not.toMatch(said);
});

it('takes lines that name no host for those of the host before', () => {
  const head = 'Nov 22 09:59:04 lab ';
  const failed = 'pure-ftpd: (?@192.0.2.7) [WARNING] Authentication failed for user [bob]';
  const lines = [`${head}pure-ftpd: (?@192.0.2.7) [INFO] New connection from 192.0.2.7`, failed, `${head}${failed}`];
  expect(overviewOf([...lines, ...lines.slice(1)])).toMatchObject({ sessions: 1, loginsFailed: 4 });
});

it('looks at a session that goes on in the next part of its log', () => {
  const told = (second: number, ...talk: readonly string[]): readonly string[] =>
    talk.map((text) => {
      const what = /^\d/.test(text) ? 'response' : 'command';
      return `Thu Oct  1 10:00:${second} 2026 [pid 3] [alice] FTP ${what}: Client "192.0.2.7", "${text}"`;
    });
  const probe = (second: number, path: string): readonly string[] =>
    told(second, `MKD ${path}`, '257 made', `RMD ${path}`, '250 gone');
  const first = [...told(10, 'PWD', '257 "/"', 'SYST', '215 UNIX'), ...told(11, 'MKD /a/x1', '550 no')];
  const { findings } = reportOf(first, [...probe(12, '/b/x2'), ...probe(13, '/c/x3')]);
  expect(findings.filter((f) => f.rule === 'writable-dir-probe')).toMatchObject([{ count: 3 }]);
});

it('says where one log stands behind another', () => {
  const { assumptions } = reportOf([...rotated, ...rotated]);
  expect(assumptions).toContain(
    '0.log: its times go back at line 49, as where one log stands behind another: what two of them tell counts twice',
  );
  expect(reportOf(rotated).assumptions.join('\n')).not.toMatch(/go back/);
});

function overviewOf(...logs: readonly (readonly string[])[]): Row {
  return reportOf(...logs).tables.get('overview')?.[0] ?? {};
}

function reportOf(...logs: readonly (readonly string[])[]): Report {
  const analyzer = createAnalyzer({ year: 2026, alone: logs.length === 1 });
  for (const [i, lines] of logs.entries()) {
    analyzer.source({ name: `${i}.log`, reference: Date.UTC(2026, 11, 31) });
    for (const line of lines) analyzer.line(line);
  }
  return analyzer.report(0);
}

it('says what was joined', () => {
  const { report } = told(['twice-vsftpd-xferlog/vsftpd.log', 'twice-vsftpd-xferlog/xferlog']);
  expect(report.assumptions).toContain(
    'twice-vsftpd-xferlog/xferlog tells 3 transfers and 1 session that twice-vsftpd-xferlog/vsftpd.log tells too: counted once',
  );
});

/** A log in vsftpd's own format, and behind it some of its uploads in the format of wu-ftpd. */
function oneBehindAnother(uploads: number, again: number, later: number): Report {
  const analyzer = createAnalyzer({ alone: true });
  analyzer.source({ name: 'all.log' });
  const at = (i: number): string => new Date(Date.UTC(2026, 9, 1, 10, 0, i)).toUTCString();
  const stamp = (i: number): string => at(i).replace(/^(\w+), (\d+) (\w+) (\d+) ([\d:]+) GMT$/, '$1 $3 $2 $5 $4');
  for (let i = 0; i < uploads; i++)
    analyzer.line(
      `${stamp(i)} [pid 2] [alice] OK UPLOAD: Client "192.0.2.7", "/${i}.pdf", 2916 bytes, 284.77Kbyte/sec`,
    );
  for (let i = 0; i < again; i++)
    analyzer.line(`${stamp(i + later)} 1 192.0.2.7 2916 /${i}.pdf b _ i r alice ftp 0 * c`);
  return analyzer.report();
}

/** Each log is analysed apart; the analyses are merged in the order given. */
function apart(logs: readonly string[], order: readonly number[], alone = false): Report {
  const parts = logs.map((name, i) => {
    const part = createAnalyzer({ year: 2026, firstSource: i, alone });
    part.source({ name, reference: Date.UTC(2026, 11, 31) });
    for (const line of linesOf(name)) part.line(line);
    return part.end();
  });
  const whole = createAnalyzer({ year: 2026 });
  for (const i of order) whole.merge(structuredClone(parts[i] as Analysis));
  return whole.report(0);
}

for (const [logs] of cases) {
  it(`says what counts twice where ${logs.join(', ')} are analysed apart`, () => {
    const once = told(logs).report.assumptions.filter((text) => text.includes('counted once'));
    const order = logs.map((_, i) => i);
    const notes = apart(logs, order).assumptions.filter((text) => text.includes('analysed apart'));
    // Exchanges are joined with their sessions: they are not counted one by one.
    const forms = (text: string): string => text.replace(/(,| and) \d+ commands?/, '').split(': ', 1)[0] ?? '';
    expect(notes.map(forms)).toEqual(once.map(forms));
    expect(apart(logs, order.toReversed()).assumptions).toEqual(apart(logs, order).assumptions);
    expect(apart(logs, order, true).assumptions).toEqual(apart(logs, order).assumptions);
  });
}

it('says what parts could not be compared', () => {
  const part = createAnalyzer({ alone: true });
  part.source({ name: 'xferlog' });
  for (let i = 0; i < 5000; i++)
    part.line(
      `Thu Oct  1 10:${String(i % 60).padStart(2, '0')}:09 2026 1 192.0.2.7 9 /${i}.pdf b _ i r alice ftp 0 * c`,
    );
  const whole = createAnalyzer({ firstSource: 1 });
  whole.source({ name: 'other' });
  whole.line('Thu Oct  1 10:01:09 2026 1 192.0.2.9 9 /b.pdf b _ i r alice ftp 0 * c');
  whole.merge(part.end());
  expect(whole.report().assumptions).toContain(
    'parts that were analysed apart could not be compared: what logs of two parts tell counts twice',
  );
});

it('joins two logs in one file, one behind the other', () => {
  const report = oneBehindAnother(400, 400, 0);
  expect(report.tables.get('overview')?.[0]).toMatchObject({ uploads: 400, sessions: 1 });
  expect(report.assumptions).toContain('all.log tells 400 transfers and 1 session in two log formats: counted once');
});

it('says what it could not compare in one file', () => {
  const report = oneBehindAnother(20_000, 15_000, 0);
  const { uploads } = report.tables.get('overview')?.[0] ?? {};
  const joined = 35_000 - Number(uploads);
  expect(joined).toBeGreaterThan(2000);
  expect(report.assumptions).toContain(
    `all.log: ${(15_000 - joined).toLocaleString('en')} events of one log format in it come too late to be compared with another; what both tell counts twice, unless they are given as two files`,
  );
  expect(oneBehindAnother(20_000, 300, 1e6).assumptions.join()).not.toContain('counts twice');
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
