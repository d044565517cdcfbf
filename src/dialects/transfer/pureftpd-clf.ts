/**
 * Pure-FTPd's transfer log in the common log format (`-O clf:FILE`, 1.0.50 recorded; altlog.c): completed transfers only,
 * the status is always 200, the path is percent-encoded. No HTTP version behind the path tells it from a web log.
 *
 *   192.0.2.7 - alice [22/Nov/2026:10:02:42 -0500] "PUT /home/alice/up%20load.txt" 200 3000
 */

import { share } from '../../decoding/detect.ts';
import { transferEvent } from '../../decoding/event.ts';
import { percentDecoded } from '../../decoding/percent.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Understanding } from '../../model.ts';
import { digits, isDigit } from '../../text.ts';
import { Clock } from '../../timestamp.ts';

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new Clock(options);
  return {
    line(text: string, line: number): Understanding {
      const bracket = dateAt(text);
      const quote = bracket + 30;
      const end = text.lastIndexOf('" 200 ');
      if (bracket < 0 || end < quote || !text.startsWith('] "', bracket + 27)) return 'unparsed';
      const verb = verbAt(text, quote);
      const time = clock.clf(text, bracket + 1);
      const host = text.indexOf(' ');
      const size = digits(text, end + 6, text.length);
      if (verb === '' || clock.end < 0 || size < 0) return 'unparsed';
      const at = { line, time, session: '', peer: text.slice(0, host), user: text.slice(host + 3, bracket - 1) };
      emit(transferEvent(at, verb, percentDecoded(text.slice(quote + 4, end)), true, size, -1));
      return 'event';
    },
  };
}

/** Index of the date's bracket; a user name may hold one. */
function dateAt(text: string): number {
  let at = text.indexOf(' [') + 1;
  while (at > 0 && !(isDigit(text, at + 1) && text.charCodeAt(at + 3) === 47 && text.charCodeAt(at + 27) === 93))
    at = text.indexOf(' [', at) + 1;
  return at > 0 ? at : -1;
}

function verbAt(text: string, at: number): string {
  if (text.startsWith('GET ', at)) return 'RETR';
  return text.startsWith('PUT ', at) ? 'STOR' : '';
}

const shape = /^\S+ - .+ \[\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\] "(GET|PUT) [^"]*" 200 \d+$/;

export const pureftpdClf: Dialect = {
  id: 'pureftpd-clf',
  title: 'Pure-FTPd -O clf',
  evidence: 'recorded',
  side: 'transfer',
  identity: 'peer',
  lacks: ['commands', 'replies', 'logins'],
  example: '192.0.2.7 - alice [22/Nov/2026:10:02:42 -0500] "PUT /home/alice/up%20load.txt" 200 3000',
  marks: ['] "GET ', '] "PUT '],
  detect: (sample) => share(sample, (text) => shape.test(text) && !/ HTTP\/\d(\.\d)?" 200 \d+$/.test(text)),
  open,
};
