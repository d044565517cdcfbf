/** Other servers and services: FileZilla Server, IIS, pyftpdlib, SFTPGo. */
import type { Dialect } from '../../model.ts';
import { filezillaServer1x } from './filezilla-server-1x.ts';
import { filezillaServer09 } from './filezilla-server-09.ts';
import { filezillaServerGui } from './filezilla-server-gui.ts';
import { ftpSrvBunyan } from './ftp-srv-bunyan.ts';
import { iisFtpW3c } from './iis-ftp-w3c.ts';
import { msftpsvcW3c } from './msftpsvc-w3c.ts';
import { npmFtpd } from './npm-ftpd.ts';
import { pyftpdlibDebug } from './pyftpdlib-debug.ts';
import { pyftpdlibInfo } from './pyftpdlib-info.ts';
import { servU } from './serv-u.ts';
import { sftpgoJson } from './sftpgo-json.ts';
import { sftpgoText } from './sftpgo-text.ts';
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
];
