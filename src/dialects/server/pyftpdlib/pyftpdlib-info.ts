/** pyftpdlib at its usual level: sessions, logins, transfers and what was done to files. */
import type { Dialect } from '../../../model.ts';
import { detectPyftpdlib, openPyftpdlib } from './messages.ts';

export const pyftpdlibInfo: Dialect = {
  id: 'pyftpdlib-info',
  title: 'pyftpdlib',
  evidence: 'recorded',
  side: 'server',
  identity: 'key',
  lacks: ['commands'],
  example:
    '[I 2026-11-22 09:59:36] 192.0.2.7:33718-[alice] RETR /home/alice/data.bin completed=1 bytes=20000 seconds=0.001',
  marks: ['-['],
  detect: (sample) => detectPyftpdlib(sample, false),
  open: openPyftpdlib,
};
