/**
 * NcFTPd's session log (log_sess): one line at the end of a session, 30 fields of counts. It tells who was there, when,
 * how many logins failed, and how it ended.
 *
 *   2011-01-13 00:03:11 #u1     | alice,,192.0.2.7,11,1.2,0,0,5,0,0,0,0,0,1,0,0,0,0,0,0,0,NONE,0,0,0,0,0,0,0,TS6xtAABAAEA,
 */

import { share } from '../../../decoding/detect.ts';
import { closeEvent, loginEvent, type Origin, openEvent } from '../../../decoding/event.ts';
import { Row } from '../../../decoding/row.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Understanding } from '../../../model.ts';
import { Clock } from '../../../timestamp.ts';
import { ncftpdFields, ncftpdHead, ncftpdTime } from './head.ts';

/** Fields from the right: session, close code. */
const fieldCount = 30;

/** Why a session ended, by its code. */
const reasons: ReadonlyMap<string, string> = new Map([
  ['0', 'normal'],
  ['1', 'end of file without QUIT'],
  ['3', 'idle'],
  ['4', 'login timed out'],
  ['6', 'broken pipe'],
  ['10', 'too many users'],
  ['30', 'too many bad passwords'],
  ['34', 'buffer overflow attempt'],
]);

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new Clock(options);
  const row = new Row();
  return {
    line(text: string, line: number): Understanding {
      const start = ncftpdHead(text);
      if (start < 0) return 'unparsed';
      ncftpdFields(row, text, start);
      const first = row.count - fieldCount;
      if (first < 0) return 'unparsed';
      const end = ncftpdTime(text, clock);
      // The mail address is free text and may hold commas.
      const seconds = row.number(first + 3);
      const code = row.raw(row.count - 2);
      const at: Origin = {
        line,
        time: end,
        session: row.raw(row.count - 1),
        peer: row.raw(first + 2),
        user: row.raw(0),
      };
      const from: Origin = seconds > 0 ? { ...at, time: end - seconds * 1000 } : at;
      emit(openEvent(from));
      if (row.number(first + 19) > 0 || row.number(first + 7) > 0)
        emit(loginEvent(from, code !== '30' && code !== '4'));
      emit(closeEvent(at, reasons.get(code) ?? `code ${code}`));
      return 'event';
    },
  };
}

const shape =
  /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d #\S+ +\| ([^,]*,){3,6}\d+,\d+\.\d,(\d+,){16,}[A-Z]+,(\d+,){7}\w{8,16},?$/;

export const ncftpdSession: Dialect = {
  id: 'ncftpd-session',
  title: 'NcFTPd, sessions',
  evidence: 'pasted',
  side: 'server',
  identity: 'key',
  lacks: ['commands', 'replies', 'transfers'],
  example:
    '2011-01-13 00:03:11 #u1     | alice,,192.0.2.7,11,1.2,0,0,5,0,0,0,0,0,1,0,0,0,0,0,0,0,NONE,0,0,0,0,0,0,0,TS6xtAABAAEA,',
  marks: [' | '],
  detect: (sample) => share(sample, (text) => shape.test(text)),
  open,
};
