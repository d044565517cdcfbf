/**
 * Dart's ftpconnect (pasted): `flutter: [24.09.2022 13:28:44.903] > MLSD`,
 * `… < FTPReply = [code= 502, message= 502 no such command]`; the message of a long reply goes on in bare lines.
 */

import { Conversation } from '../../decoding/conversation.ts';
import { count, understoodShare } from '../../decoding/detect.ts';
import type { Origin } from '../../decoding/event.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { replyCode } from '../../protocol/reply-line.ts';
import { isDigit } from '../../text.ts';
import { Clock } from '../../timestamp.ts';

const replyMark = 'FTPReply = [';
const messageMark = 'message= ';

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new Clock(options);
  const conversation = new Conversation(emit);
  let time = Number.NaN;
  /** The last entry is what came from the server. */
  let received = false;

  function reply(at: Origin, wire: string): Understanding {
    // The bracket ends the object, not the line of the reply.
    const last =
      conversation.openCode === 0
        ? wire.charCodeAt(3) !== 45
        : replyCode(wire) === conversation.openCode && wire.charCodeAt(3) !== 45;
    conversation.reply(at, last && wire.endsWith(']') ? wire.slice(0, -1) : wire);
    return 'event';
  }

  return {
    line(text: string, line: number): Understanding {
      const from = afterPrefix(text);
      const stamped = text.charCodeAt(from) === 91 && isDigit(text, from + 1) && text.charCodeAt(from + 24) === 93;
      if (!stamped) {
        // One read may hold two replies.
        if (conversation.openCode > 0 || (received && replyCode(text, from) > 0))
          return reply({ line, time, session: '', peer: '', user: '' }, text.slice(from));
        return text.startsWith('Error: FTPException', from) ? 'noise' : 'unparsed';
      }
      received = text.startsWith('< ', from + 26);
      time = clock.numeric(text, 'dmy', from + 1);
      const at: Origin = { line, time, session: '', peer: '', user: '' };
      const markAt = from + 26;
      if (text.startsWith('> ', markAt)) {
        conversation.command(at, text.slice(markAt + 2));
        return 'event';
      }
      if (!text.startsWith('< ', markAt)) return 'noise';
      const messageAt = text.indexOf(messageMark, markAt);
      const isObject = text.startsWith(replyMark, markAt + 2) && messageAt > 0;
      return reply(at, isObject ? text.slice(messageAt + messageMark.length) : text.slice(markAt + 2));
    },
  };
}

/** Index behind `flutter: ` or Android's `I/flutter ( 1234): `. */
function afterPrefix(text: string): number {
  if (text.startsWith('flutter: ')) return 9;
  if (!text.startsWith('I/flutter')) return 0;
  const end = text.indexOf('): ');
  return end < 0 ? 0 : end + 3;
}

function detect(sample: Sample): number {
  const spoken = count(sample, (text) =>
    /\[\d\d\.\d\d\.\d{4} \d\d:\d\d:\d\d\.\d{3}\] (> [A-Z]{3}|< (FTPReply = \[code= \d|[1-5]\d\d[ -]))/.test(text),
  );
  return spoken === 0 ? 0 : understoodShare(sample, open);
}

export const dartFtpConnect: Dialect = {
  id: 'dart-ftpconnect',
  title: 'Dart ftpconnect',
  evidence: 'pasted',
  side: 'client',
  identity: 'order',
  serial: true,
  example: 'flutter: [24.09.2022 13:28:44.903] > MLSD',
  marks: ['] > ', '] < '],
  detect,
  open,
};
