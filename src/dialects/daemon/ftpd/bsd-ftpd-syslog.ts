/** ftpd of the BSDs and macOS (FreeBSD libexec/ftpd/ftpd.c). */
import type { Dialect } from '../../../model.ts';
import { ftpdDialect } from './kin.ts';

export const bsdFtpdSyslog: Dialect = ftpdDialect({
  id: 'bsd-ftpd-syslog',
  title: 'ftpd of FreeBSD, OpenBSD, NetBSD, macOS through syslog',
  evidence: 'source',
  lacks: ['commands', 'replies'],
  example: 'Nov 22 10:03:58 host ftpd[3086]: get data.bin = 20000 bytes (wd: /home/alice)',
});
