/** vsftpd's default log: connections, logins and what was done to files; no replies. */
import type { Dialect } from '../../../model.ts';
import { detectVsftpd, openVsftpd } from './own-file.ts';

export const vsftpdNative: Dialect = {
  id: 'vsftpd-native',
  title: "vsftpd's own log",
  evidence: 'recorded',
  side: 'server',
  identity: 'process-handover',
  lacks: ['commands', 'replies'],
  example:
    'Sun Nov 22 09:59:03 2026 [pid 24620] [alice] OK DOWNLOAD: Client "192.0.2.7", "/pub/data.bin", 20000 bytes, 43020.37Kbyte/sec',
  marks: ['[pid '],
  detect: (sample) => detectVsftpd(sample, false),
  open: openVsftpd,
};
