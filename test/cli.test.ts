/** The command from outside: exit status, streams, and input of every kind. */
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../src/cli/main.ts';
import { type Bin, bin, type Ran, runBin, runShell } from './support/bin.ts';

const log = 'fixtures/corpus/vsftpd-protocol/raw-9.plain.log';
const other = 'fixtures/corpus/pyftpdlib-two-levels/pyftpdlib.debug.log';
const transcript = '220 ready\nUSER bob\n331 Password\nPASS hunter2\n230 in\nQUIT\n221 bye\n';

let built: Bin;
let folder: string;

beforeAll(async () => {
  built = await bin();
  folder = mkdtempSync(join(tmpdir(), 'ftplog-test-'));
});

afterAll(() => {
  built.remove();
  rmSync(folder, { recursive: true, force: true });
});

function ftplog(args: readonly string[], options: Parameters<typeof runBin>[2] = {}): Ran {
  return runBin(built.path, args, options);
}

/** The same without a process of its own, where nothing depends on one: a twentieth of the time. */
async function inside(
  args: readonly string[],
  env: Record<string, string> = {},
  input: string | Buffer = '',
): Promise<Ran> {
  const ran = { stdout: '', stderr: '' };
  const into = (stream: keyof typeof ran): Writable =>
    new Writable({
      write(chunk, _encoding, done): void {
        ran[stream] += String(chunk);
        done();
      },
    });
  const streams = {
    stdin: Readable.from(input.length === 0 ? [] : [Buffer.from(input)]),
    stdout: into('stdout'),
    stderr: into('stderr'),
  };
  const status = await main(args, { ...streams, env, now: Date.now() });
  return { status, ...ran };
}

