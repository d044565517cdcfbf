/** netkit's ftpd (0.17, recorded), krb5 and heimdal: connections and logins, with -l -l files, with -d commands and replies. */
import type { Dialect } from '../../../model.ts';
import { ftpdDialect } from './kin.ts';

export const linuxFtpdSyslog: Dialect = ftpdDialect({
  id: 'linux-ftpd-syslog',
  title: 'netkit ftpd (linux-ftpd) through syslog',
  evidence: 'recorded',
  example: 'Nov 22 10:03:58 host ftpd[3086]: get /home/alice/data.bin = 20000 bytes',
});
