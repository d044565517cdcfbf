/** Pure-FTPd through syslog, by default: connections, logins, transfers and what failed; no commands, no replies. */
import type { Dialect } from '../../../model.ts';
import { detectPureftpd, openPureftpd } from './messages.ts';

export const pureftpdSyslog: Dialect = {
  id: 'pureftpd-syslog',
  title: 'Pure-FTPd through syslog',
  evidence: 'recorded',
  side: 'server',
  identity: 'key',
  lacks: ['commands', 'replies'],
  example:
    'Nov 22 10:02:42 host pure-ftpd[1728]: (alice@192.0.2.7) [NOTICE] //home/alice/data.bin downloaded  (20000 bytes, 80000.00KB/sec)',
  marks: [') [INFO] ', ') [NOTICE] ', ') [WARNING] ', ') [ERROR] ', ') [DEBUG] ', '(pure-ftpd:'],
  detect: (sample) => detectPureftpd(sample, false),
  open: openPureftpd,
};
