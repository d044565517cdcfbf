/** Recorded sessions: what ftplog finds in a log equals the truth read from the wire, as far as the log carries it. */
import { describe, expect, it } from 'vitest';
import { compareFile, isExact, manifest } from './support/truth.ts';

function fields(recording: string): string {
  return `${recording}/wire.tshark-fields.log`;
}

/** Kinds of logs, and single files, that are not read exactly yet, and why. */
const inexact: readonly (readonly [reason: string, ...names: readonly string[]])[] = [
  [
    'the server took an empty line and a line in two pieces in its own way: its log is nearer to what happened',
    'npm-ftp-srv/ftp-srv.log',
    'npm-ftp-srv/raw-5.cs.log',
    'npm-ftp-srv/raw-5.plain.log',
    'npm-ftp-srv/wire.follow-13.log',
  ],
  [
    'only the first line of a segment is shown: of several commands in one, those that no reply tells are lost',
    ...['inetutils-ftpd', 'npm-ftp-srv', 'npm-ftpd', 'proftpd-concurrent', 'pureftpd-altlog'].map(fields),
    fields('pyftpdlib-two-levels'),
  ],
  ['a segment that was sent again is shown twice', 'vsftpd-protocol/wire.ngrep.log'],
  ['the server takes the lines of a segment for one command', 'npm-ftpd'],
  [
    'a line that begins with a blank is no command for the server, and only its reply is in the trace',
    'proftpd-concurrent/proftpd.trace.log',
    'proftpd-full/proftpd.trace.log',
  ],
];

const open = inexact.flatMap(([, ...names]) => names);
const files = manifest.files.filter((f) => !open.includes(f.dialect) && !open.includes(f.file));

describe('recorded sessions', () => {
  it('are nearly all compared', () => {
    expect(files.length).toBeGreaterThan(300);
  });

  it.each(files.map((f) => [f.file, f] as const))('%s shows what happened', async (_, file) => {
    const result = await compareFile(file);
    const { missing, extra, wrongCode, wrongSession, wrongTimes } = result;
    expect({ missing, extra, wrongCode, wrongSession, wrongTimes }).toEqual({
      missing: [],
      extra: [],
      wrongCode: [],
      wrongSession: [],
      wrongTimes: 0,
    });
    expect(isExact(result)).toBe(true);
  });
});
