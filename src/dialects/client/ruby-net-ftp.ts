/** Ruby's Net::FTP with `debug_mode` (3.1, recorded): `connect: host, port`, `put: ` a command, `get: ` each reply line. */

import { declared } from '../../decoding/declared.ts';

export const rubyNetFtp = declared({
  id: 'ruby-net-ftp',
  title: 'Ruby Net::FTP, debug_mode',
  evidence: 'recorded',
  side: 'client',
  identity: 'order',
  duplex: true,
  serial: true,
  example: 'put: USER alice',
  lines: [
    ['reply', 'get: {said}'],
    ['command', 'put: {said}'],
    ['opened', 'connect: {server}'],
    // `#<Net::FTPPermError: 550 …>`, and what a block prints of a listing.
    ['noise', '#<Net::FTP…'],
    ['noise', '>'],
  ],
  voice: 'conversation',
  holdsData: true,
  isSpoken: true,
});
