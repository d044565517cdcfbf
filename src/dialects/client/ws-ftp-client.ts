/**
 * WS_FTP LE and Pro, connection log (notes pasted, no whole file seen): the bare conversation among notes such as
 * `WINSOCK.DLL: WinSock 2.0`, `Finding Host …`, `connecting to 192.0.2.7:21`.
 */

import { declared } from '../../decoding/declared.ts';

export const wsFtpClient = declared({
  id: 'ws-ftp-client',
  title: 'WS_FTP client, connection log',
  evidence: 'unverified',
  side: 'client',
  identity: 'order',
  serial: true,
  example: 'Finding Host ftp.example.net ...',
  heads: ['--> ', ''],
  lines: [
    ['connecting', 'Connecting to {server}', 'connecting to {server}'],
    ['opened', 'Connected to …', 'connected to …'],
    ['told', '{said}'],
    ['closed', 'Connection closed…', 'Connection reset…'],
    ['note', 'WINSOCK.DLL: …', 'WS_FTP…', 'Finding Host …', '- -…', '-- …', 'Host type …', 'sending …', 'Sending …'],
    ['note', 'Received …', 'Transmitted …', 'Retrieving directory…', 'Transfer request completed…', 'Requesting …'],
    ['note', 'local chdir…', 'Login successful…', 'Logged in…'],
    ['noise', '{_}'],
  ],
  voice: 'conversation',
  holdsData: true,
  marks: ['WINSOCK.DLL: WinSock', 'WS_FTP ', 'Finding Host ', ' seconds, Waiting for Server Response'],
  needs: [
    /^(WINSOCK\.DLL: WinSock|WS_FTP (LE|Pro|Professional|Home|12|32)|Finding Host |Connected to \S+ in [\d.]+ seconds, Waiting)/,
    /^[1-5]\d\d[ -]/,
  ],
  weight: 0.9,
});
