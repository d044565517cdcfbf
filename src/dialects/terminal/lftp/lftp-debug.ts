/** lftp's `debug` output (4.9.2, recorded), from `lftp -d` or `debug N`, on a terminal or in a file. */

import { count, understoodShare } from '../../../decoding/detect.ts';
import { bareOrigin } from '../../../decoding/event.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../../model.ts';
import { LftpLine, promptEnd } from './lines.ts';

function open(_options: DecoderOptions, emit: EventSink): Decoder {
  const lftp = new LftpLine(emit);
  const origin = bareOrigin();
  return {
    inData: () => lftp.inData(),
    line(text: string, line: number): Understanding {
      origin.line = line;
      const marked = lftp.read(text, 0, origin);
      if (marked !== 'unparsed') return marked;
      const back = text.lastIndexOf('\r');
      // A progress line that lftp wiped: `ls' at 0 [Sending commands...]␍      ␍<--- 230 Login successful.
      const wiped = back < 0 ? 'unparsed' : lftp.read(text, back + 1, origin);
      if (wiped !== 'unparsed') return wiped;
      const end = promptEnd(text);
      if (end === 0) return lftp.bare(text, origin);
      // What was typed stands behind the prompt, or a marked line that came while lftp waited for it.
      const typed = lftp.read(text, end, origin);
      return typed === 'unparsed' ? 'noise' : typed;
    },
  };
}

/** Commands, or the notes of `debug 3`, which shows none; ftpd -d logs replies behind the same mark (in its syslog). */
function detect(sample: Sample): number {
  const commands = count(sample, (text) => text.includes('---> '));
  const replies = count(sample, (text) => text.includes('<--- '));
  const notes = count(sample, (text) => text.startsWith('---- '));
  return notes === 0 && (commands === 0 || replies === 0) ? 0 : understoodShare(sample, open);
}

export const lftpDebug: Dialect = {
  id: 'lftp-debug',
  title: 'lftp -d',
  evidence: 'recorded',
  side: 'client',
  identity: 'order',
  duplex: true,
  example: '---> USER alice',
  marks: ['---- ', '<--- '],
  detect,
  open,
};
