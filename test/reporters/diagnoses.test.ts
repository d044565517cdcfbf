/** Why something failed, in the formats that show more than its words: where it stands, and what it leads to. */
import { expect, test } from 'vitest';
import { analysed, contextOf, rendered } from './support/sample.ts';

/** As it stands in a server's log: PASV names an address of the server's own network, and nothing comes. */
const said = [
  ['', '220 (vsFTPd 3.0.5)'],
  ['USER kim', '331 Please specify the password.'],
  ['PASS <password>', '230 Login successful.'],
  ['PASV', '227 Entering Passive Mode (10,0,0,4,156,64).'],
  ['LIST <b>', '425 Failed to establish connection.'],
  ['QUIT', '221 Goodbye.'],
];
const head = 'Tue Mar  3 09:00:00 2026 [pid 2] [kim]';
const lines = said.flatMap(([command = '', reply = '']) => [
  ...(command === '' ? [] : [`${head} FTP command: Client "198.51.100.7", "${command}"`]),
  `${head} FTP response: Client "198.51.100.7", "${reply}"`,
]);
const failed = analysed(lines, 'logs/vsftpd.log');
const write = (format: string, from = failed): Promise<string> =>
  rendered(format, from.report, contextOf(from.sources), from.feed);

test('HTML: the cause stands first, with what was said at the lines that show it', async () => {
  const html = await write('html');
  const from = html.indexOf('<section id="why"');
  expect(from).toBeGreaterThan(0);
  expect(from).toBeLessThan(html.indexOf('<ul class="tiles">'));
  const section = html.slice(from, html.indexOf('</section>', from));
  expect(section).toContain('To change: the server.');
  expect(section).toContain('<b>vsftpd</b>: Set pasv_address to the public address.');
  expect(section).toMatch(
    /<a href="#x0-6"><code>vsftpd\.log:7<\/code><\/a> <code>227 Entering Passive Mode \(10,0,0,4,156,64\)\.<\/code>/,
  );
  expect(section).toContain('<code>425 Failed to establish connection.</code>');
  expect(section).toContain('href="#session-s1"');
  expect(html).toContain('id="x0-6"');
  expect(html).toContain('id="session-s1"');
});

test('HTML: of a saved report, which has no exchanges, the places are there without text', async () => {
  const html = await rendered('html', failed.report, contextOf(failed.sources));
  expect(html).toContain('<li><code>vsftpd.log:7</code>');
});

test('HTML: nothing is said where nothing failed', async () => {
  expect(await write('html', analysed(lines.slice(0, 5)))).not.toContain('id="why"');
});

/** Certain, likely and possible ones, two of them alike. */
const many = {
  ...failed,
  report: {
    ...failed.report,
    diagnoses: failed.report.diagnoses.flatMap((row) => [
      { ...row, certainty: 'certain' as const },
      row,
      { ...row, id: 'transfer-stalled', certainty: 'possible' as const },
    ]),
  },
};

test('SARIF: a result by certainty, at the deciding line, of a rule that says what to do', async () => {
  const [run] = JSON.parse(await write('sarif', many)).runs;
  const { rules } = run.tool.driver;
  const causes = rules.filter((rule: { properties: { tags: string[] } }) => rule.properties.tags.includes('diagnosis'));
  expect(causes.map((rule: { id: string }) => rule.id)).toEqual(['pasv-unroutable', 'transfer-stalled']);
  expect(causes[0].help.text).toContain('vsftpd: Set pasv_address to the public address.');
  expect(causes[0].properties['security-severity']).toBeUndefined();
  const results = run.results.slice(0, 3);
  expect(results.map((result: { level: string }) => result.level)).toEqual(['error', 'warning', 'note']);
  for (const result of results) {
    expect(rules[result.ruleIndex].id).toBe(result.ruleId);
    expect(result.locations[0].physicalLocation.region.startLine).toBe(7);
    expect(result.properties.kind).toBe('diagnosis');
  }
  const prints = results.map((result: { partialFingerprints: object }) => JSON.stringify(result.partialFingerprints));
  expect(new Set(prints).size).toBe(3);
});

