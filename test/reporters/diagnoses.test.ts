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
