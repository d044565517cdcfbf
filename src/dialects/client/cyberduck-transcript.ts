/**
 * Cyberduck and Mountain Duck, log file (source and pasted, 8 and 9): `… [background-7] INFO
 * ch.cyberduck.transcript.request - PWD`. A reply of many lines is one entry whose further lines are bare. The threads of
 * a window share its connection; those of transfers have their own. HTTP and others use the same loggers.
 */

import { type Conversation, Conversations } from '../../decoding/conversation.ts';
import { count, understoodShare } from '../../decoding/detect.ts';
import type { Origin } from '../../decoding/event.ts';
import { looksLikeCommand, wordEnd } from '../../decoding/wire-line.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { isVerb } from '../../protocol/commands.ts';
import { codeAt, replyCode } from '../../protocol/reply-line.ts';
import { isDigit } from '../../text.ts';
import { Clock } from '../../timestamp.ts';

const requestMark = 'transcript.request - ';
const responseMark = 'transcript.response - ';
const window = 'background';

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new Clock(options);
  const conversations = new Conversations(emit);
  let current: Conversation | undefined;
  let currentAt: Origin | undefined;
  /** The entry before was of another protocol, its further lines are bare too. */
  let foreign = false;

  function respond(conversation: Conversation, text: string, at: Origin): Understanding {
    foreign = codeAt(text) < 0 && conversation.openCode === 0;
    if (foreign) return 'noise';
    conversation.replyText(at, text);
    current = conversation;
    currentAt = at;
    return 'event';
  }

  function request(conversation: Conversation, text: string, at: Origin): Understanding {
    const isFtp = looksLikeCommand(text) && isVerb(text.slice(0, wordEnd(text, 0))) && !text.includes(' HTTP/');
    foreign = !isFtp;
    if (foreign) return 'noise';
    conversation.command(at, text);
    return 'event';
  }

  return {
    line(text: string, line: number): Understanding {
      const open = text.indexOf('[');
      const close = open < 0 ? -1 : text.indexOf('] ', open);
      const named = close > 0 && open <= 31 && isDigit(text, 0) ? text.indexOf('ch.cyberduck.', close) : -1;
      if (named < 0 || named > close + 12) {
        // One entry may hold two replies.
        if (current !== undefined && currentAt !== undefined && (current.openCode > 0 || replyCode(text) > 0)) {
          current.reply({ line, time: currentAt.time, session: currentAt.session, peer: '', user: '' }, text);
          return 'event';
        }
        return foreign ? 'noise' : 'unparsed';
      }
      current = undefined;
      const session = text.startsWith(window, open + 1) ? window : text.slice(open + 1, close);
      const at: Origin = { line, time: clock.iso(text), session, peer: '', user: '' };
      const rest = named + 'ch.cyberduck.'.length;
      if (text.startsWith(requestMark, rest)) {
        return request(conversations.of(session), text.slice(rest + requestMark.length), at);
      }
      if (text.startsWith(responseMark, rest)) {
        return respond(conversations.of(session), text.slice(rest + responseMark.length), at);
      }
      foreign = false;
      return 'noise';
    },
  };
}

function detect(sample: Sample): number {
  const spoken = count(sample, (text) =>
    /ch\.cyberduck\.transcript\.(request - [A-Z]{3,4}( (?!.* HTTP\/)|$)|response - [1-5]\d\d[ -])/.test(text),
  );
  return spoken === 0 ? 0 : understoodShare(sample, open);
}

export const cyberduckTranscript: Dialect = {
  id: 'cyberduck-transcript',
  title: 'Cyberduck, transcript in the log file',
  evidence: 'pasted',
  side: 'client',
  identity: 'key',
  example: '2024-10-29 18:20:05,998 [KQcf3jTR-transfer-1] INFO  ch.cyberduck.transcript.request - STOR /a.pdf',
  marks: ['ch.cyberduck.transcript.'],
  detect,
  open,
};
