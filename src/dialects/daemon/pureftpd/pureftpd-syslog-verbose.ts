/** Pure-FTPd with `-d` or `-d -d`: every command, and every reply. */
import type { Dialect } from '../../../model.ts';
import { detectPureftpd, openPureftpd } from './messages.ts';

export const pureftpdSyslogVerbose: Dialect = {
  id: 'pureftpd-syslog-verbose',
  title: 'Pure-FTPd -d through syslog',
  evidence: 'recorded',
  side: 'server',
  identity: 'key',
  example: 'Nov 22 09:59:20 host pure-ftpd[25089]: (?@192.0.2.7) [DEBUG] Command [user] [alice]',
  marks: [') [DEBUG] '],
  detect: (sample) => detectPureftpd(sample, true),
  open: openPureftpd,
};
