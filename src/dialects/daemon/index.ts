/** Unix daemons and their syslog: vsftpd, ProFTPD, Pure-FTPd, ftpd. */
import type { Dialect } from '../../model.ts';
import { bftpd } from './bftpd.ts';
import { bsdFtpdSyslog } from './ftpd/bsd-ftpd-syslog.ts';
import { busyboxFtpd } from './ftpd/busybox-ftpd.ts';
import { inetutilsFtpdSyslog } from './ftpd/inetutils-ftpd-syslog.ts';
import { linuxFtpdSyslog } from './ftpd/linux-ftpd-syslog.ts';
import { ossecFtpdSyslog } from './ftpd/ossec-ftpd-syslog.ts';
import { solarisFtpdSyslog } from './ftpd/solaris-ftpd-syslog.ts';
import { wuFtpdSyslog } from './ftpd/wu-ftpd-syslog.ts';
import { proftpdDebugSyslog } from './proftpd/proftpd-debug-syslog.ts';
import { proftpdExtendedlog } from './proftpd/proftpd-extendedlog.ts';
import { proftpdSyslog } from './proftpd/proftpd-syslog.ts';
import { proftpdSystemLog } from './proftpd/proftpd-system-log.ts';
import { proftpdTlslog } from './proftpd/proftpd-tlslog.ts';
import { proftpdTrace } from './proftpd/proftpd-trace.ts';
import { pureftpdSyslog } from './pureftpd/pureftpd-syslog.ts';
import { pureftpdSyslogVerbose } from './pureftpd/pureftpd-syslog-verbose.ts';
import { vsftpdNative } from './vsftpd/vsftpd-native.ts';
import { vsftpdProtocol } from './vsftpd/vsftpd-protocol.ts';
import { vsftpdSyslog } from './vsftpd/vsftpd-syslog.ts';

export const daemon: readonly Dialect[] = [
  vsftpdNative,
  vsftpdProtocol,
  vsftpdSyslog,
  proftpdExtendedlog,
  proftpdSyslog,
  proftpdDebugSyslog,
  proftpdSystemLog,
  proftpdTrace,
  proftpdTlslog,
  pureftpdSyslog,
  pureftpdSyslogVerbose,
  linuxFtpdSyslog,
  inetutilsFtpdSyslog,
  wuFtpdSyslog,
  bsdFtpdSyslog,
  ossecFtpdSyslog,
  solarisFtpdSyslog,
  busyboxFtpd,
  bftpd,
];
