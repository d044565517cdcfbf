/**
 * SFTPGo on a console: time, level, message, then `name=value` parted by blanks. Values are not quoted, so `line`, the
 * last one, runs to the end.
 *
 *   2025-03-17T19:57:02.653 DBG Received line | sender=ftpserverlib server_id=FTP_0 clientId=3 line=USER test user
 */

import { count, share } from '../../../decoding/detect.ts';
import { ambiguousEvent } from '../../../decoding/event.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../../model.ts';
import { Clock } from '../../../timestamp.ts';
import { Sftpgo } from './entries.ts';

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new Clock(options);
  const sftpgo = new Sftpgo(emit);
  return {
    line(text: string, line: number): Understanding {
      const time = clock.iso(text);
      const { end } = clock;
      const bar = text.indexOf(' | sender=');
      if (end < 0 || bar < 0 || text.charCodeAt(end) !== 32 || text.charCodeAt(end + 4) !== 32) return 'unparsed';
      const fields = text.slice(bar + 2, text.endsWith(' ') ? -1 : undefined);
      if (isAmbiguous(text, bar, fields)) {
        emit(ambiguousEvent({ line, time, session: '', peer: '', user: '' }));
        return 'event';
      }
      return sftpgo.read(
        fieldOf(fields, 'sender'),
        text.slice(end + 5, bar),
        (name) => fieldOf(fields, name),
        line,
        time,
      );
    },
  };
}

function fieldOf(fields: string, name: string): string {
  const mark = ` ${name}=`;
  const at = fields.indexOf(mark);
  if (at < 0) return '';
  const from = at + mark.length;
  if (name === 'line' || name === 'error') return fields.slice(from);
  // A value ends where the next name begins, since it may hold blanks.
  let end = fields.indexOf(' ', from);
  while (end >= 0 && !isName(fields, end + 1)) end = fields.indexOf(' ', end + 1);
  return end < 0 ? fields.slice(from) : fields.slice(from, end);
}

/** The fields may begin further on, behind a message that holds a name, or one of them is there twice. */
function isAmbiguous(text: string, bar: number, fields: string): boolean {
  const line = fields.indexOf(' line=');
  // The line is the last field, and runs to the end.
  const end = line < 0 ? fields.length : line;
  const next = text.indexOf(' | sender=', bar + 1);
  if (next >= 0 && next < bar + 2 + end) return true;
  for (const name of telling) {
    const first = fields.indexOf(name);
    if (first < 0 || first >= end) continue;
    const second = fields.indexOf(name, first + 1);
    if (second >= 0 && second < end) return true;
  }
  return false;
}

/** Fields that say who it was, from where, and on which connection. */
const telling: readonly string[] = [
  ' remote_addr=',
  ' username=',
  ' connection_id=',
  ' clientId=',
  ' client_ip=',
  ' ip=',
];

function isName(text: string, at: number): boolean {
  let i = at;
  for (; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (!((c >= 97 && c <= 122) || (c >= 65 && c <= 90) || c === 95)) break;
  }
  return i > at && text.charCodeAt(i) === 61;
}

const shape =
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S*(?: UTC| GMT| [+-]\d\d:?\d\d)? (TRC|DBG|INF|WRN|ERR|FTL) .* \| sender=/;

function detect(sample: Sample): number {
  const ftp = count(
    sample,
    (text) => shape.test(text) && /sender=ftpserverlib |connection_id=FTP_|protocol=FTP/.test(text),
  );
  return ftp > 0 ? share(sample, (text) => shape.test(text)) : 0;
}

export const sftpgoText: Dialect = {
  id: 'sftpgo-text',
  title: 'SFTPGo on a console',
  evidence: 'pasted',
  side: 'server',
  identity: 'key',
  example: '2025-03-17T19:57:02.653 DBG Received line | sender=ftpserverlib server_id=FTP_0 clientId=3 line=SYST',
  marks: [' | sender='],
  detect,
  open,
};