function written(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

interface JsonReport {
  readonly sources: readonly {
    readonly name: string;
    readonly lines: number;
    readonly understood: number;
    readonly unparsed: number;
    readonly error: string;
  }[];
  readonly overview: { readonly sessions: number; readonly commands: number };
  readonly sessions: readonly { readonly session: string }[];
  readonly tally: Readonly<Record<string, number>>;
}

function json(ran: Ran): JsonReport {
  return JSON.parse(ran.stdout) as JsonReport;
}

/** One line, no stack. */
function expectOneLine(text: string): void {
  expect(text).toMatch(/^ftplog: [^\n]+\n$/);
}

describe('the exit status', () => {
  it('is 0 for a log in which nothing is asked for', () => {
    const ran = ftplog([log]);
    expect(ran.status).toBe(0);
    expect(ran.stdout).toContain('Overview');
  });

  it('is 1 for a finding at or above --fail-on, and 0 for one below', async () => {
    const bounce =
      '220 ready\nUSER bob\n331 Password\nPASS x\n230 in\nPORT 203,0,113,9,0,25\n200 ok\nHELP\n220 no\nSTAT\n';
    const findings = (
      JSON.parse((await inside(['-f', 'json'], {}, bounce)).stdout) as { findings: readonly { severity: string }[] }
    ).findings;
    expect(findings.length).toBeGreaterThan(0);
    expect((await inside(['--fail-on', 'info'], {}, bounce)).status).toBe(1);
    expect((await inside(['--fail-on', 'never'], {}, bounce)).status).toBe(0);
    expect((await inside([], {}, bounce)).status).toBe(0);
  });

  it.each([
    ['an unknown option', ['--no-such-option', log]],
    ['an unknown format', ['--format', 'yaml', log]],
    ['an unknown dialect', ['--dialect', 'no-such-dialect', log]],
    ['an unknown severity', ['--fail-on', 'dreadful', log]],
    ['an unknown zone', ['--timezone', 'Mars/Olympus', log]],
    ['a year that is none', ['--year', 'soon', log]],
    ['a percentage that is none', ['--max-unparsed', 'all', log]],
    ['a number that is none', ['--top', '-1', log]],
    ['an option without its value', [log, '--format']],
    ['a value for an option that has none', ['--quiet=yes', log]],
    ['rows that do not exist', ['--format', 'ndjson', '--rows', 'exchange,nonsense', log]],
    ['an output without a file', ['--output', 'json', log]],
  ])('is 2 for %s, with one line on what was wrong', async (_, args) => {
    const ran = await inside(args);
    expect(ran.status).toBe(2);
    expect(ran.stdout).toBe('');
    expectOneLine(ran.stderr);
  });

  it('is 3 for a missing file, and the other files are still reported', () => {
    const ran = ftplog(['-q', '-f', 'json', join(folder, 'missing.log'), log]);
    expect(ran.status).toBe(3);
    expectOneLine(ran.stderr);
    expect(ran.stderr).toContain('missing.log');
    const { sources, overview } = json(ran);
    expect(sources.map((s) => [s.name.split('/').at(-1), s.error !== ''])).toEqual([
      ['missing.log', true],
      ['raw-9.plain.log', false],
    ]);
    expect(overview.commands).toBeGreaterThan(0);
  });

  it('is 3 for a directory', async () => {
    const ran = await inside(['-q', folder]);
    expect(ran.status).toBe(3);
    expectOneLine(ran.stderr);
  });

  it('is 3 for a gzip file that ends too soon, and what was read is reported', async () => {
    const whole = gzipSync(Buffer.concat(Array.from({ length: 40 }, () => readFileSync(other))), { level: 1 });
    const ran = await inside(['-q', '-f', 'json', written('torn.gz', whole.subarray(0, whole.length - 2000))]);
    expect(ran.status).toBe(3);
    expectOneLine(ran.stderr);
    expect(json(ran).sources[0]?.error).not.toBe('');
    expect(json(ran).overview.commands).toBeGreaterThan(0);
  });

  it('is 3 when an error stands beside findings', async () => {
    expect((await inside(['--fail-on', 'info', join(folder, 'missing.log'), log])).status).toBe(3);
  });

  it('is 0 for help and version', () => {
    expect(ftplog(['--help'])).toMatchObject({ status: 0, stderr: '' });
    expect(ftplog(['--version']).stdout).toMatch(/^ftplog \d+\.\d+\.\d+/);
  });
});

it('writes all kinds of rows in csv where all are asked for', () => {
  const { stdout } = ftplog([
    '-f',
    'csv',
    '--rows',
    'exchange,session,transfer,statement,diagnosis,finding,summary',
    log,
  ]);
  expect(stdout).toMatch(/^exchange,/m);
  expect(stdout).toMatch(/^summary,/m);
  expect(ftplog(['-f', 'csv', log]).stdout).not.toMatch(/^summary,/m);
});

describe('the help', () => {
  it.each([[], ['explain'], ['dialects'], ['rules'], ['diff'], ['render']])(
    'of ftplog %s fits 80 columns',
    async (...command) => {
      for (const flag of ['--help', '-h']) {
        const { status, stdout } = await inside([...command, flag]);
        expect(status).toBe(0);
        expect(stdout).toMatch(/^Usage: ftplog /);
        expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
      }
    },
  );

  it.each([
    ['--hlep', '--help'],
    ['--fromat', '--format'],
    ['--out', '--output'],
    ['--json', '--format json'],
  ])('knows that %s is %s', async (typed, meant) => {
    expect(await inside([typed])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining(`did you mean ${meant}?`),
    });
  });
});

describe('a mistyped command', () => {
  it.each([
    ['help', '--help'],
    ['rule', 'rules'],
    ['explian', 'explain'],
  ])('%s is taken for a file, and said to be ftplog %s', async (typed, meant) => {
    expect(await inside([typed])).toMatchObject({
      status: 3,
      stderr: `ftplog: ${typed}: no such file — did you mean ftplog ${meant}?\n`,
    });
  });
});

