/** Graphical clients and client libraries: FileZilla, WinSCP, ftplib, Commons Net. */
import type { Dialect } from '../../model.ts';
import { basicFtpVerbose } from './basic-ftp-verbose.ts';
import { beyondCompare } from './beyond-compare.ts';
import { browserConsoleRemoteFtp } from './browser-console-remote-ftp.ts';
import { commonsNetPrint } from './commons-net-print.ts';
import { commonsNetPrintDirection } from './commons-net-print-direction.ts';
import { cuteFtp } from './cuteftp.ts';
import { cyberduckTranscript } from './cyberduck-transcript.ts';
import { dartFtpConnect } from './dart-ftpconnect.ts';
import { dotnetSystemNetTrace } from './dotnet-system-net-trace.ts';
import { edtFtp } from './edtftp.ts';
import { fileZillaClientLog } from './filezilla/filezilla-client-log.ts';
import { fileZillaClientPane } from './filezilla/filezilla-client-pane.ts';
import { fineFtp } from './fineftp.ts';
import { flashFxp } from './flashfxp.ts';
import { fluentFtp } from './fluentftp.ts';
import { forkLift } from './forklift.ts';
import { gftp } from './gftp.ts';
import { jsFtpDebug } from './jsftp-debug.ts';
import { kdeKioFtp } from './kde-kio-ftp.ts';
import { nodeFtpDebug } from './node-ftp-debug.ts';
import { nppFtp } from './nppftp.ts';
import { os400FtpClient } from './os400-ftp-client.ts';
import { perlNetFtp } from './perl-net-ftp.ts';
import { pythonFtplibDebug1 } from './python-ftplib/python-ftplib-debug1.ts';
import { pythonFtplibDebug2 } from './python-ftplib/python-ftplib-debug2.ts';
import { rcloneDump } from './rclone-dump.ts';
import { rebex } from './rebex.ts';
import { rubyNetFtp } from './ruby-net-ftp.ts';
import { smartFtp } from './smartftp.ts';
import { totalCommander } from './total-commander.ts';
import { winScpLog } from './winscp-log.ts';
import { wsFtpClient } from './ws-ftp-client.ts';
import { zosFtpClient } from './zos-ftp-client.ts';

export const client: readonly Dialect[] = [
  basicFtpVerbose,
  beyondCompare,
  browserConsoleRemoteFtp,
  commonsNetPrint,
  commonsNetPrintDirection,
  cuteFtp,
  cyberduckTranscript,
  dartFtpConnect,
  dotnetSystemNetTrace,
  edtFtp,
  fileZillaClientLog,
  fileZillaClientPane,
  fineFtp,
  flashFxp,
  fluentFtp,
  forkLift,
  gftp,
  jsFtpDebug,
  kdeKioFtp,
  nodeFtpDebug,
  nppFtp,
  os400FtpClient,
  perlNetFtp,
  pythonFtplibDebug1,
  pythonFtplibDebug2,
  rcloneDump,
  rebex,
  rubyNetFtp,
  smartFtp,
  totalCommander,
  winScpLog,
  wsFtpClient,
  zosFtpClient,
];
