/**
 * Total Commander's FTP log (not seen as a file): a head with `hostname=`, `username=` and `startdir=`, then the bare
 * conversation among notes.
 */

import { declared } from '../../decoding/declared.ts';

export const totalCommander = declared({
  id: 'total-commander',
  title: 'Total Commander, FTP log',
  evidence: 'unverified',
  side: 'client',
  identity: 'order',
  example: 'hostname=ftp.example.net',
  lines: [
    ['opened', 'hostname={server}'],
    ['closed', '----------…'],
    ['told', '{said}'],
    [
      'note',
      'Connect to: …',
      'username=…',
      'startdir=…',
      'Connect ok!…',
      'Get directory…',
      'Waiting for …',
      'Download…',
    ],
    ['note', 'Upload…', 'Copied (…', 'Keep alive…', 'Keepalive…', 'SSL/TLS…', 'Logged in…', 'Start of …'],
    ['closed', 'Disconnect…', 'Connection closed…'],
    // `ftp.example.net=192.0.2.7`
    ['noise', '{host:host}={address:address}', '{_}'],
  ],
  voice: 'conversation',
  holdsData: true,
  marks: ['hostname='],
  needs: [/^hostname=/, /^(username=|startdir=|Connect to: )/, /^[1-5]\d\d[ -]/],
  weight: 0.9,
});