describe('the input', () => {
  it('may be long: the process is told when all is read, and the report is the same', () => {
    const lines = readFileSync(log, 'utf8');
    const times = Math.ceil((9 * 1024 * 1024) / lines.length);
    const long = json(ftplog(['-f', 'json', '--top', '10', '--no-config', written('long.log', lines.repeat(times))]));
    const short = json(ftplog(['-f', 'json', '--no-config', log]));
    expect(long.sources[0]?.understood).toBe((short.sources[0]?.understood ?? 0) * times);
    expect(long.overview.commands).toBeGreaterThanOrEqual(short.overview.commands * (times - 1));
  });

  it('may be empty', () => {
    const ran = ftplog([], { input: '' });
    expect(ran.status).toBe(0);
    expect(ran.stdout).toMatch(/empty|nothing|no FTP|no input/i);
  });

  it.each([
    ['a web server log', 'fixtures/hostile/web-server.log'],
    ['binary garbage', 'fixtures/hostile/binary.log'],
  ])('that is %s is said to be not understood, with counts and three escaped samples', async (_, path) => {
    const ran = await inside([path]);
    expect(ran.status).toBe(0);
    const { sources } = json(await inside(['-f', 'json', path]));
    const unparsed = sources[0]?.unparsed ?? 0;
    expect(unparsed).toBeGreaterThan(10);
    expect(ran.stdout).toContain(`${unparsed} not understood`);
    expect(ran.stdout.match(/not understood, line \d+: /g)).toHaveLength(3);
    expect(ran.stdout).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
    expect((await inside(['--max-unparsed', '10', path])).status).toBe(3);
    expect((await inside(['--max-unparsed', '100', path])).status).toBe(0);
  });

  it('may be standard input, named or not', () => {
    const plain = ftplog(['-f', 'ndjson'], { input: transcript });
    expect(plain.stdout).toContain('"verb":"USER"');
    expect(ftplog(['-f', 'ndjson', '-'], { input: transcript }).stdout).toBe(plain.stdout);
  });

  it.each([
    ['gzip', gzipSync(transcript)],
    ['UTF-16', Buffer.from(`\ufeff${transcript}`, 'utf16le')],
    ['CR LF', Buffer.from(transcript.replaceAll('\n', '\r\n'))],
    ['lone CR', Buffer.from(transcript.replaceAll('\n', '\r'))],
    ['no line end at the end', Buffer.from(transcript.trimEnd())],
  ])('may be in %s, in a file and on a pipe', async (name, octets) => {
    const args = ['-f', 'ndjson', '--rows', 'exchange,session'];
    const rows = (ran: Ran): string =>
      ran.stdout
        .split('\n')
        .slice(1)
        .join('\n')
        .replaceAll(/"source":"[^"]*"/g, '');
    const expected = rows(await inside(args, {}, transcript));
    expect(expected).toContain('"end":"quit"');
    expect(rows(ftplog(args, { input: octets }))).toBe(expected);
    expect(rows(await inside([...args, written(`${name}.log`, octets)]))).toBe(expected);
  });

  it('may be several files, whose sessions have ids of their own', async () => {
    const { sources, sessions } = json(await inside(['-f', 'json', '--top', '0', log, other]));
    expect(sources.map((s) => s.name)).toEqual([log, other]);
    expect(new Set(sessions.map((s) => s.session)).size).toBe(sessions.length);
    expect(sessions.some((s) => s.session.endsWith('@2'))).toBe(true);
  });

  it('may be a copy of another, which tells nothing new', async () => {
    const once = json(await inside(['-f', 'json', '--top', '0', log]));
    const twice = json(await inside(['-f', 'json', '--top', '0', log, log]));
    expect(twice.sources.map((s) => s.name)).toEqual([log, log]);
    expect(twice.sessions).toEqual(once.sessions);
  });

  it('that ends within a reply loses nothing', async () => {
    const ran = await inside(['-f', 'ndjson'], {}, '220 ready\nHELP\n214-The following commands\n ABOR ACCT');
    const rows = ran.stdout
      .split('\n')
      .filter((line) => line.startsWith('{"type":"exchange"') && line.includes('"HELP"'));
    expect(rows).toHaveLength(1);
    expect(JSON.parse(rows[0] ?? '')).toMatchObject({
      code: 214,
      replies: [{ text: 'The following commands\n ABOR ACCT', lines: 2 }],
      deviations: ['multiline-unterminated'],
    });
  });

  // script(1) lends the command a terminal; without it there is none to test on.
  it.skipIf(!existsSync('/usr/bin/script'))('that is a terminal gets a short help (needs script)', () => {
    const command = `${process.execPath} ${built.path}`;
    const ran = spawnSync('script', ['-qec', command, '/dev/null'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 15_000,
    });
    expect(ran.status).toBe(2);
    const help = ran.stdout.toString('utf8');
    expect(help).toContain('cat session.log | ftplog');
    expect(help.split('\n').length).toBeLessThan(12);
  });
});

