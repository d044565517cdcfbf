/** ForkLift (pasted): `22/04/2023 15:12:44 [ftp.example.net - 0] USER alice`; host and number are the connection. */

import { Conversations } from '../../decoding/conversation.ts';
import { count, understoodShare } from '../../decoding/detect.ts';
import type { Origin } from '../../decoding/event.ts';
import { LocaleClock } from '../../decoding/locale-clock.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { isDigit } from '../../text.ts';

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new LocaleClock(options, emit);
  const conversations = new Conversations(clock.sink);
  return {
    line(text: string, line: number): Understanding {
      if (!isDigit(text, 0)) return 'unparsed';
      const end = clock.read(text, 0);
      if (end < 0 || !text.startsWith(' [', end)) return 'unparsed';
      const close = text.indexOf('] ', end);
      const dash = text.indexOf(' - ', end);
      if (close < 0 || dash < 0 || dash > close) return 'unparsed';
      const session = text.slice(end + 2, close);
      const at: Origin = { line, time: clock.time, session, peer: '', user: '' };
      const conversation = conversations.of(session);
      const rest = text.slice(close + 2);
      if (conversation.unmarked(at, rest)) return 'event';
      if (rest.startsWith('connected to ')) {
        conversation.opened(at, text.slice(end + 2, dash));
        return 'event';
      }
      if (rest.startsWith('disconnected')) return conversation.closed(at, rest) ? 'event' : 'noise';
      return conversation.note(at, rest);
    },
    end(): void {
      clock.end();
    },
  };
}

const spoken =
  /^\d+[/.-]\d+[/.-]\d+,? \d\d?[:.]\d\d[:.]\d\d( [AP]M)? \[\S+ - \d+\] ([1-5]\d\d[ -]|[A-Z]{3,4}( |$)|connected to )/;

function detect(sample: Sample): number {
  return count(sample, (text) => spoken.test(text)) === 0 ? 0 : understoodShare(sample, open);
}

export const forkLift: Dialect = {
  id: 'forklift',
  title: 'ForkLift',
  evidence: 'pasted',
  side: 'client',
  identity: 'key',
  example: '22/04/2023 15:12:44 [ftp.example.net - 0] USER alice',
  detect,
  open,
};
