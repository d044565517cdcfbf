/**
 * FreeBSD ftpd's `-S` file, /var/log/ftpd (libexec/ftpd/ftpd.c, logxfer()): a line for each file an anonymous user
 * fetched, the fields parted by `!`, nothing escaped. Local time.
 *
 *   Nov 22 09:59:10 2026!guest@example.com!host.example.com!/pub/data.bin!20000!1
 */

import { share } from '../../decoding/detect.ts';
import { transferEvent } from '../../decoding/event.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Understanding } from '../../model.ts';
import { msOfSeconds } from '../../number.ts';
import { digits, skipDigits } from '../../text.ts';
import { Clock } from '../../timestamp.ts';

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new Clock(options);
  return {
    line(text: string, line: number): Understanding {
      const date = text.indexOf('!');
      const time = date === 20 ? clock.ctime(`    ${text.slice(0, 20)}`) : Number.NaN;
      const name = text.indexOf('!', date + 1);
      const host = text.indexOf('!', name + 1);
      const seconds = text.lastIndexOf('!');
      const size = text.lastIndexOf('!', seconds - 1);
      if (date !== 20 || clock.end < 0 || name < 0 || host < 0 || size <= host) return 'unparsed';
      if (skipDigits(text, size + 1) !== seconds || skipDigits(text, seconds + 1) !== text.length) return 'unparsed';
      const at = { line, time, session: '', peer: text.slice(name + 1, host), user: 'anonymous' };
      const path = text.slice(host + 1, size);
      emit(
        transferEvent(
          at,
          'RETR',
          path,
          true,
          digits(text, size + 1, seconds),
          msOfSeconds(digits(text, seconds + 1, text.length)),
        ),
      );
      return 'event';
    },
  };
}

const shape = /^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}![^!]*![^!]*!.+!\d+!\d+$/;

export const freebsdFtpdStats: Dialect = {
  id: 'freebsd-ftpd-stats',
  title: 'FreeBSD ftpd -S',
  evidence: 'source',
  side: 'transfer',
  identity: 'peer',
  lacks: ['commands', 'replies', 'logins'],
  example: 'Nov 22 09:59:10 2026!guest@example.com!host.example.com!/pub/data.bin!20000!1',
  marks: ['0!', '1!', '2!', '3!', '4!', '5!', '6!', '7!', '8!', '9!'],
  detect: (sample) => share(sample, (text) => shape.test(text)),
  open,
};
