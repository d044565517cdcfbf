/** in.ftpd of Solaris up to 8: connections only, behind a message id that the syslog wrapper takes off. */
import type { Dialect } from '../../../model.ts';
import { ftpdDialect } from './kin.ts';

export const solarisFtpdSyslog: Dialect = ftpdDialect({
  id: 'solaris-ftpd-syslog',
  title: 'Solaris in.ftpd through syslog',
  evidence: 'pasted',
  lacks: ['commands', 'replies', 'logins', 'transfers'],
  example:
    'Dec 12 01:09:29 host in.ftpd[8378]: [ID 373804 daemon.info] connection from a.example.net at Tue Dec 12 01:09:29 2006',
});
