/** Reports of large logs stay small enough to send around, and say what they leave out. */
import { expect, test } from 'vitest';
import { analysed, contextOf, rendered } from './support/sample.ts';

/** Sessions of a transcript of vsftpd, with names of this length. */
function manySessions(count: number, nameLength: number): readonly string[] {
  const lines: string[] = [];
  for (let i = 0; i < count; i++) {
    const second = String(Math.floor(i / 4) % 60).padStart(2, '0');
    const minute = String(Math.floor(i / 240) % 60).padStart(2, '0');
    const client = `2001:db8::${(i % 3000).toString(16)}`;
    const user = `u${i % 700}${'é'.repeat(nameLength)}`;
    const head = `Tue Mar  3 10:${minute}:${second} 2026 [pid ${i + 10}]`;
    lines.push(`${head} CONNECT: Client "${client}"`, `${head} FTP response: Client "${client}", "220 ready"`);
    lines.push(
      `${head} FTP command: Client "${client}", "USER ${user}"`,
      `${head} [${user}] FTP response: Client "${client}", "331 Password?"`,
    );
    lines.push(
      `${head} [${user}] FTP command: Client "${client}", "PASS <password>"`,
      `${head} [${user}] FTP response: Client "${client}", "530 Login incorrect."`,
    );
    for (let k = 0; k < 5; k++) {
      lines.push(`${head} [${user}] FTP command: Client "${client}", "CWD /${'d'.repeat(nameLength)}/${i}/${k}"`);
      lines.push(`${head} [${user}] FTP response: Client "${client}", "530 Please login with USER and PASS."`);
    }
    lines.push(
      `${head} [${user}] FTP command: Client "${client}", "QUIT"`,
      `${head} [${user}] FTP response: Client "${client}", "221 Goodbye."`,
    );
  }
  return lines;
}

test.each([0, 100])(
  'the html report of 10,000 sessions is below 1 MB (names of %i)',
  async (nameLength) => {
    const from = analysed(manySessions(10_000, nameLength));
    expect(from.report.tables.get('overview')?.[0]?.['sessions']).toBe(10_000);
    const text = await rendered('html', from.report, contextOf(from.sources), from.feed);
    expect(Buffer.byteLength(text)).toBeLessThan(1_000_000);
    expect(text).toMatch(/\d+ of 10,000 sessions: those with causes and findings, then the most troubled/);
    const markdown = await rendered('markdown', from.report, contextOf(from.sources));
    expect(markdown.length).toBeLessThan(65_536);
  },
  60_000,
);
