/** The programs whose replies the reference quotes, and what of them was read or run. */
import type { Program } from './types.ts';

/** By id. Sources were read for the codes they send; recorded sessions show what really came over the wire. */
export const programs: readonly Program[] = [
  { id: 'bftpd', name: 'bftpd', evidence: 'source of 2018-07-15 (Dafang-Hacks/bftpd 707aff0)' },
  { id: 'busybox', name: 'BusyBox ftpd', evidence: 'source of 2024-07-14 (mirror/busybox 371fe9f71)' },
  {
    id: 'crushftp',
    name: 'CrushFTP',
    evidence: 'decompiled source of 2023-11-16 in a public repository (h0wdee/CrushFTP_full_diff fb3f097)',
  },
  { id: 'curl', name: 'curl', evidence: 'client, source, lib/ftp.c' },
  { id: 'drftpd', name: 'DrFTPD', evidence: 'source of 2026-01-11 (drftpd-ng/drftpd 4fb26ee46)' },
  { id: 'ebftpd', name: 'ebftpd', evidence: 'source of 2018-11-08 (jawr/ebftpd 1bee117)' },
  {
    id: 'filezilla-server',
    name: 'FileZilla Server 1.x',
    evidence: 'source of 2023-09-28 (sig-rodv/filezilla-server 278758e)',
  },
  { id: 'ftp-srv', name: 'ftp-srv', evidence: 'npm package ftp-srv 4.6.3, recorded sessions' },
  { id: 'ftpserverlib', name: 'ftpserverlib', evidence: 'source of 2026-08-20 (fclairamb/ftpserverlib 017a422)' },
  { id: 'fubar', name: 'FubarDev FtpServer', evidence: 'source of 2023-12-22 (FubarDevelopment/FtpServer 8bfbe96)' },
  { id: 'glftpd', name: 'glftpd and its like', evidence: 'described in the sources of ebftpd, DrFTPD and lftp' },
  {
    id: 'iis',
    name: 'IIS',
    evidence:
      'Microsoft article 969061, FTP status codes in IIS 7.0 and later; wording of the replies from general knowledge',
  },
  { id: 'inetutils', name: 'GNU inetutils ftpd', evidence: 'inetutils 2.4, recorded sessions' },
  { id: 'lftp', name: 'lftp', evidence: 'client, source, src/ftpclass.cc' },
  {
    id: 'mina',
    name: 'Apache MINA FtpServer',
    evidence: 'source of 2024-12-26 (apache/mina-ftpserver 3865deb6)',
  },
  { id: 'ncftp', name: 'NcFTP', evidence: 'client, source, libncftp/open.c' },
  { id: 'netkit', name: 'netkit ftpd', evidence: 'linux-ftpd-ssl 0.17, recorded sessions' },
  { id: 'nmap', name: 'Nmap service probes', evidence: 'nmap-service-probes: greetings collected from the internet' },
  { id: 'nodeftpd', name: 'nodeftpd', evidence: 'npm package ftpd 0.2.16, recorded sessions' },
  {
    id: 'proftpd',
    name: 'ProFTPD',
    evidence: 'source of 2026-08-22 (proftpd/proftpd 1dbfb9d7c); ProFTPD 1.3.8, recorded sessions',
  },
  {
    id: 'pure-ftpd',
    name: 'Pure-FTPd',
    evidence: 'source of 2026-04-28 (jedisct1/pure-ftpd 5008fca); Pure-FTPd 1.0.50, recorded sessions',
  },
  {
    id: 'pyftpdlib',
    name: 'pyftpdlib',
    evidence: 'source of 2026-02-08 (giampaolo/pyftpdlib 9167dea); pyftpdlib 1.5.7, recorded sessions',
  },
  { id: 'suppaftp', name: 'suppaftp', evidence: 'client, source, status.rs (veeso/suppaftp)' },
  { id: 'tnftp', name: 'BSD ftp, tnftp', evidence: 'clients, source, src/ftp.c, getreply()' },
  {
    id: 'vsftpd',
    name: 'vsftpd',
    evidence: 'source of 2013-06-13 (dagwieers/vsftpd ce2fa42); vsftpd 3.0.3, recorded sessions',
  },
  {
    id: 'wu-ftpd',
    name: 'wu-ftpd',
    evidence: 'source of 2023-06-27, a fork with TLS, GSSAPI and IPv6 (ryanfantus/wu-ftpd 89d7b29)',
  },
];
