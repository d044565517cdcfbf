/**
 * edtFTPj and edtFTPnet (documented): `DEBUG [FTPControlSocket] 10 Jul 2009 12:11:34.123 : ---> USER alice`; lines of
 * replies stand there without the arrow.
 */

import { declared } from '../../decoding/declared.ts';

export const edtFtp = declared({
  id: 'edtftp',
  title: 'edtFTPj, edtFTPnet',
  evidence: 'unverified',
  side: 'client',
  identity: 'order',
  duplex: true,
  serial: true,
  example: 'DEBUG [FTPControlSocket] 10 Jul 2009 12:11:34.123 : ---> USER alice',
  heads: ['{level:plain} [FTPControlSocket{object:plain}] {time:dmy} : ', ''],
  lines: [
    ['command', '---> {said}'],
    ['answer', '{said}'],
    ['noise', '{level:letters} [FTP…'],
  ],
  voice: 'conversation',
  isSpoken: true,
  marks: ['[FTPControlSocket'],
});