describe('an input in which no FTP is found', () => {
  it('is no pass where the run is to judge it', async () => {
    const text = written('letter.txt', 'Dear all,\nthe server moves on Friday.\n');
    for (const args of [
      ['--fail-on', 'high'],
      ['-f', 'junit'],
      ['-o', `sarif=${join(folder, 'letter.sarif')}`],
    ]) {
      const ran = await inside([...args, text]);
      expect(ran.status).toBe(3);
      expect(ran.stderr).toContain('letter.txt: no FTP found in it');
      expect(ran.stderr).not.toContain('no findings');
    }
    expect((await inside(['-f', 'junit', text])).stdout).toContain('errors="1"');
    expect(await inside(['-q', text])).toMatchObject({ status: 0, stderr: '' });
    expect(await inside(['--fail-on', 'critical', text, log])).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('1 of 2 inputs not read'),
    });
    expect((await inside(['--fail-on', 'high'], {}, '')).stderr).toContain('standard input: is empty');
  });
});

describe('options before a command', () => {
  it.each([
    ['--format json rules', 'rules --format json'],
    ['-f json dialects', 'dialects -f json'],
    ['--no-color explain 214', 'explain 214 --no-color'],
    ['-q rules', 'rules'],
    ['--help diff', 'diff --help'],
  ])('%s is %s', async (before, behind) => {
    const ran = await inside(before.split(' '));
    expect(ran).toEqual(await inside(behind.split(' ')));
    expect(ran.status).toBe(0);
  });

  it('does not make a command of a file', async () => {
    expect(await inside(['-f', 'json', '--', 'rules'])).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('no such file'),
    });
    expect(await inside(['-f', 'rules'])).toMatchObject({ status: 2 });
  });
});

describe('an output', () => {
  it('never is an input or another output, by whatever name', () => {
    const input = written('input.log', transcript);
    linkSync(input, join(folder, 'hard.log'));
    symlinkSync(input, join(folder, 'soft.log'));
    symlinkSync(join(folder, 'new.json'), join(folder, 'dangling'));
    for (const args of [
      [input, '-o', `json=${input}`],
      [input, '-o', `json=${folder}/./input.log`],
      [input, '-o', `json=${join(folder, 'hard.log')}`],
      [join(folder, 'soft.log'), '-o', `json=${input}`],
      [input, '-o', `json=${join(folder, 'new.json')}`, '-o', `csv=${join(folder, 'dangling')}`],
      ['render', input, '-o', `html=${input}`],
      ['-', '-', '-q'],
    ]) {
      const ran = ftplog(args);
      expect(ran.status).toBe(2);
      expect(ran.stdout).toBe('');
      expectOneLine(ran.stderr);
    }
    expect(readFileSync(input, 'utf8')).toBe(transcript);
    expect(existsSync(join(folder, 'new.json'))).toBe(false);
    expect(runShell(built.path, `$FTPLOG '${input}' >> '${input}'`).status).toBe(2);
    expect(runShell(built.path, `$FTPLOG '${input}' -o json=/dev/stdout`).status).toBe(2);
    expect(ftplog(['-q', input, '-o', 'json=/dev/null', '-o', 'csv=/dev/null']).status).toBe(0);
  });
});

describe('a signal', () => {
  it.each([
    ['INT', 130],
    ['TERM', 143],
    ['HUP', 129],
  ])('%s ends the reading: the report of what was read', (name, status) => {
    const path = join(folder, `${name}.json`);
    const line = `(printf '220 ready\\r\\nUSER bob\\r\\n331 Password\\r\\nPASS x\\r\\n230 in\\r\\n'; sleep 3) | (trap '' PIPE; $FTPLOG -f ndjson -o 'json=${path}' & sleep 2; kill -${name} $!; wait $!; echo "status $?")`;
    const ran = runShell(
      built.path,
      line.replace('$FTPLOG -f', 'exec 3<&0; $FTPLOG -f').replace(' & sleep', ' <&3 & sleep'),
    );
    expect(ran.stdout).toContain('{"type":"summary"');
    expect(ran.stdout).toContain(`status ${status}`);
    expect(ran.stderr).toContain(`SIG${name}: the report holds what was read until then`);
    const report = JSON.parse(readFileSync(path, 'utf8')) as JsonReport;
    expect(report.sources[0]?.error).toContain('read only in part');
    expect(readdirSync(folder).filter((file) => file.endsWith('.tmp'))).toEqual([]);
  });
});

