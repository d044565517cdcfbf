/** Logs as people keep them: cut, mixed, and in the middle of something else. */
import { describe, expect, it } from 'vitest';
import { createAnalyzer } from '../src/analyze.ts';
import type { Report } from '../src/report.ts';

type Recognised = readonly { readonly dialect: string; readonly wrappers: readonly string[] }[];

function read(lines: readonly string[]): { readonly dialects: readonly string[]; readonly report: Report } {
  const analyzer = createAnalyzer({ rules: [] });
  analyzer.source({ name: 'a.log', reference: Date.UTC(2026, 11, 31) });
  for (const line of lines) analyzer.line(line);
  const recognised = analyzer.endSource() as Recognised;
  return { dialects: recognised.map((r) => [...r.wrappers, r.dialect].join(' > ')), report: analyzer.report() };
}

function table(report: Report, name: string): readonly Readonly<Record<string, unknown>>[] {
  return report.tables.get(name) ?? [];
}

const chatter = Array.from({ length: 300 }, (_, i) => `[build] step ${i} of 300 took ${(i * 7) % 13} s`);
const conversation = Array.from({ length: 12 }, (_, i) => [
  `---> CWD /d${i}`,
  '<--- 250 Directory successfully changed.',
  '---> PWD',
  `<--- 257 "/d${i}" is the current directory`,
]).flat();

describe('a log', () => {
  it('that begins behind the login has the user that the server names', () => {
    const { report } = read([
      '<1/2/2026 11:23:11 AM> FTP Session 87 192.0.2.7 alice [Command] PWD',
      '<1/2/2026 11:23:11 AM> FTP Session 87 192.0.2.7 alice [Response] 257 "/" is current directory.',
    ]);
    expect(table(report, 'users')[0]?.['user']).toBe('alice');
  });

  it('of two kinds of lines is read as both, also where one of them wears a wrapper', () => {
    const { dialects, report } = read([
      'Sun Jan  4 22:08:39 2026 [pid 21611] CONNECT: Client "192.0.2.10"',
      'Sun Jan  4 22:08:41 2026 [pid 21610] [alice] OK LOGIN: Client "192.0.2.10"',
      'Jan  4 22:09:41 host vsftpd[222]: [bob] FAIL LOGIN: Client "192.0.2.11"',
    ]);
    expect(dialects).toEqual(['vsftpd-native', 'syslog > vsftpd-syslog']);
    expect(report.tally.unparsed).toBe(0);
  });

  it('among more lines that wear nothing is found', () => {
    const { dialects, report } = read([
      ...['Starting up', 'Loading users', 'Ready', 'one more', 'and another', 'the last of them'],
      'Jan  4 11:14:17 f812ef pure-ftpd: (?@192.0.2.7) [INFO] New connection from 192.0.2.7',
      'Jan  4 11:14:17 f812ef pure-ftpd: (?@192.0.2.7) [INFO] alice is now logged in',
      'Jan  4 11:14:19 f812ef pure-ftpd: (alice@192.0.2.7) [INFO] Logout.',
    ]);
    expect(dialects).toEqual(['syslog > pureftpd-syslog']);
    expect(report.tally.understood).toBe(3);
  });

  it('of a program that writes no times has those around its lines', () => {
    const { report } = read([
      '2026-11-22T09:59:43.000Z ---> USER alice',
      '2026-11-22T09:59:43.250Z <--- 331-First line',
      '2026-11-22T09:59:43.500Z <--- 331 Password please',
      '2026-11-22T09:59:44.000Z ---> PASS XXXX', // BSD ftp hides it so
      '2026-11-22T09:59:45.500Z <--- 230 Welcome',
    ]);
    const [session] = table(report, 'sessions');
    expect(session?.['opened']).toBe('2026-11-22T09:59:43.000Z');
    expect(session?.['closed']).toBe('2026-11-22T09:59:45.500Z');
  });

  it('of a program that writes times keeps to them', () => {
    const { report } = read([
      '2026-11-22T09:59:43.000Z 2026-11-22 10:59:41 FTP command: x',
      '2026-11-22T09:59:43.000Z Sun Nov 22 10:59:41 2026 [pid 7] CONNECT: Client "192.0.2.10"',
      '2026-11-22T09:59:44.000Z Sun Nov 22 10:59:42 2026 [pid 6] [alice] OK LOGIN: Client "192.0.2.10"',
    ]);
    expect(table(report, 'sessions')[0]?.['opened']).toBe('2026-11-22T10:59:41.000Z');
  });

  it('deep in the output of a build is found', () => {
    const { dialects, report } = read([...chatter, ...conversation, ...chatter]);
    expect(dialects).toEqual(['lftp-debug']);
    expect(report.tally.understood).toBeGreaterThan(conversation.length / 2);
  });

  it('with comments and fences around it has no line that is not understood', () => {
    const { report } = read(['```', '# the server', '220 ready', 'USER alice', '331 Password?', '```']);
    expect(report.tally.unparsed).toBe(0);
    expect(report.tally.noise).toBe(3);
  });

  it('of a build without FTP stays unknown', () => {
    const { dialects, report } = read([...chatter, ...chatter]);
    expect(dialects).toEqual([]);
    expect(report.tally.understood).toBe(0);
  });
});
