/** Clients at a command line: lftp, BSD ftp, curl, wget, ncftp. */
import type { Dialect } from '../../model.ts';
import { lftpDebug } from './lftp-debug.ts';

export const terminal: readonly Dialect[] = [lftpDebug];
