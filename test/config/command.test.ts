/** Configuration, allow-list and baseline as the command uses them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type Place, place } from './support/command.ts';

const log = readFileSync('fixtures/config/diff/new.log', 'utf8');
const before = readFileSync('fixtures/config/diff/old.log', 'utf8');
const places: Place[] = [];

function at(files: Readonly<Record<string, string>>): Place {
  const made = place(files);
  places.push(made);
  return made;
}

afterEach(() => {
  for (const made of places.splice(0)) made.remove();
});

interface Json {
  readonly findings: readonly { rule: string; severity: string; known?: boolean; count: number; subject: object }[];
  readonly suppressed?: readonly { rule: string; reason: string; allowed: string; expires: string | null }[];
  readonly baseline?: { known: number; new: number; gone: number; newPairs: readonly object[] | null };
  readonly rules: readonly { id: string }[];
  readonly clients: readonly object[];
}

async function report(
  made: Place,
  argv: readonly string[] = [],
  now?: string,
): Promise<Json & { err: string; status: number }> {
  const { out, err, status } = await made.run(['--format', 'json', ...argv], {
    input: log,
    ...(now === undefined ? {} : { now }),
  });
  expect(out, err).not.toBe('');
  return { ...(JSON.parse(out) as Json), err, status };
}

const rulesIn = ({ findings }: Json): readonly string[] => [...new Set(findings.map((f) => f.rule))].sort();

describe('a configuration file', () => {
  const off = 'rules:\n  login-bruteforce: off\n';

  it.each([
    ['in the current folder', { 'ftplog.config.yaml': off }, '.', true],
    ['in a folder above', { 'ftplog.config.yaml': off, 'a/b/x': '' }, 'a/b', true],
    ['as .yml', { 'ftplog.config.yml': off }, '.', true],
    ['as .json', { 'ftplog.config.json': '{"rules":{"login-bruteforce":false}}' }, '.', true],
    ['as .toml', { 'ftplog.config.toml': '[rules]\nlogin-bruteforce = "off"\n' }, '.', true],
    ['beside .git', { 'ftplog.config.yaml': off, '.git/x': '', 'a/x': '' }, 'a', true],
    ['not above .git', { 'ftplog.config.yaml': off, 'a/.git/x': '', 'a/b/x': '' }, 'a/b', false],
    ['not where .git is a file', { 'ftplog.config.yaml': off, 'a/.git': 'gitdir: x', 'a/b/x': '' }, 'a/b', false],
    ['not under another name', { 'ftplog.yaml': off }, '.', false],
  ])('is found %s', async (_, files, folder, found) => {
    const made = at(files as Readonly<Record<string, string>>);
    const { out } = await made.run(['--format', 'json'], { input: log, cwd: join(made.folder, folder) });
    expect(rulesIn(JSON.parse(out) as Json).includes('login-bruteforce')).toBe(!found);
  });

  it('is not looked for with --no-config, and another is taken with --config', async () => {
    const made = at({ 'ftplog.config.yaml': off, 'x/other.toml': '[rules]\nprivileged-login-attempt = "off"\n' });
    expect(rulesIn(await report(made, ['--no-config']))).toContain('login-bruteforce');
    const other = rulesIn(await report(made, ['--config', 'x/other.toml']));
    expect(other).toContain('login-bruteforce');
    expect(other).not.toContain('privileged-login-attempt');
  });

  it('is not written over by a report, named or found', async () => {
    const made = at({ 'ftplog.config.yaml': off });
    for (const argv of [[], ['--config', 'ftplog.config.yaml']]) {
      const { status, err } = await made.run([...argv, '-o', `json=${join(made.folder, 'ftplog.config.yaml')}`], {
        input: log,
      });
      expect([status, err]).toEqual([2, expect.stringContaining('would overwrite')]);
    }
  });

  it.each([
    ['two of them', { 'ftplog.config.yaml': '', 'ftplog.config.json': '{}' }, [], 'two configurations in'],
    ['none of this name', {}, ['--config', 'x.yaml'], "configuration 'x.yaml': no such file"],
    ['an unknown format', { 'x.ini': '' }, ['--config', 'x.ini'], "configuration 'x.ini' is in no known format"],
    ['not UTF-8', { 'x.json': '\ud800' }, ['--config', 'x.json'], 'x.json:1:1'],
    ['both options', {}, ['--config', 'x', '--no-config'], 'exclude each other'],
    [
      'wrong',
      { 'ftplog.config.yaml': 'tpo: 1\ntop: a\n' },
      [],
      "ftplog: ftplog.config.yaml:1:1: unknown key 'tpo' — did you mean 'top'?\nftplog: ftplog.config.yaml:2:6: 'top' wants",
    ],
  ])('%s: exit status 2', async (_, files, argv, message) => {
    const { status, out, err } = await at(files as Readonly<Record<string, string>>).run(argv, { input: log });
    expect([status, out]).toEqual([2, '']);
    expect(err).toContain(message);
  });

  it('gives what the command line does not', async () => {
    const made = at({ 'ftplog.config.yaml': 'top: 1\nfailOn: medium\n' });
    const configured = await report(made);
    expect([configured.clients.length, configured.status]).toEqual([1, 1]);
    const typed = await report(made, ['--top', '2', '--fail-on', 'never']);
    expect([typed.clients.length, typed.status]).toEqual([2, 0]);
  });

  it('sets severities and thresholds, and has rules of its own', async () => {
    const yaml =
      'rules:\n  login-bruteforce:\n    severity: low\n  privileged-login-attempt: critical\n' +
      'customRules:\n  - { id: bob-deletes, title: Bob deletes, severity: high, match: { verb: DELE, user: bob } }\nfailOn: bob-deletes\n';
    const made = at({ 'ftplog.config.yaml': yaml });
    const { findings, status, rules } = await report(made);
    expect(findings.map((f) => `${f.severity} ${f.rule}`)).toEqual(
      expect.arrayContaining(['low login-bruteforce', 'critical privileged-login-attempt', 'high bob-deletes']),
    );
    expect(rules.map((rule) => rule.id)).toContain('bob-deletes');
    expect(status).toBe(1);
    const strict = at({
      'ftplog.config.yaml':
        'rules:\n  login-bruteforce:\n    thresholds: { fastFailures: 13, mediumFailures: 13, slowFailures: 13 }\n',
    });
    expect(rulesIn(await report(strict))).not.toContain('login-bruteforce');
  });
});

describe('--print-config', () => {
  it('tells what is in force and where it comes from', async () => {
    const yaml =
      'rules:\n  bounce-port: off\n  orphan-reply: { severity: info }\nbusinessHours: { from: "08:00", to: "18:00" }\ntop: 3\nfailOn: low\n';
    const { status, out } = await at({ 'ftplog.config.yaml': yaml }).run(['--print-config', '--top', '7']);
    expect(status).toBe(0);
    for (const line of [
      '# configuration file: ftplog.config.yaml',
      '  bounce-port:\n    enabled: false  # ftplog.config.yaml:2\n    severity: high  # default',
      '  orphan-reply:\n    enabled: true  # default\n    severity: info  # ftplog.config.yaml:3',
      '      dayBegins: 8  # ftplog.config.yaml:4',
      'top: 7  # --top',
      'failOn: low  # ftplog.config.yaml:6',
      'timezone: "UTC"  # default',
    ])
      expect(out).toContain(line);
    const again = await at({ 'ftplog.config.yaml': out }).run(['--print-config', '--format', 'json']);
    expect(JSON.parse(again.out)).toMatchObject({
      file: 'ftplog.config.yaml',
      config: { top: 7 },
      origins: { 'rules.bounce-port.enabled': expect.stringMatching(/^ftplog\.config\.yaml:\d+$/) },
    });
  });
});

describe('the allow-list', () => {
  const entry = (text: string): string => `allow:\n  - ${text}\n`;

  it.each([
    ['a client', 'client: 203.0.113.0/24', ['203.0.113.9']],
    ['a client, and a rule', '{ client: 203.0.113.9, rules: login-bruteforce, reason: r }', ['203.0.113.9']],
    ['another rule', '{ client: 203.0.113.9, rules: mass-delete, reason: r }', []],
    ['a user where the finding names none', '{ client: 203.0.113.9, user: admin, reason: r }', []],
  ])('covers %s', async (_, text, clients) => {
    const made = at({ 'ftplog.config.yaml': entry(text.startsWith('{') ? text : `${text}\n    reason: r`) });
    const { suppressed = [], findings, status } = await report(made, ['--fail-on', 'login-bruteforce']);
    const covered = suppressed.map((row) => (row as unknown as { subject: { client: string } }).subject.client);
    expect([...new Set(covered)]).toEqual(clients);
    expect(findings.some((f) => f.rule === 'login-bruteforce')).toBe(clients.length === 0);
    expect(status).toBe(clients.length === 0 ? 1 : 0);
  });

  it('tells the reason, the place and the end in the report', async () => {
    const made = at({
      'ftplog.config.yaml': entry(
        '{ client: 203.0.113.9, reason: our scanner, expires: 2026-06-15, rules: login-bruteforce }',
      ),
    });
    const { suppressed, err } = await report(made, ['--fail-on', 'high']);
    expect(suppressed).toMatchObject([
      { rule: 'login-bruteforce', reason: 'our scanner', allowed: 'ftplog.config.yaml:2', expires: '2026-06-15' },
    ]);
    expect(err).toContain('(1 suppressed)');
  });

  it.each([
    ['2026-06-15T23:59:59Z', true],
    ['2026-06-16T00:00:00Z', false],
  ])('at %s an entry up to 2026-06-15 applies: %s', async (now, applies) => {
    const made = at({
      'ftplog.config.yaml': entry('{ client: 203.0.113.9, reason: our scanner, expires: 2026-06-15 }'),
    });
    const { suppressed = [], err } = await report(made, [], now);
    expect(suppressed.length > 0).toBe(applies);
    expect(
      err.includes("ftplog.config.yaml:2: allow-list entry expired on 2026-06-15 and does not apply — 'our scanner'"),
    ).toBe(!applies);
  });

  it('with a path covers what is in it, and no more', async () => {
    const upload = (n: number, path: string): string =>
      `Mon Mar  2 09:00:0${n} 2026 [pid 9] [ftp] OK UPLOAD: Client "192.0.2.${n}", "${path}", 5 bytes, 1.00Kbyte/sec`;
    const login = (n: number): string =>
      `Mon Mar  2 09:00:0${n} 2026 [pid 9] [ftp] OK LOGIN: Client "192.0.2.${n}", anon password "x@y"`;
    const connect = (n: number): string => `Mon Mar  2 09:00:0${n} 2026 [pid 9] CONNECT: Client "192.0.2.${n}"`;
    const lines = [
      connect(1),
      login(1),
      upload(1, '/incoming/a'),
      connect(2),
      login(2),
      upload(2, '/incoming/b'),
      upload(2, '/pub/c'),
    ];
    const made = at({
      'ftplog.config.yaml': entry('{ path: /incoming/**, rules: anonymous-upload, reason: drop box }'),
    });
    const { out } = await made.run(['--format', 'json'], { input: `${lines.join('\n')}\n` });
    const { findings, suppressed = [] } = JSON.parse(out) as Json;
    const seen = (list: Json['findings']) =>
      list.filter((f) => f.rule === 'anonymous-upload').map((f) => [f.subject, f.count]);
    expect(seen(findings)).toEqual([[{ client: '192.0.2.2' }, 1]]);
    expect(seen(suppressed as unknown as Json['findings'])).toEqual([[{ client: '192.0.2.1' }, 1]]);
    expect(JSON.stringify(findings)).not.toContain('allowedBy');
  });
});

describe('--baseline', () => {
  async function baseline(made: Place): Promise<string> {
    return (await made.run(['--format', 'json', '--no-config'], { input: before })).out;
  }

  it('marks what is known, which does not fail the run, and lists new pairs', async () => {
    const made = at({});
    const old = join(made.folder, 'old.json');
    const { writeFileSync } = await import('node:fs');
    writeFileSync(old, await baseline(made));
    const against = await report(made, ['--baseline', old, '--fail-on', 'privileged-login-attempt']);
    const marks = against.findings
      .filter((f) => f.rule === 'privileged-login-attempt')
      .map((f) => [f.subject, f.known]);
    expect(marks).toEqual(
      expect.arrayContaining([
        [{ client: '192.0.2.11' }, true],
        [{ client: '203.0.113.9' }, false],
      ]),
    );
    expect(against.status).toBe(1);
    expect(against.baseline).toMatchObject({ newPairs: [{ client: '198.51.100.4', user: 'bob', count: 1 }] });
    const same = await made.run(['--format', 'json', '--baseline', old, '--fail-on', 'info'], { input: before });
    expect([same.status, (JSON.parse(same.out) as Json).baseline]).toMatchObject([
      0,
      { new: 0, gone: 0, newPairs: [] },
    ]);
    expect(same.err).toMatch(/^ftplog: no new findings for --fail-on info \(\d+ known\)\n$/);
  });

  it.each([
    ['is missing', {}, "ftplog: baseline 'old.json': no such file — write one with -o json=FILE\n"],
    [
      'is not JSON',
      { 'old.json': 'Sessions' },
      "ftplog: baseline 'old.json': is not JSON — write one with -o json=FILE\n",
    ],
    ['is other JSON', { 'old.json': '{"a":1}' }, 'no report of ftplog'],
    ['is of a later version', { 'old.json': '{"schemaVersion":2,"tool":{"name":"ftplog"}}' }, 'schemaVersion is 2'],
  ])('%s: exit status 2', async (_, files, message) => {
    const made = at(files as Readonly<Record<string, string>>);
    const argv = ['--baseline', join(made.folder, 'old.json')];
    const { status, out, err } = await made.run(argv, { input: log });
    expect([status, out]).toEqual([2, '']);
    expect(err.replace(made.folder, '').replace("'/", "'")).toContain(message);
  });
});