test('GitHub: annotations by certainty at the deciding line', async () => {
  const text = await write('github', many);
  expect(text).toMatch(
    /^::error file=logs\/vsftpd\.log,line=7,title=certain%3A pasv-unroutable::The server announces/m,
  );
  expect(text).toMatch(
    /^::warning file=logs\/vsftpd\.log,line=7,title=likely%3A pasv-unroutable::.*%0A- vsftpd: Set pasv_address/m,
  );
  expect(text).toMatch(/^::notice .*title=possible%3A transfer-stalled::/m);
  expect(text).toContain('ftplog: why it failed: 1 certain, 1 likely, 1 possible\n');
});

test('GitHub: no more than ten annotations a level, and how many are left out', async () => {
  const rows = Array.from({ length: 12 }, () => failed.report.diagnoses).flat();
  const text = await write('github', { ...failed, report: { ...failed.report, diagnoses: rows } });
  expect(text.match(/^::warning /gm)).toHaveLength(10);
  expect(text).toContain('ftplog: 2 more causes without annotation (2 likely)\n');
});

test('GitLab: an issue of the check that is the diagnosis, each with a fingerprint', async () => {
  const issues = JSON.parse(await write('gitlab', many)).slice(0, 3);
  expect(issues.map((issue: { check_name: string }) => issue.check_name)).toEqual([
    'pasv-unroutable',
    'pasv-unroutable',
    'transfer-stalled',
  ]);
  expect(issues.map((issue: { severity: string }) => issue.severity)).toEqual(['major', 'minor', 'info']);
  expect(new Set(issues.map((issue: { fingerprint: string }) => issue.fingerprint)).size).toBe(3);
});

test('JUnit: failed cases of a suite, and no suite where nothing failed', async () => {
  const text = await write('junit', many);
  expect(text).toContain('<testsuite name="ftplog.diagnoses" tests="3" failures="3"');
  expect(text).toContain('name="pasv-unroutable 2"');
  expect(text).toContain('See logs/vsftpd.log:7');
  expect(await write('junit', analysed(lines.slice(0, 5)))).not.toContain('ftplog.diagnoses');
});

/** A client that says in words what happened, in a session and without one. */
const told = analysed(
  [
    '<--- 220 ready',
    '---> PASV',
    '<--- 227 Entering Passive Mode (10,0,0,4,156,64).',
    '---- Connecting data socket to (10.0.0.4) port 40000',
    '**** Timeout - reconnecting',
  ],
  'lftp.log',
);

test('rows: what a program says without a code, and the causes', async () => {
  const rows = async (kind: 'statement' | 'diagnosis', format: string): Promise<string> =>
    rendered(format, told.report, contextOf(told.sources, { rows: new Set([kind]) }), told.feed);
  const [, statement] = (await rows('statement', 'ndjson')).split('\n');
  expect(JSON.parse(statement ?? '')).toEqual({
    type: 'statement',
    source: 'lftp.log',
    dialect: 'lftp-debug',
    session: 's1',
    client: null,
    user: null,
    line: 5,
    time: null,
    meaning: 'timed-out',
    about: null,
    code: null,
  });
  const [, diagnosis] = (await rows('diagnosis', 'ndjson')).split('\n');
  expect(JSON.parse(diagnosis ?? '')).toEqual({ type: 'diagnosis', ...told.report.diagnoses[0] });
  expect(await rows('statement', 'csv')).toBe(
    'type,source,dialect,session,client,user,line,time,meaning,about,code\r\nstatement,lftp.log,lftp-debug,s1,,,5,,timed-out,,\r\n',
  );
  const [head, first] = (await rows('diagnosis', 'csv')).split('\r\n');
  expect(head).toMatch(/^type,id,certainty,who,title,cause,cure,settle,client,server,session,count,/);
  expect(first).toMatch(/^diagnosis,pasv-unroutable,likely,server,/);
});

test('rows: nothing is said in a log in which nothing failed', async () => {
  const fine = analysed(lines.slice(0, 5));
  const rows = { rows: new Set(['statement', 'diagnosis'] as const) };
  expect((await rendered('ndjson', fine.report, contextOf(fine.sources, rows), fine.feed)).split('\n')).toHaveLength(2);
});
