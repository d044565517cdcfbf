/** wu-ftpd (2.6, ftpd.c): with log commands the command itself is the record. */
import type { Dialect } from '../../../model.ts';
import { ftpdDialect } from './kin.ts';

export const wuFtpdSyslog: Dialect = ftpdDialect({
  id: 'wu-ftpd-syslog',
  title: 'wu-ftpd through syslog',
  evidence: 'source',
  lacks: ['replies'],
  example: 'Oct  6 09:59:26 host wu-ftpd[18760]: failed login from a.example.net [192.0.2.7], alice',
});
