/** Monsters: whatever a log holds, the analysis ends soon, counts every line and harms no reader. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createAnalyzer } from '../src/analyze.ts';
import { names } from './support/fixture.ts';
import { formats, run } from './support/run.ts';

/** Seconds of CPU: far more than any case takes. */
const seconds = 10;
const many = 100_000;

/** Runs the analysis on a monster and fails when it works too long or loses a line. */
async function survive(
  octets: Buffer | string,
  options: NonNullable<Parameters<typeof run>[1]> = {},
): ReturnType<typeof run> {
  const begin = process.cpuUsage();
  const output = await run(Buffer.from(octets), { formats: [...formats], ...options });
  const { user, system } = process.cpuUsage(begin);
  expect((user + system) / 1e6).toBeLessThan(seconds);
  const { tally } = output.report;
  expect(tally.blank + tally.noise + tally.unparsed + tally.understood).toBe(tally.lines);
  return output;
}

function vsftpd(pid: number, peer: string, what: string): string {
  return `Fri Jan  2 10:00:00 2026 [pid ${pid}] ${what}: Client "${peer}"`;
}

describe('a line', () => {
  it('of 16 MiB without an end is cut and counted', async () => {
    const { report } = await survive(Buffer.alloc(16 * 1024 * 1024, 'x'));
    expect(report.tally.clippedLines).toBe(1);
    expect(report.tally.lines).toBe(1);
  });

  it('may open a thousand brackets where a host stands, and cannot choose its host', async () => {
    const lines = Array.from(
      { length: 10 },
      (_, i) => `Nov 22 10:03:${10 + i} nb ftpd[86]: FTP LOGIN FROM [192.0.2.7], alice`,
    );
    lines.push(`Nov 22 10:04:00 nb ftpd[87]: connection from ${'[] @ '.repeat(12_900)}`);
    lines.push('Nov 22 10:04:01 nb ftpd[88]: FTP LOGIN FAILED FROM [192.0.2.7], x] @ 203.0.113.9');
    const { report } = await survive(`${lines.join('\n')}\n`);
    expect(JSON.stringify(report.tables.get('clients'))).not.toContain('203.0.113.9');
    expect(report.tally.lines).toBe(12);
  });

  it('may have an argument of a megabyte', async () => {
    const { report } = await survive(`220 ready\nUSER ${'a'.repeat(1024 * 1024)}\n331 yes\nPASS x\n230 in\n`);
    expect(report.tally.clippedLines).toBe(1);
    expect(report.tally.clippedTexts).toBeGreaterThan(0);
    expect(JSON.stringify([...report.tables]).length).toBeLessThan(200_000);
  });

  it.each([
    '(',
    '[',
    '"',
    '{',
    ' ',
    '\t',
    '=',
    '<',
    '-',
    '1',
    'a',
    'a ',
    '1.',
    '"a" ',
    '::',
    '\\',
    '%',
    '/a',
    ', ',
    'é',
  ])('of 60,000 octets of %j does not stop the recognition', async (unit) => {
    const line = unit.repeat(Math.floor(60_000 / unit.length));
    const lines = Array.from({ length: 30 }, (_, i) => (i % 2 === 0 ? line : `220 ${line}`));
    await survive(`${lines.join('\n')}\n`, { formats: ['json'] });
  });
});

describe('a reply', () => {
  it('that opens 100,000 replies inside itself ends with the input', async () => {
    const lines = Array.from({ length: many }, (_, i) => `${200 + (i % 300)}-text ${i}`);
    const { report } = await survive(['220 ready', 'USER a', ...lines].join('\n'));
    expect(report.tally.lines).toBe(many + 2);
  });

  it('of 100,000 lines keeps no more text than the limit', async () => {
    const lines = Array.from({ length: many }, (_, i) => `<---  line ${i}`);
    const log = ['<--- 220 ready', '---> HELP', '<--- 214-Help', ...lines, '<--- 214 End', '---> QUIT', '<--- 221 Bye'];
    const { printed } = await survive(log.join('\n'));
    expect(printed.get('ndjson')).toContain('"lines":100002');
    expect(printed.get('ndjson')?.length).toBeLessThan(60_000);
  });
});

describe('octets', () => {
  it('that are no text are counted', async () => {
    const octets = Buffer.alloc(4 * 1024 * 1024);
    let state = 1;
    for (let i = 0; i < octets.length; i++) {
      state = (state * 48_271) % 2_147_483_647;
      octets[i] = state & 255;
    }
    await survive(octets);
  });

  it('that are all NUL are blank', async () => {
    const { report } = await survive(Buffer.alloc(1024 * 1024));
    expect(report.tally.unparsed).toBe(0);
  });

  it('NUL between the lines harm nothing', async () => {
    const { report } = await survive('220 ready\n\0\0USER a\n331 yes\0\nPASS b\n230 in\n\0QUIT\n221 bye\n');
    expect(report.tables.get('overview')?.[0]).toMatchObject({ sessions: 1, commands: 3, replies: 4 });
  });
});

