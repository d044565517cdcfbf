/** busybox ftpd (networking/ftpd.c): -v error replies, -vv commands and replies, only the first line of each. */
import type { Dialect } from '../../../model.ts';
import { ftpdDialect } from './kin.ts';

export const busyboxFtpd: Dialect = ftpdDialect({
  id: 'busybox-ftpd',
  title: 'busybox ftpd -vv',
  evidence: 'source',
  example: 'Nov 22 09:59:49 host ftpd[317]: 331 Please specify password',
});
