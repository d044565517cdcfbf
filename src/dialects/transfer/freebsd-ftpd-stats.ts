/**
 * FreeBSD ftpd's `-S` file, /var/log/ftpd (libexec/ftpd/ftpd.c, logxfer()): a line for each file an anonymous user
 * fetched, the fields parted by `!`, nothing escaped. Local time.
 *
 *   Nov 22 09:59:10 2026!guest@example.com!host.example.com!/pub/data.bin!20000!1
 */

import { declared } from '../../decoding/declared.ts';

export const freebsdFtpdStats = declared({
  id: 'freebsd-ftpd-stats',
  title: 'FreeBSD ftpd -S',
  evidence: 'source',
  side: 'transfer',
  identity: 'peer',
  lacks: ['commands', 'replies', 'logins'],
  example: 'Nov 22 09:59:10 2026!guest@example.com!host.example.com!/pub/data.bin!20000!1',
  lines: [
    ['retrieved', '{time:yearlast}!{name:plain}!{peer:plain}!{path}!{size:digits}!{seconds:digits}{user=anonymous}'],
  ],
  voice: 'records',
  marks: ['0!', '1!', '2!', '3!', '4!', '5!', '6!', '7!', '8!', '9!'],
});
