/**
 * Pure-FTPd's `-O w3c:FILE` (1.0.50 recorded; altlog.c), an imitation of IIS 5: UTC, paths percent-encoded, completed
 * transfers only. The columns are fixed in the program.
 *
 *   2026-11-22 10:03:15 192.0.2.7 []sent /home/alice/a%20b.bin 226 alice 20000
 */

import { declared } from '../../decoding/declared.ts';

export const pureftpdW3c = declared({
  id: 'pureftpd-w3c',
  title: 'Pure-FTPd -O w3c',
  evidence: 'recorded',
  side: 'transfer',
  identity: 'peer',
  lacks: ['commands', 'replies', 'logins'],
  example: '2026-11-22 10:03:15 192.0.2.7 []sent /home/alice/a%20b.bin 226 alice 20000',
  lines: [
    ['stored', '{time:iso} {peer:word} []created {path:percent} {code:digits} {user} {size:digits}'],
    ['retrieved', '{time:iso} {peer:word} []sent {path:percent} {code:digits} {user} {size:digits}'],
    ['noise', '#Software:…', '#Version:…', '#Date:…', '#Fields:…'],
  ],
  voice: 'records',
  isUtc: true,
  marks: [' []sent ', ' []created ', '#Software: Pure-FTPd'],
});
