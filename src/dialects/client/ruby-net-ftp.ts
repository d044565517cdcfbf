/** Ruby's Net::FTP with `debug_mode` (3.1, recorded): `connect: host, port`, `put: ` a command, `get: ` each reply line. */

import { Conversation } from '../../decoding/conversation.ts';
import { count, understoodShare } from '../../decoding/detect.ts';
import type { Origin } from '../../decoding/event.ts';
import { wordEnd } from '../../decoding/wire-line.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { replyCode } from '../../protocol/reply-line.ts';

function open(_options: DecoderOptions, emit: EventSink): Decoder {
  const conversation = new Conversation(emit);
  return {
    inData: () => conversation.transferring,
    line(text: string, line: number): Understanding {
      const at: Origin = { line, time: Number.NaN, session: '', peer: '', user: '' };
      if (text.startsWith('get: ')) {
        conversation.reply(at, text.slice(5));
        return 'event';
      }
      if (text.startsWith('put: ')) {
        conversation.command(at, text.slice(5));
        return 'event';
      }
      if (text.startsWith('connect: ')) {
        conversation.opened(at, serverOf(text));
        return 'event';
      }
      // `#<Net::FTPPermError: 550 …>`, and what a block prints of a listing.
      return conversation.transferring || text.startsWith('#<Net::FTP') || text === '>' ? 'noise' : 'unparsed';
    },
  };
}

/** `connect: 192.0.2.7, 21` */
function serverOf(text: string): string {
  return text.slice(9);
}

function isMark(text: string): boolean {
  if (text.startsWith('get: ')) return replyCode(text, 5) > 0;
  return text.startsWith('put: ') && wordEnd(text, 5) >= 8 && wordEnd(text, 5) <= 9;
}

function detect(sample: Sample): number {
  return count(sample, isMark) === 0 ? 0 : understoodShare(sample, open);
}

export const rubyNetFtp: Dialect = {
  id: 'ruby-net-ftp',
  title: 'Ruby Net::FTP, debug_mode',
  evidence: 'recorded',
  side: 'client',
  identity: 'order',
  duplex: true,
  serial: true,
  example: 'put: USER alice',
  marks: ['get: ', 'put: '],
  detect,
  open,
};
