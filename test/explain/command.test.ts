import { describe, expect, it } from 'vitest';
import { explainCommand } from '../../src/cli/explain.ts';
import type { ExplainSources } from '../../src/explain/resolve.ts';
import type { RuleMeta } from '../../src/model.ts';
import { type Outcome, runCommand } from '../support/command.ts';

const rule: RuleMeta = {
  id: 'bounce-port',
  status: 'stable',
  severity: 'high',
  group: 'integrity',
  title: 'A PORT names a third host',
  why: 'The server is asked to connect to someone else.',
  advice: 'Refuse foreign addresses in PORT.',
  falseAlarms: 'Clients behind NAT.',
  references: ['RFC 2577 §2'],
  attack: ['T1090'],
  cwe: ['CWE-441'],
  thresholds: { tries: 3 },
};

const sources: ExplainSources = {
  rules: async () => [rule],
  lineReader: async () => (line) =>
    line.startsWith('LOG ')
      ? {
          dialect: 'toy',
          format: 'Toy log',
          kind: 'exchange',
          verb: 'STAT',
          arg: 'pub',
          code: 221,
          text: 'End\u001b[2J',
          client: '192.0.2.7',
          user: '',
          outcome: '',
        }
      : undefined,
};

const explain = explainCommand(sources);

function run(...argv: readonly string[]): Promise<Outcome> {
  return runCommand(explain, argv);
}

