/**
 * SmartFTP (pasted, 1.5 and 2.5). The older log indents what is no reply by four blanks; the newer one puts a time before
 * every line and indents nothing. Which side a line is of shows in its content.
 */

import { Conversation } from '../../decoding/conversation.ts';
import { count, share, understoodShare } from '../../decoding/detect.ts';
import type { Origin } from '../../decoding/event.ts';
import { isReplyLine, startsWithVerb } from '../../decoding/wire-line.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { isBlank, own } from '../../text.ts';
import { Clock, isClock } from '../../timestamp.ts';

const indent = '    ';

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new Clock(options);
  const conversation = new Conversation(emit);
  let server = '';

  function note(text: string, at: Origin): Understanding {
    if (text.startsWith('Connecting to ')) server = own(serverOf(text));
    else if (text.startsWith('Connected to ')) {
      conversation.opened(at, server);
      return 'event';
    } else if (text.startsWith('Server closed connection') || text.startsWith('Client closed the connection')) {
      return conversation.closed(at, text) ? 'event' : 'noise';
    }
    return conversation.note(at, text);
  }

  return {
    inData: () => conversation.transferring,
    line(text: string, line: number): Understanding {
      const timed = hasTime(text);
      const from = timed ? 11 : text.startsWith(indent) ? 4 : 0;
      const rest = from === 0 ? text : text.slice(from);
      const time = timed ? clock.timeOfDay(text, 1) : Number.NaN;
      const at: Origin = { line, time, session: '', peer: '', user: '' };
      if (conversation.unmarked(at, rest)) return 'event';
      if (from > 0) return note(rest, at);
      return isBlank(text) || conversation.transferring ? 'noise' : 'unparsed';
    },
  };
}

/** `[00:38:04] ` */
function hasTime(text: string): boolean {
  return text.charCodeAt(0) === 91 && text.charCodeAt(9) === 93 && text.charCodeAt(10) === 32 && isClock(text, 1);
}

/** `Connecting to 192.0.2.7 Port: 21` */
function serverOf(text: string): string {
  return text.slice(14);
}

function detect(sample: Sample): number {
  const named = count(sample, (text) =>
    /^(\[\d\d:\d\d:\d\d\] | {4})(SmartFTP v\d|Connecting to \S+ Port: \d)/.test(text),
  );
  if (named > 0) return understoodShare(sample, open);
  const replies = count(sample, (text) => (hasTime(text) ? isReplyLine(text.slice(11)) : isReplyLine(text)));
  const commands = share(
    sample,
    (text) =>
      (hasTime(text) || text.startsWith(indent)) && startsWithVerb(text.slice(text.startsWith(indent) ? 4 : 11)),
  );
  return replies === 0 || commands < 0.2 ? 0 : understoodShare(sample, open) * 0.75;
}

export const smartFtp: Dialect = {
  id: 'smartftp',
  title: 'SmartFTP',
  evidence: 'pasted',
  side: 'client',
  identity: 'order',
  serial: true,
  example: '[00:38:04] USER alice',
  detect,
  open,
};
