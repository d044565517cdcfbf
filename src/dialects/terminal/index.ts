/** Clients at a command line: lftp, BSD ftp, curl, wget, ncftp. */
import type { Dialect } from '../../model.ts';
import { aria2Debug } from './aria2-debug.ts';
import { bsdFtpDebug } from './bsd-ftp/bsd-ftp-debug.ts';
import { bsdFtpVerbose } from './bsd-ftp/bsd-ftp-verbose.ts';
import { windowsFtpExe } from './bsd-ftp/windows-ftp-exe.ts';
import { busyboxFtpgetVerbose } from './busybox-ftpget-verbose.ts';
import { curlTraceAscii } from './curl/curl-trace-ascii.ts';
import { curlTraceHex } from './curl/curl-trace-hex.ts';
import { curlVerbose } from './curl/curl-verbose.ts';
import { curlVerboseTime } from './curl/curl-verbose-time.ts';
import { lftpDebug } from './lftp/lftp-debug.ts';
import { lftpDebugTpc } from './lftp/lftp-debug-tpc.ts';
import { ncftpDebugStdout } from './ncftp/ncftp-debug-stdout.ts';
import { ncftpTrace } from './ncftp/ncftp-trace.ts';
import { wgetDebug } from './wget/wget-debug.ts';
import { wgetServerResponse } from './wget/wget-server-response.ts';
import { wputVerbose } from './wput-verbose.ts';

export const terminal: readonly Dialect[] = [
  lftpDebug,
  lftpDebugTpc,
  bsdFtpDebug,
  bsdFtpVerbose,
  windowsFtpExe,
  curlTraceAscii,
  curlTraceHex,
  curlVerbose,
  curlVerboseTime,
  wgetDebug,
  wgetServerResponse,
  ncftpTrace,
  ncftpDebugStdout,
  busyboxFtpgetVerbose,
  wputVerbose,
  aria2Debug,
];
