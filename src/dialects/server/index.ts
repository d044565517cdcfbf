/** Other servers and services: FileZilla Server, IIS, pyftpdlib, SFTPGo. */
import type { Dialect } from '../../model.ts';
import { apacheFtpserver } from './apache-ftpserver.ts';
import { awsTransferJson } from './aws-transfer-json.ts';
import { cerberus } from './cerberus.ts';
import { crushftp } from './crushftp.ts';
import { drftpd } from './drftpd.ts';
import { espFtp } from './esp-ftp.ts';
import { filezillaServer1x } from './filezilla-server/filezilla-server-1x.ts';
import { filezillaServer09 } from './filezilla-server/filezilla-server-09.ts';
import { filezillaServerGui } from './filezilla-server/filezilla-server-gui.ts';
import { ftpSrvBunyan } from './ftp-srv-bunyan.ts';
import { gene6 } from './gene6.ts';
import { glftpd } from './glftpd.ts';
import { guildftpd } from './guildftpd.ts';
import { iisFtpW3c } from './iis-ftp-w3c.ts';
import { ironportFtp } from './ironport-ftp.ts';
import { msftpsvcW3c } from './msftpsvc-w3c.ts';
import { ncftpdMisc } from './ncftpd/ncftpd-misc.ts';
import { ncftpdSession } from './ncftpd/ncftpd-session.ts';
import { ncftpdXfer } from './ncftpd/ncftpd-xfer.ts';
import { npmFtpd } from './npm-ftpd.ts';
import { numberedTranscript } from './numbered-transcript.ts';
import { pyftpdlibDebug } from './pyftpdlib/pyftpdlib-debug.ts';
import { pyftpdlibInfo } from './pyftpdlib/pyftpdlib-info.ts';
import { raidenftpd } from './raidenftpd.ts';
import { servU } from './serv-u.ts';
import { sftpgoJson } from './sftpgo/sftpgo-json.ts';
import { sftpgoText } from './sftpgo/sftpgo-text.ts';
import { sharetru } from './sharetru.ts';
import { titan } from './titan.ts';
import { webstar } from './webstar.ts';
import { wing } from './wing.ts';
import { wsFtpServer } from './ws-ftp-server.ts';
import { xlight } from './xlight.ts';

export const server: readonly Dialect[] = [
  pyftpdlibDebug,
  pyftpdlibInfo,
  filezillaServer09,
  filezillaServer1x,
  filezillaServerGui,
  iisFtpW3c,
  msftpsvcW3c,
  servU,
  xlight,
  sftpgoJson,
  sftpgoText,
  ftpSrvBunyan,
  npmFtpd,
  numberedTranscript,
  apacheFtpserver,
  awsTransferJson,
  crushftp,
  drftpd,
  espFtp,
  glftpd,
  guildftpd,
  ironportFtp,
  ncftpdMisc,
  ncftpdSession,
  ncftpdXfer,
  webstar,
  wsFtpServer,
  cerberus,
  raidenftpd,
  sharetru,
  titan,
  wing,
  gene6,
];
