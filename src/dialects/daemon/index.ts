/** Unix daemons and their syslog: vsftpd, ProFTPD, Pure-FTPd, ftpd. */
import type { Dialect } from '../../model.ts';
import { bftpd } from './bftpd.ts';
import { bsdFtpdSyslog } from './bsd-ftpd-syslog.ts';
import { busyboxFtpd } from './busybox-ftpd.ts';
import { inetutilsFtpdSyslog } from './inetutils-ftpd-syslog.ts';
import { linuxFtpdSyslog } from './linux-ftpd-syslog.ts';
import { ossecFtpdSyslog } from './ossec-ftpd-syslog.ts';
import { proftpdDebugSyslog } from './proftpd-debug-syslog.ts';
import { proftpdExtendedlog } from './proftpd-extendedlog.ts';
import { proftpdSyslog } from './proftpd-syslog.ts';
import { proftpdSystemLog } from './proftpd-system-log.ts';
import { proftpdTlslog } from './proftpd-tlslog.ts';
import { proftpdTrace } from './proftpd-trace.ts';
import { pureftpdSyslog } from './pureftpd-syslog.ts';
import { pureftpdSyslogVerbose } from './pureftpd-syslog-verbose.ts';
import { solarisFtpdSyslog } from './solaris-ftpd-syslog.ts';
import { vsftpdNative } from './vsftpd-native.ts';
import { vsftpdProtocol } from './vsftpd-protocol.ts';
import { vsftpdSyslog } from './vsftpd-syslog.ts';
import { wuFtpdSyslog } from './wu-ftpd-syslog.ts';

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