describe('a file that is not there', () => {
  it('is told the one that may be meant', async () => {
    written('vsftpd.log', transcript);
    expect((await inside([join(folder, 'vsftp.log')])).stderr).toContain(`did you mean ${join(folder, 'vsftpd.log')}?`);
    expect((await inside([join(folder, 'nothing-like-it')])).stderr).not.toContain('did you mean');
    expect((await inside(['a\nb\x1b[31m'])).stderr).toBe('ftplog: a\\nb\\x1b[31m: no such file\n');
  });
});

describe('the compiled form of the command', () => {
  it.skipIf(!existsSync('dist/bin.cjs'))('never decides what runs', () => {
    const copy = join(folder, 'dist');
    for (const damage of ['folder', 'empty', 'foreign', 'flipped', 'other source'] as const) {
      rmSync(copy, { recursive: true, force: true });
      mkdirSync(copy);
      for (const name of ['bin.cjs', 'command.cjs']) copyFileSync(join('dist', name), join(copy, name));
      const cache = readFileSync('dist/command.cache');
      const path = join(copy, 'command.cache');
      if (damage === 'folder') mkdirSync(path);
      else if (damage === 'empty') writeFileSync(path, '');
      else if (damage === 'foreign') writeFileSync(path, cache.subarray(32));
      else {
        if (damage === 'flipped') cache.fill(0x55, cache.length / 2, cache.length / 2 + 4096);
        writeFileSync(path, cache);
      }
      if (damage === 'other source') {
        const code = readFileSync(join(copy, 'command.cjs'), 'latin1');
        writeFileSync(join(copy, 'command.cjs'), code.replace('pairs every command', 'PAIRS every command'), 'latin1');
      }
      const ran = runBin(join(copy, 'bin.cjs'), ['--help']);
      expect(ran, damage).toMatchObject({ status: 0, stderr: '' });
      expect(ran.stdout).toContain(damage === 'other source' ? 'PAIRS every command' : 'pairs every command');
    }
  });
});

