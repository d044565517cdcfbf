/**
 * DrFTPD's master log (log4j): what was received; replies and passwords are not logged. The connection is known by the
 * name of its thread.
 *
 *   INFO 2009-05-01 12:00:00,123 [FtpConn thread 5 from 192.0.2.7 - alice] BaseFtpConnection alice - << CWD pub
 */

import { count, share } from '../../decoding/detect.ts';
import { commandEvent, type Origin } from '../../decoding/event.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { Clock } from '../../timestamp.ts';

const levels: readonly string[] = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
const address = /\d{1,3}(\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f:]+/;

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new Clock(options);
  return {
    line(text: string, line: number): Understanding {
      const blank = text.indexOf(' ');
      if (!levels.includes(text.slice(0, Math.max(0, blank)))) return 'unparsed';
      const date = text.charCodeAt(blank + 1) === 32 ? blank + 2 : blank + 1;
      const time = clock.iso(text, date);
      const thread = text.indexOf('[', date);
      const close = text.indexOf('] ', thread);
      if (clock.end < 0 || thread !== clock.end + 1 || close < 0) return 'unparsed';
      const mark = text.indexOf(' - << ', close);
      if (mark < 0) return 'noise';
      const name = text.slice(thread + 1, close);
      // The class stands in front of the context, which is the user's name.
      const user = text.slice(text.indexOf(' ', close + 2) + 1, mark);
      const at: Origin = {
        line,
        time,
        session: name,
        peer: address.exec(name)?.[0] ?? '',
        user: user.includes(' ') ? '' : user,
      };
      emit(commandEvent(at, text.slice(mark + 6)));
      return 'event';
    },
  };
}

const shape =
  /^(TRACE|DEBUG|INFO|WARN|ERROR|FATAL) {1,2}\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}(?: ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d))? \[/;

function detect(sample: Sample): number {
  return count(sample, (text) => shape.test(text) && / - << [A-Za-z]{3,4}\b/.test(text)) === 0
    ? 0
    : share(sample, (text) => shape.test(text));
}

export const drftpd: Dialect = {
  id: 'drftpd',
  title: 'DrFTPD, master log',
  evidence: 'source',
  side: 'server',
  identity: 'key',
  lacks: ['replies', 'logins', 'transfers'],
  example: 'INFO 2009-05-01 12:00:00,123 [FtpConn thread 5 from 192.0.2.7] BaseFtpConnection alice - << CWD pub',
  marks: [' - << '],
  detect,
  open,
};
