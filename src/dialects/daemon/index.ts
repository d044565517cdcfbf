/** Unix daemons and their syslog: vsftpd, ProFTPD, Pure-FTPd, ftpd. */
import type { Dialect } from '../../model.ts';
import { proftpdExtendedlog } from './proftpd-extendedlog.ts';
import { pureftpdSyslog } from './pureftpd-syslog.ts';
import { pureftpdSyslogVerbose } from './pureftpd-syslog-verbose.ts';
import { vsftpdNative } from './vsftpd-native.ts';
import { vsftpdProtocol } from './vsftpd-protocol.ts';
import { vsftpdSyslog } from './vsftpd-syslog.ts';

export const daemon: readonly Dialect[] = [
  vsftpdNative,
  vsftpdProtocol,
  vsftpdSyslog,
  proftpdExtendedlog,
  pureftpdSyslog,
  pureftpdSyslogVerbose,
];
