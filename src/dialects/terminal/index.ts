/** Clients at a command line: lftp, BSD ftp, curl, wget, ncftp. */
import type { Dialect } from '../../model.ts';
import { bsdFtpDebug } from './bsd-ftp-debug.ts';
import { bsdFtpVerbose } from './bsd-ftp-verbose.ts';
import { lftpDebug } from './lftp-debug.ts';
import { lftpDebugTpc } from './lftp-debug-tpc.ts';
import { windowsFtpExe } from './windows-ftp-exe.ts';

export const terminal: readonly Dialect[] = [lftpDebug, lftpDebugTpc, bsdFtpDebug, bsdFtpVerbose, windowsFtpExe];