describe('sessions', () => {
  it('beyond the limit are evicted and counted', async () => {
    const lines = Array.from({ length: many }, (_, i) => vsftpd(i + 2, `192.0.2.${i % 250}`, 'CONNECT'));
    const { report } = await survive(lines.join('\n'), {
      options: { limits: { liveSessions: 100 } },
      formats: ['json'],
    });
    expect(report.tally.evictedSessions).toBe(many - 100);
    expect(report.tables.get('overview')?.[0]).toMatchObject({ sessions: many });
  });

  it('of one client that never log in are found in time', async () => {
    const lines = Array.from({ length: many / 2 }, (_, i) => [
      vsftpd(i + 2, '192.0.2.7', 'CONNECT'),
      `Fri Jan  2 10:00:00 2026 [pid ${i + 1}] [user${i}] FAIL LOGIN: Client "192.0.2.7"`,
    ]);
    await survive(lines.flat().join('\n'), { formats: ['table'] });
  });

  it('with 100,000 commands and no reply drop the oldest', async () => {
    const { report } = await survive(['220 ready', ...Array.from({ length: many }, (_, i) => `NOOP ${i}`)].join('\n'), {
      formats: ['json'],
    });
    expect(report.tally.droppedCommands).toBeGreaterThan(many - 100);
  });

  it('with 100,000 users, paths and programs stay within the limits', async () => {
    const lines = Array.from({ length: many }, (_, i) => [
      `<30>1 2026-01-02T10:00:00Z host prog${i} ${i} - - ${i}`,
      `Fri Jan  2 10:00:00 2026 [pid ${i}] [u${i}] OK DOWNLOAD: Client "192.0.2.7", "/p/${i}", 1 bytes, 1.00Kbyte/sec`,
    ]);
    await survive(lines.map((pair) => pair[1]).join('\n'), { formats: ['json'] });
    await survive(lines.map((pair) => pair[0]).join('\n'), { formats: ['json'] });
  });
});

describe('names of JavaScript', () => {
  it.each(['__proto__', 'constructor', 'hasOwnProperty', 'toString'])(
    'such as %s are names like others',
    async (name) => {
      const log = [
        vsftpd(7, name, 'CONNECT'),
        `Fri Jan  2 10:00:00 2026 [pid 7] FTP command: Client "${name}", "USER ${name}"`,
        `Fri Jan  2 10:00:00 2026 [pid 7] FTP response: Client "${name}", "331 yes"`,
        `Fri Jan  2 10:00:00 2026 [pid 7] [${name}] FTP command: Client "${name}", "PASS x"`,
        `Fri Jan  2 10:00:00 2026 [pid 7] [${name}] FTP response: Client "${name}", "530 no"`,
        `Fri Jan  2 10:00:00 2026 [pid 7] [${name}] FTP command: Client "${name}", "${name} x"`,
        `Fri Jan  2 10:00:00 2026 [pid 7] [${name}] FTP response: Client "${name}", "500 no"`,
        `Fri Jan  2 10:00:00 2026 [pid 8] [${name}] OK DOWNLOAD: Client "${name}", "${name}", 42 bytes, 1.00Kbyte/sec`,
      ];
      const { report } = await survive(log.join('\n'));
      const row = (table: string, key: string): unknown => report.tables.get(table)?.find((r) => r[key] === name);
      expect(row('clients', 'client')).toBeDefined();
      expect(row('users', 'user')).toBeDefined();
      expect(row('files', 'path')).toMatchObject({ bytes: 42 });
      expect(Object.keys(Object.prototype)).toEqual([]);
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    },
  );
});

/** What a terminal obeys or hides: control characters beside LF, bidirectional overrides, invisible characters. */
const raw = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/;

describe('what a terminal obeys', () => {
  it.each(names('fixtures/hostile'))('never comes out raw: %s', async (name) => {
    const { printed } = await survive(readFileSync(`fixtures/hostile/${name}`));
    for (const [format, text] of printed) expect(raw.exec(text.replaceAll('\r\n', '\n')), format).toBeNull();
  });

  it('never comes out raw when it is the name of the source', async () => {
    const { printed } = await survive('220 ready\nQUIT\n221 bye\n', { name: 'a\x1b[2J\u202e\n\x9b31m.log' });
    expect(raw.exec(printed.get('table') ?? '')).toBeNull();
  });
});

describe('an analyzer', () => {
  it('takes lines without a source, ends twice and reports twice', () => {
    const analyzer = createAnalyzer();
    analyzer.line('220 ready');
    analyzer.line('QUIT');
    analyzer.line('221 bye');
    analyzer.end();
    expect(analyzer.report()).toEqual(analyzer.report());
  });

  it('says so when there was nothing to read', () => {
    expect(createAnalyzer().report().tally.lines).toBe(0);
  });
});