describe('the output', () => {
  it('may be closed at any time', () => {
    const many = written('many.log', transcript.repeat(20_000));
    const ran = runShell(built.path, `$FTPLOG -q -f ndjson '${many}' | head -n 1; echo "status \${PIPESTATUS[0]}"`);
    expect(ran.stdout).toMatch(/"type":"header".*\nstatus 0\n$/);
    expect(ran.stderr).toBe('');
  });

  it('of a command may be closed at any time', () => {
    const ran = runShell(built.path, `$FTPLOG rules | head -n 1; echo "status \${PIPESTATUS[0]}"`);
    expect(ran.stdout).toMatch(/^anonymous-login .*\nstatus 0\n$/);
    expect(ran.stderr).toBe('');
  });

  // Linux has a device that refuses every octet; other systems do not.
  it.skipIf(!existsSync('/dev/full'))('of a command that cannot be written is said (needs /dev/full)', () => {
    const ran = runShell(built.path, '$FTPLOG rules > /dev/full; echo "status $?"');
    expect(ran).toMatchObject({
      stdout: 'status 3\n',
      stderr: expect.stringMatching(/^ftplog: standard output: .*\n$/),
    });
  });

  it('of a machine is the report and nothing else', () => {
    const ran = ftplog(['-f', 'json', log]);
    expect(() => json(ran)).not.toThrow();
    expect(ran.stderr.split('\n').length).toBeLessThanOrEqual(2);
    expect(ftplog(['-q', '-f', 'json', log]).stderr).toBe('');
  });

  it('has colours only where they are wanted', async () => {
    const colored = async (args: readonly string[], env: Record<string, string> = {}): Promise<boolean> =>
      (await inside([...args, log], env)).stdout.includes('\x1b[');
    expect(await colored([])).toBe(false);
    expect(await colored(['--color'])).toBe(true);
    expect(await colored([], { FORCE_COLOR: '1' })).toBe(true);
    expect(await colored([], { FORCE_COLOR: '0' })).toBe(false);
    expect(await colored([], { FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(false);
    expect(await colored(['--color'], { NO_COLOR: '1' })).toBe(true);
    expect(await colored(['--no-color'], { FORCE_COLOR: '1' })).toBe(false);
    expect(await colored(['--no-color', '--color'])).toBe(true);
    expect(await colored(['--color=always'])).toBe(true);
    expect(await colored(['--color=never'], { FORCE_COLOR: '1' })).toBe(false);
    expect(await colored(['--color=auto'])).toBe(false);
    expect(await inside(['--color=blue', log])).toMatchObject({ status: 2, stdout: '' });
  });

  it('fits 80 columns', async () => {
    for (const path of [log, other, 'fixtures/hostile/injected.log']) {
      const long = (await inside([path], { COLUMNS: '80' })).stdout.split('\n').filter((line) => [...line].length > 80);
      expect(long).toEqual([]);
    }
  });

  it('goes to as many files as are asked for, in one pass', async () => {
    const path = join(folder, 'report.json');
    const ran = await inside(['-q', '-f', 'ndjson', '-o', `json=${path}`, log]);
    expect(ran.status).toBe(0);
    expect(readFileSync(path, 'utf8')).toBe((await inside(['-q', '-f', 'json', log])).stdout);
  });

  it('says what cannot be written, in one line, and writes the rest', async () => {
    const path = join(folder, 'written.json');
    const ran = await inside(['-q', '-o', `json=${join(folder, 'no', 'x.json')}`, '-o', `json=${path}`, log]);
    expect(ran.status).toBe(3);
    expectOneLine(ran.stderr);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ schemaVersion: 1 });
  });

  it('writes to a device without replacing it', () => {
    expect(ftplog(['-q', '-o', 'json=/dev/null', log]).status).toBe(0);
    expect(statSync('/dev/null').isFile()).toBe(false);
  });

  it('depends neither on the time zone nor on the language of the machine', () => {
    const here = ftplog([log, other], { env: { TZ: 'UTC', LANG: 'C' } });
    const there = ftplog([log, other], { env: { TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' } });
    expect(there.stdout).toBe(here.stdout);
  });

  const url = 'ftp://bob:hunter2@ftp.example.org/x.log';
  it.each([
    [url],
    ['-o', `json=${url}/a`],
    ['-o', `nothing=${url}`],
    ['-d', url],
    ['--timezone', url],
    ['--top', url],
    ['--fail-on', url],
    ['--config', url],
    ['--config', `${url}.yaml`],
    ['--baseline', url],
    ['-f', url],
    [`--${url}`],
    ['--password=hunter2'],
    ['explain', url],
    ['explain', 'PASS hunter2'],
    ['explain', 'USER bob, PASS hunter2'],
    ['explain', 'password=hunter2'],
    ['explain', 'curl -u bob:hunter2 ftp://ftp.example.org/'],
    ['explain', '--search', url],
    ['explain', '--search', 'password hunter2'],
    ['explain', '--list', url],
    ['render', url],
    ['diff', url, url],
    ['dialects', url],
    ['dialects', '--explain', url],
    ['rules', url],
    ['print-config', url],
  ])('repeats no secret that was typed: %s', async (...args) => {
    const { stdout, stderr } = await inside(args);
    expect(stdout + stderr).not.toBe('');
    expect(stdout + stderr).not.toContain('hunter2');
  });

  it('repeats no secret of a configuration or a file name', async () => {
    for (const text of [`top: '${url}'`, "timezone: 'password=hunter2'", 'rules: {password=hunter2: off}']) {
      const ran = await inside(['--config', written('secret.yaml', text), log]);
      expect(ran.status).toBe(2);
      expect(ran.stderr).not.toContain('hunter2');
    }
    mkdirSync(join(folder, 'bob:hunter2@ftp.example.org'));
    const path = written('bob:hunter2@ftp.example.org/x.log', transcript);
    for (const args of [[path], [`${path}.gz`], ['dialects', '--explain', path], ['-o', `json=${path}`, path]]) {
      const { stdout, stderr } = await inside(args);
      expect(stdout + stderr).not.toContain('hunter2');
    }
  });

  it('holds no password', async () => {
    for (const format of ['table', 'json', 'ndjson']) {
      expect((await inside(['-f', format], {}, transcript)).stdout).not.toContain('hunter2');
    }
  });
});
