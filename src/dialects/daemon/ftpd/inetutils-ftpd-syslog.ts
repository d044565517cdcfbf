/** GNU inetutils ftpd (2.4, recorded): code and text of a reply are two records. */
import type { Dialect } from '../../../model.ts';
import { ftpdDialect } from './kin.ts';

export const inetutilsFtpdSyslog: Dialect = ftpdDialect({
  id: 'inetutils-ftpd-syslog',
  title: 'GNU inetutils ftpd through syslog',
  evidence: 'recorded',
  example: 'Nov 22 09:59:49 host ftpd[25622]: <--- 331 ',
});
