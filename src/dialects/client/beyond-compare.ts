/** Beyond Compare, FTP log pane (not seen as a file): a time, two blanks, `> ` a command or `< ` a line of a reply. */

import { Conversation } from '../../decoding/conversation.ts';
import { count, understoodShare } from '../../decoding/detect.ts';
import type { Origin } from '../../decoding/event.ts';
import { LocaleClock } from '../../decoding/locale-clock.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { isBlank, isDigit, skipBlanks } from '../../text.ts';
import { Clock, isClock } from '../../timestamp.ts';

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const dated = new LocaleClock(options, emit);
  const clock = new Clock(options);
  let withDates = false;
  const conversation = new Conversation((event) => (withDates ? dated.sink(event) : emit(event)));
  return {
    line(text: string, line: number): Understanding {
      const start = skipBlanks(text, 0);
      if (!isDigit(text, start)) return isBlank(text) ? 'noise' : 'unparsed';
      const short = isClock(text, start);
      const end = short ? start + 8 : dated.read(text, start);
      if (end < 0) return 'unparsed';
      withDates = !short;
      const time = short ? clock.timeOfDay(text, start) : dated.time;
      const markAt = skipBlanks(text, end);
      const mark = text.charCodeAt(markAt);
      const at: Origin = { line, time, session: '', peer: '', user: '' };
      if ((mark !== 60 && mark !== 62) || text.charCodeAt(markAt + 1) !== 32) {
        if (!text.startsWith('Connect', markAt))
          return conversation.commands > 0 ? conversation.note(at, text.slice(markAt)) : 'unparsed';
        if (text.startsWith('Connecting to ', markAt)) return 'noise';
        conversation.opened(at, text.startsWith('Connected to ', markAt) ? text.slice(markAt + 13) : '');
        return 'event';
      }
      if (mark === 60) conversation.reply(at, text.slice(markAt + 2));
      else conversation.command(at, text.slice(markAt + 2));
      return 'event';
    },
    end(): void {
      dated.end();
    },
  };
}

const sent = /^\s*\d[\d:/. -]*( [AP]M)? +> [A-Z]{3,4}( |$)/;
const received = /^\s*\d[\d:/. -]*( [AP]M)? +< [1-5]\d\d[ -]/;

function detect(sample: Sample): number {
  if (count(sample, (text) => sent.test(text)) === 0 || count(sample, (text) => received.test(text)) === 0) return 0;
  return understoodShare(sample, open) * 0.8;
}

export const beyondCompare: Dialect = {
  id: 'beyond-compare',
  title: 'Beyond Compare, FTP log',
  evidence: 'unverified',
  side: 'client',
  identity: 'order',
  serial: true,
  example: '10:15:30  > USER alice',
  marks: [' < 1', ' < 2', ' < 3', ' < 4', ' < 5'],
  detect,
  open,
};
