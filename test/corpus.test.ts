/** Recorded sessions: what ftplog finds in a log equals the truth read from the wire, as far as the log carries it. */
import { describe, expect, it } from 'vitest';
import { compareFile, manifest } from './support/truth.ts';

/** Kinds of logs (as the manifest names them) that are read exactly. */
const exact: readonly string[] = [
  'nc-typescript',
  'pyftpdlib-debug',
  'pyftpdlib-info',
  'vsftpd-native',
  'xferlog-vsftpd',
];

describe('recorded sessions', () => {
  it.each(exact)('%s is in the manifest', (name) => {
    expect(Object.keys(manifest.dialects)).toContain(name);
  });

  it.each(manifest.files.filter((f) => exact.includes(f.dialect)).map((f) => [f.file, f] as const))(
    '%s shows what happened',
    async (_, file) => {
      const { missing, extra, wrongCode, wrongSession, wrongTimes, equal, leftOut } = await compareFile(file);
      expect({ missing, extra, wrongCode, wrongSession, wrongTimes }).toEqual({
        missing: [],
        extra: [],
        wrongCode: [],
        wrongSession: [],
        wrongTimes: 0,
      });
      expect(equal + leftOut === 0 || equal > 0).toBe(true);
    },
  );
});
