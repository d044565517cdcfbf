/** Graphical clients and client libraries: FileZilla, WinSCP, ftplib, Commons Net. */
import type { Dialect } from '../../model.ts';
import { basicFtpVerbose } from './basic-ftp-verbose.ts';
import { commonsNetPrint } from './commons-net-print.ts';
import { commonsNetPrintDirection } from './commons-net-print-direction.ts';
import { fileZillaClientLog } from './filezilla-client-log.ts';
import { fileZillaClientPane } from './filezilla-client-pane.ts';
import { nodeFtpDebug } from './node-ftp-debug.ts';
import { perlNetFtp } from './perl-net-ftp.ts';
import { pythonFtplibDebug1 } from './python-ftplib-debug1.ts';
import { pythonFtplibDebug2 } from './python-ftplib-debug2.ts';
import { rubyNetFtp } from './ruby-net-ftp.ts';
import { winScpLog } from './winscp-log.ts';

export const client: readonly Dialect[] = [
  basicFtpVerbose,
  commonsNetPrint,
  commonsNetPrintDirection,
  fileZillaClientLog,
  fileZillaClientPane,
  nodeFtpDebug,
  perlNetFtp,
  pythonFtplibDebug1,
  pythonFtplibDebug2,
  rubyNetFtp,
  winScpLog,
];