describe('ftplog explain', () => {
  it.each([
    [['214'], '214  Help message'],
    [['214-'], '214  Help message'],
    [['009'], '009  Message not sent'],
    [['retr'], 'RETR  Retrieve'],
    [['SITE', 'chmod'], 'SITE CHMOD  Change mode'],
    [['SITE CHMOD'], 'SITE CHMOD  Change mode'],
    [['SITE'], 'SITE  Site parameters'],
    [['214', '221'], '214 and 221  Help message'],
    [['214', 'vs', '221'], '214 and 221  Help message'],
    [['214', '214'], '214  Help message'],
    [['STAT', '221'], 'STAT 221  Service closing'],
    [['221', 'stat'], 'STAT 221  Service closing'],
    [['SITE', 'UTIME', '220'], 'SITE UTIME 220  Service ready'],
    [['bounce-port'], 'bounce-port  A PORT names a third host'],
    [['5yz'], '5yz  Permanent negative'],
    [['4xx'], '4yz  Transient negative'],
    [['x3z'], 'x3z  Authentication'],
    [['10054'], '10054  no reply code of FTP'],
    [['LOG anything'], 'line  what the line says'],
    [['--', '214'], '214  Help message'],
    [['-fjson', '---> NOOP'], '{'],
    [['--search=timeout'], 'search  timeout'],
    [['214 vs 221'], '214 and 221  Help message'],
    [['221 421'], '221 and 421  Service closing'],
    [['ftp', '214', '221'], '214 and 221  Help message'],
    [['221', 'or', '421'], '221 and 421  Service closing'],
    [['214/221'], '214 and 221  Help message'],
    [['221-226'], '221 and 226  Service closing'],
    [['550 RETR'], 'RETR 550  File unavailable'],
    [['RETR 550'], 'RETR 550  File unavailable'],
    [['FTP', '530'], '530  Not logged in'],
    [['error', '530'], '530  Not logged in'],
    [['code 530'], '530  Not logged in'],
    [['what', 'is', '530?'], '530  Not logged in'],
    [['530,'], '530  Not logged in'],
    [['530.'], '530  Not logged in'],
    [["'530'"], '530  Not logged in'],
    [[' 530'], '530  Not logged in'],
    [['530-'], '530  Not logged in'],
    [['AUTH', 'TLS', '234'], 'AUTH 234  Security exchange complete'],
    [['auth tls 234'], 'AUTH 234  Security exchange complete'],
    [['AUTH', 'TLS'], 'line  what the line says'],
    [['EPSV', 'ALL'], 'line  what the line says'],
    [['site', 'chmod', '777', 'x'], 'line  what the line says'],
    [['curl:', '(67)', 'Access', 'denied:', '530'], 'line  what the line says'],
    [['530', 'login', 'incorrect'], 'line  what the line says'],
    [['503 Login with USER first'], 'line  what the line says'],
    [['53x'], '53z  Permanent negative'],
    [['22?'], '22z  Positive completion'],
    [['500s'], '5yz  Permanent negative'],
    [['5'], '5yz  Permanent negative'],
    [['Login incorrect.'], 'search  Login incorrect.'],
    [['timeout'], 'search  timeout'],
    [['passive'], 'search  passive'],
  ])('%j begins with %j', async (argv, begin) => {
    const { status, out, err } = await run(...argv);
    expect(out.startsWith(begin), out.slice(0, 80)).toBe(true);
    expect({ status, err }).toEqual({ status: 0, err: '' });
  });

  it('says that a SITE subcommand is unknown', async () => {
    expect((await run('SITE', 'FOO')).out).toContain('SITE FOO is a subcommand that no server read');
  });

  it('masks what stands behind PASS, however it is written', async () => {
    for (const words of [['PASS hunter2'], ['pass', 'hunter2'], ['"pass hunter2"']]) {
      const { out, err } = await run(...words);
      expect(out + err).not.toContain('hunter2');
    }
  });

  it('shows several pages one after the other', async () => {
    const { out } = await run('214', 'RETR', 'bounce-port');
    for (const begin of [/^214 {2}/m, /^RETR {2}/m, /^bounce-port {2}/m]) expect(out).toMatch(begin);
  });

  it.each([
    [['RETRV'], "no page for 'RETRV' — did you mean RETR?"],
    [['214', 'RETRV'], 'did you mean RETR?'],
    [['bounce-prt'], "no page for 'bounce-prt' — did you mean bounce-port?"],
    [['nonsense'], "no page for 'nonsense' — see ftplog explain --list"],
    [['vs'], "no page for 'vs'"],
    [['vs', 'vs'], 'no page found for this text'],
    [['799'], "'799' is no reply code"],
    [['hello world'], 'no reply, no command and no page found for this text'],
    [[], 'nothing to explain'],
    [['--nope'], "unknown option '--nope' of ftplog explain"],
    [['-f'], "option '-f' needs a value"],
    [['--list=cats'], "unknown list 'cats'"],
    [['--format', 'pdf', '214'], 'unknown format'],
    [['--search', 'qqqq'], "nothing found for 'qqqq'"],
    [['--list', 'cats'], "unknown list 'cats'"],
    [['\u001b[31m'], "no page for '\\x1b[31m'"],
  ])('refuses %j', async (argv, message) => {
    const { status, out, err } = await run(...argv);
    expect(err).toContain(message);
    expect(err.startsWith('ftplog: ')).toBe(true);
    expect({ status, out }).toEqual({ status: 2, out: '' });
  });

  it('explains an unknown code by its digits, and says so in the exit status', async () => {
    const { status, out } = await run('299');
    expect(status).toBe(2);
    expect(out).toContain('not defined by any RFC');
    expect(out).toContain('positive completion reply');
  });

  it('compares with an unknown code too', async () => {
    const { status, out } = await run('299', '250');
    expect(status).toBe(2);
    expect(out).toContain('299 is not defined anywhere');
  });

  it.each([
    ['530 Login incorrect.', '530 Login incorrect.', 'The login failed'],
    ['331-Please specify', '331 Please specify', 'waits for PASS'],
    [
      'Sat [pid 2] FTP response: Client "127.0.0.1", "425 Failed to establish connection."',
      '425 Failed to establish connection.',
      'could not be opened',
    ],
    ['<--- 226 Transfer complete.', '226 Transfer complete.', 'finished'],
    ['---> RETR a.txt', 'RETR a.txt', 'Download'],
  ])('reads %j without a log format', async (line, shown, meaning) => {
    const { status, out } = await run(line);
    expect(status).toBe(0);
    expect(out).toContain(shown);
    expect(out).toContain(meaning);
  });

  it('takes an unquoted line for a line', async () => {
    const { out } = await run('530', 'Login', 'incorrect.');
    expect(out).toContain('530 Login incorrect.');
  });

  it('hides the password of a line', async () => {
    for (const line of ['---> PASS hunter2', 'PASS hunter2', 'SITE PSWD old hunter2', 'got PASS hunter2']) {
      const { out, err } = await run(line);
      expect(out + err).toContain('***');
      expect(out + err).not.toContain('hunter2');
    }
    const { out, err } = await run('secret hunter2');
    expect(out + err).not.toContain('hunter2');
  });

  it('names the format, explains the pair and lets nothing through to the terminal', async () => {
    const { out } = await run('LOG x');
    expect(out).toContain('toy: Toy log');
    expect(out).toContain('STAT pub');
    expect(out.replaceAll(/\s+/g, ' ')).toContain('it is no goodbye');
    expect(out).toContain('221 End\\x1b[2J');
    expect(out).not.toContain('\u001b');
  });

  it('prints JSON: one page as an object, several as a list', async () => {
    expect(JSON.parse((await run('--format', 'json', '214')).out)).toMatchObject({
      page: 'reply',
      code: 214,
      name: 'Help message',
    });
    expect(JSON.parse((await run('--format=json', 'STOR', 'RETR')).out)).toMatchObject([
      { verb: 'STOR' },
      { verb: 'RETR' },
    ]);
    expect(JSON.parse((await run('-f', 'json', 'bounce-port')).out)).toMatchObject({
      page: 'rule',
      rule: { severity: 'high' },
    });
  });

  it('prints Markdown', async () => {
    const { out } = await run('--format', 'markdown', '214', '221');
    expect(out).toMatch(/^# 214 and 221 /);
    expect(out).toContain('## Key differences');
    expect(out).toContain('|  | 214 | 221 |');
  });

  it('lists everything that has a page, or one sort of it', async () => {
    const all = (await run('--list')).out;
    for (const row of [/^ {2}214 +Help message$/m, /^ {2}RETR +Retrieve$/m, /^ {2}bounce-port +A PORT/m])
      expect(all).toMatch(row);
    expect((await run('--list', 'codes')).out).not.toMatch(/^Commands$/m);
    expect((await run('--list', 'programs')).out).toMatch(/^ {2}vsftpd +source of 2013/m);
    expect(JSON.parse((await run('--list', 'codes', '--format', 'json')).out).replies).toHaveLength(115);
    expect(JSON.parse((await run('--list', 'verbs', '--format', 'json')).out).verbs).toHaveLength(167);
  });

  it('searches rules as well', async () => {
    const { out } = await run('--search', 'third', 'host');
    expect(out).toMatch(/^search {2}third host\n\n {2}bounce-port /);
  });

  it('shows a rule with its severity, reasons, thresholds and references', async () => {
    const { out } = await run('BOUNCE-PORT');
    for (const words of [
      'high',
      'connect to someone else',
      'Refuse foreign',
      'behind NAT',
      'tries = 3',
      'RFC 2577 §2',
      'ATT&CK T1090',
      'CWE-441',
    ]) {
      expect(out).toContain(words);
    }
  });

  it('has a help of its own that fits 80 columns', async () => {
    const { status, out } = await run('--help');
    expect(status).toBe(0);
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});
