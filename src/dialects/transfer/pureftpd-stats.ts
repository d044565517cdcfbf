/**
 * Pure-FTPd's `-O stats:FILE` (1.0.50 recorded; altlog.c): the only transfer log with a session key, the hexadecimal
 * start of the session and its process number. The path comes last, as it is.
 *
 *   1795347464 6b02d408.3376 bob 192.0.2.7 U 3 0 /home/bob/quarterly figures.csv
 */

import { share } from '../../decoding/detect.ts';
import { transferEvent } from '../../decoding/event.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Understanding } from '../../model.ts';
import { msOfSeconds } from '../../number.ts';
import { digits, isDigit, skipDigits } from '../../text.ts';
import { epochTime } from '../../timestamp.ts';

function open(_options: DecoderOptions, emit: EventSink): Decoder {
  return {
    line(text: string, line: number): Understanding {
      const time = skipDigits(text, 0);
      const dot = text.indexOf('.', time);
      const session = text.indexOf(' ', time + 1);
      if (time < 9 || text.charCodeAt(time) !== 32 || dot < 0 || session < dot || dot - time > 17) return 'unparsed';
      const mark = directionAt(text, session + 1);
      if (mark < 0) return 'unparsed';
      const bytes = skipDigits(text, mark + 3);
      const seconds = skipDigits(text, bytes + 1);
      const host = text.lastIndexOf(' ', mark - 1);
      const at = {
        line,
        time: epochTime(text.slice(0, time), 0),
        session: text.slice(time + 1, session),
        peer: text.slice(host + 1, mark),
        user: text.slice(session + 1, host),
      };
      const verb = text.charCodeAt(mark + 1) === 68 ? 'RETR' : 'STOR';
      emit(
        transferEvent(
          at,
          verb,
          text.slice(seconds + 1),
          true,
          digits(text, mark + 3, bytes),
          msOfSeconds(digits(text, bytes + 1, seconds)),
        ),
      );
      return 'event';
    },
  };
}

/** Index of the first ` U 3 0 ` or ` D 3 0 ` behind user and host; -1 if there is none. */
function directionAt(text: string, from: number): number {
  for (let at = text.indexOf(' ', text.indexOf(' ', from) + 1); at > from; at = text.indexOf(' ', at + 1)) {
    const c = text.charCodeAt(at + 1);
    if ((c !== 68 && c !== 85) || text.charCodeAt(at + 2) !== 32) continue;
    const bytes = skipDigits(text, at + 3);
    if (
      text.charCodeAt(bytes) === 32 &&
      isDigit(text, bytes + 1) &&
      text.charCodeAt(skipDigits(text, bytes + 1)) === 32
    )
      return at;
  }
  return -1;
}

const shape = /^\d{9,11} [0-9a-f]{6,16}\.[0-9a-f]{1,8} .+ \S+ [UD] \d+ \d+ ./;

export const pureftpdStats: Dialect = {
  id: 'pureftpd-stats',
  title: 'Pure-FTPd -O stats',
  evidence: 'recorded',
  side: 'transfer',
  identity: 'key',
  lacks: ['commands', 'replies', 'logins'],
  example: '1795347464 6b02d408.3376 bob 192.0.2.7 U 3 0 /home/bob/quarterly figures.csv',
  marks: [' U ', ' D '],
  detect: (sample) => share(sample, (text) => shape.test(text)),
  open,
};
