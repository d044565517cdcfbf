/** ftpd of AIX and Tru64, and the tcp wrappers in front of it, as in the rules of OSSEC. */
import type { Dialect } from '../../../model.ts';
import { ftpdDialect } from './kin.ts';

export const ossecFtpdSyslog: Dialect = ftpdDialect({
  id: 'ossec-ftpd-syslog',
  title: 'ftpd of AIX and Tru64, tcp wrappers, through syslog',
  evidence: 'pasted',
  lacks: ['commands', 'replies'],
  example: 'May 28 15:14:02 host ftpd[28616]: FTPD: EXPORT file local , remote report.html',
});
