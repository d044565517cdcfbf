/** ProFTPD through syslog with `DebugLevel 4` or more: a line for each phase of a command; no replies. */
import type { Dialect } from '../../../model.ts';
import { detectProftpd } from './messages.ts';
import { openProftpdSyslog } from './proftpd-syslog.ts';

export const proftpdDebugSyslog: Dialect = {
  id: 'proftpd-debug-syslog',
  title: 'ProFTPD through syslog, debugging',
  evidence: 'recorded',
  side: 'server',
  identity: 'key',
  lacks: ['replies'],
  example:
    "Nov 22 10:03:49 host proftpd[2987]: localhost (localhost[127.0.0.1]) - dispatching PRE_CMD command 'USER alice' to mod_core",
  marks: ['dispatching '],
  detect: (sample) => detectProftpd(sample, true),
  open: openProftpdSyslog,
};
