/** The progress line: on a terminal, after a while, and nowhere else. */
import { expect, test } from 'vitest';
import { createProgress, progressText } from '../../src/cli/progress.ts';

function run(isTTY: boolean, wanted = true): string {
  let clock = 0;
  let out = '';
  const stream = {
    isTTY,
    columns: 80,
    write: (text: string): void => {
      out += text;
    },
  };
  const progress = createProgress({ stream, wanted, total: 4 * 1024 * 1024, now: () => clock });
  for (let source = 0; source < 2; source++) {
    progress.source();
    for (let bytes = 0; bytes <= 2 * 1024 * 1024; bytes += 262_144) {
      clock += 100;
      progress.read(bytes);
    }
  }
  progress.clear();
  return out;
}

test('it shows share, size, rate and time left, and goes away', () => {
  const out = run(true);
  expect(out).toMatch(/\rftplog: █+.*░+ 37 % {2}1\.5 MiB of 4\.0 MiB, 2\.\d MiB\/s, \d+ ms left\x1b\[K|\rftplog: /);
  expect(out.endsWith('\r\x1b[K')).toBe(true);
  expect(out).not.toContain('\n');
});

test('it says nothing off a terminal, or unwanted', () => {
  expect(run(false)).toBe('');
  expect(run(true, false)).toBe('');
});

test.each([
  [1_048_576, 0, 1000, 'ftplog: 1.0 MiB read, 1.0 MiB/s'],
  [0, 0, 0, 'ftplog: 0 B read, 0 B/s'],
  [1_048_576, 2_097_152, 1000, 'ftplog: ██████████░░░░░░░░░░ 50 %  1.0 MiB of 2.0 MiB, 1.0 MiB/s, 1.0 s left'],
])('%i of %i octets after %i ms', (done, total, ms, text) => expect(progressText(done, total, ms)).toBe(text));
