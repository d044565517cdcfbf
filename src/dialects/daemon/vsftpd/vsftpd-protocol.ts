/** vsftpd with `log_ftp_protocol=YES`: every command and every reply line. */
import type { Dialect } from '../../../model.ts';
import { detectVsftpd, openVsftpd } from './own-file.ts';

export const vsftpdProtocol: Dialect = {
  id: 'vsftpd-protocol',
  title: 'vsftpd log with log_ftp_protocol=YES',
  evidence: 'recorded',
  side: 'server',
  identity: 'process-handover',
  duplex: true,
  example: 'Sun Nov 22 09:58:57 2026 [pid 24544] [alice] FTP command: Client "192.0.2.7", "CWD pub"',
  marks: [' FTP command: Client "', ' FTP response: Client "'],
  detect: (sample) => detectVsftpd(sample, true),
  open: openVsftpd,
};
