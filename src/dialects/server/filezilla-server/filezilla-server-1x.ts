/**
 * FileZilla Server from 1.0 on, log file (logger/stdio.cpp, logger/type.hpp): UTC, who said it, the module, the text.
 * The head may be switched off (Debian's service): then only `[FTP Session …] text` is left.
 *
 *   2024-03-09T16:36:15.676Z >> [FTP Session 3 192.0.2.7] USER test          >> client, << server, the rest are notes
 */

import { count, share } from '../../../decoding/detect.ts';
import { isCapitalVerb } from '../../../decoding/wire-line.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../../model.ts';
import { replyCode } from '../../../protocol/reply-line.ts';
import { isDigit } from '../../../text.ts';
import { Clock } from '../../../timestamp.ts';
import { FilezillaSession, type Said } from './lines.ts';

const kinds: readonly string[] = ['==', '!!', 'WW', 'DW', 'DI', 'DV', 'DD', 'PP', 'TT'];

function saidBy(mark: string): Said | '' {
  if (mark === '>>') return 'command';
  if (mark === '<<') return 'reply';
  return kinds.includes(mark) ? 'note' : '';
}

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new Clock(options);
  const session = new FilezillaSession(emit);
  return {
    line(text: string, line: number, envelope): Understanding {
      if (text.charCodeAt(0) === 91) return bare(session, text, line, envelope.time);
      if (text.startsWith('===== ')) return text.includes('FileZilla Server') ? 'noise' : 'unparsed';
      if (!isDigit(text, 0) || text.charCodeAt(10) !== 84) return 'unparsed';
      const time = clock.iso(text);
      const mark = clock.end + 1;
      const said = saidBy(text.slice(mark, mark + 2));
      if (mark === 0 || said === '' || text.charCodeAt(mark + 2) !== 32) return 'unparsed';
      if (text.charCodeAt(mark + 3) !== 91) return text.includes('FileZilla Server', mark) ? 'noise' : 'unparsed';
      const ends = endsIn(text, mark, said);
      if (ends.length === 0) return text.endsWith(']') ? 'noise' : 'unparsed';
      const end = session.endOf(text, mark + 4, ends);
      if (end < 0) return session.unclear(text.slice(mark + 4, ends[0]), line, time);
      return session.read(text.slice(mark + 4, end), said, text.slice(end + 2), line, time);
    },
  };
}

/** Where the brackets may end: at the first one, and before what else looks like a reply or a command. */
function endsIn(text: string, from: number, said: Said): readonly number[] {
  const ends: number[] = [];
  for (let end = text.indexOf('] ', from); end >= 0; end = text.indexOf('] ', end + 1)) {
    const isReply = said !== 'command' && replyCode(text, end + 2) > 0;
    const isCommand = said !== 'reply' && isCapitalVerb(text.slice(end + 2, end + 20));
    if (ends.length === 0 || (said !== 'note' && (isReply || isCommand))) ends.push(end);
  }
  return ends;
}

/** `[FTP Session 3 192.0.2.7] USER test`, without a head. */
function bare(session: FilezillaSession, text: string, line: number, time: number): Understanding {
  if (!text.startsWith('[FTP Se')) return 'unparsed';
  const ends = endsIn(text, 0, 'unmarked');
  if (ends.length === 0) return 'unparsed';
  const end = session.endOf(text, 1, ends);
  if (end < 0) return session.unclear(text.slice(1, ends[0]), line, time);
  return session.read(text.slice(1, end), 'unmarked', text.slice(end + 2), line, time);
}

const shape =
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(?: ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d))? (==|!!|>>|<<|WW|DW|DI|DV|DD|PP|TT) (\[|=====)/;
const decisive = /^(\d{4}-\d\d-\d\dT\S+ .. )?\[FTP Session \d+ \S/;

function detect(sample: Sample): number {
  if (count(sample, (text) => decisive.test(text)) === 0) return 0;
  return share(sample, (text) => shape.test(text) || decisive.test(text) || text.startsWith('[FTP Server'));
}

export const filezillaServer1x: Dialect = {
  id: 'filezilla-server-1x',
  title: 'FileZilla Server from 1.0 on',
  evidence: 'pasted',
  side: 'server',
  identity: 'key',
  example: '2024-03-09T16:36:15.676Z >> [FTP Session 3 192.0.2.7] USER alice',
  marks: ['[FTP Session '],
  detect,
  open,
};
