/** Clients at a command line: lftp, BSD ftp, curl, wget, ncftp. */
import type { Dialect } from '../../model.ts';
import { lftpDebug } from './lftp-debug.ts';
import { lftpDebugTpc } from './lftp-debug-tpc.ts';

export const terminal: readonly Dialect[] = [lftpDebug, lftpDebugTpc];
