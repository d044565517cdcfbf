/** pyftpdlib at level DEBUG: every command and reply. */
import type { Dialect } from '../../../model.ts';
import { detectPyftpdlib, openPyftpdlib } from './messages.ts';

export const pyftpdlibDebug: Dialect = {
  id: 'pyftpdlib-debug',
  title: 'pyftpdlib, level DEBUG',
  evidence: 'recorded',
  side: 'server',
  identity: 'key',
  example: '[D 2026-11-22 09:59:43] 192.0.2.7:56170-[alice] <- CWD pub',
  marks: ['] <- '],
  detect: (sample) => detectPyftpdlib(sample, true),
  open: openPyftpdlib,
};
