/** vsftpd hands a connection from process to process: which login belongs to which, where one client has very many. */
import { describe, expect, it } from 'vitest';
import { createAnalyzer } from '../../src/analyze.ts';
import type { Connection } from '../../src/session/connection.ts';
import { countsOf, siblings } from '../../src/session/logins.ts';

const client = 'Client "192.0.2.7"';

/** Lines of `many` connections of one client, all of them open before the first of them logs in. */
function crowd(many: number, users: number): string[] {
  const at = (pid: number): string => `Mon Jan  5 08:00:00 2026 [pid ${pid}]`;
  const lines: string[] = [];
  const each = (lineOf: (user: string, parent: number, child: number, third: number) => string): void => {
    for (let i = 0; i < many; i++) lines.push(lineOf(`user${i % users}`, 1000 + i * 3, 1001 + i * 3, 100_000 + i));
  };
  each(
    (_user, _parent, child) =>
      `${at(child)} CONNECT: ${client}\n${at(child)} FTP response: ${client}, "220 (vsFTPd 3.0.3)"`,
  );
  each((user, _parent, child) => `${at(child)} FTP command: ${client}, "USER ${user}"`);
  each((user, _parent, child) => `${at(child)} [${user}] FTP response: ${client}, "331 Please specify the password."`);
  each((user, _parent, child) => `${at(child)} [${user}] FTP command: ${client}, "PASS <password>"`);
  for (let i = 0; i < many; i++) {
    const user = `user${i % users}`;
    lines.push(`${at(1000 + i * 3)} [${user}] OK LOGIN: ${client}`);
    lines.push(`${at(100_000 + i)} [${user}] FTP response: ${client}, "230 Login successful."`);
  }
  each((user, _parent, _child, third) => `${at(third)} [${user}] FTP command: ${client}, "QUIT"`);
  each((user, _parent, _child, third) => `${at(third)} [${user}] FTP response: ${client}, "221 Goodbye."`);
  return lines.flatMap((line) => line.split('\n'));
}

describe('handover', () => {
  it.each([
    [1000, 1000],
    [1000, 3],
  ])('%i connections of one client open at once, %i users: every login finds its own', (many, users) => {
    const analyzer = createAnalyzer({ rules: [] });
    analyzer.source({ name: 'crowd.log' });
    for (const line of crowd(many, users)) analyzer.line(line);
    const report = analyzer.report();
    expect(report.tables.get('overview')?.[0]).toMatchObject({
      sessions: many,
      endedQuit: many,
      loginsOk: many,
      loginsFailed: 0,
      unanswered: 0,
      unasked: many,
    });
  });
});

describe('login counts shared by connections', () => {
  it('outlive a crowd of others that comes in the middle of a login', () => {
    const shared = siblings();
    const of = (user: string) => countsOf({ client: '192.0.2.7', siblings: shared } as Connection, true, user);
    of('alice').daemon++;
    for (let i = 0; i < 70_000; i++) of(`user${i}`);
    expect(of('alice').daemon).toBe(1);
    expect(shared.recent.size + shared.older.size).toBeLessThanOrEqual(2 * 65_536);
  });
});
