/** Clients at a command line: lftp, BSD ftp, curl, wget, ncftp. */
import type { Dialect } from '../../model.ts';
import { aria2Debug } from './aria2-debug.ts';
import { bsdFtpDebug } from './bsd-ftp-debug.ts';
import { bsdFtpVerbose } from './bsd-ftp-verbose.ts';
import { busyboxFtpgetVerbose } from './busybox-ftpget-verbose.ts';
import { curlTraceAscii } from './curl-trace-ascii.ts';
import { curlTraceHex } from './curl-trace-hex.ts';
import { curlVerbose } from './curl-verbose.ts';
import { curlVerboseTime } from './curl-verbose-time.ts';
import { lftpDebug } from './lftp-debug.ts';
import { lftpDebugTpc } from './lftp-debug-tpc.ts';
import { ncftpDebugStdout } from './ncftp-debug-stdout.ts';
import { ncftpTrace } from './ncftp-trace.ts';
import { wgetDebug } from './wget-debug.ts';
import { wgetServerResponse } from './wget-server-response.ts';
import { windowsFtpExe } from './windows-ftp-exe.ts';
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
