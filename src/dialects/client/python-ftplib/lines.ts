/**
 * CPython's ftplib (Python 2.7 to 3.11, recorded and source). Level 1 prints `*cmd*` and `*resp*`; level 2 prints the same
 * and what goes over the wire, so each is taken from the wire where that is shown.
 */

import { Conversation } from '../../../decoding/conversation.ts';
import type { Origin } from '../../../decoding/event.ts';
import { literalAt } from '../../../decoding/literal.ts';
import type { Decoder, DecoderOptions, EventSink, Understanding } from '../../../model.ts';
import { own } from '../../../text.ts';

/** What an uncaught exception of ftplib prints. */
const traceback: readonly string[] = ['Traceback (most recent call last):', '  File "', 'ftplib.', 'EOFError'];

export function openFtplib(_options: DecoderOptions, emit: EventSink): Decoder {
  const conversation = new Conversation(emit);
  let held = '';
  let heldLine = 0;
  let onWire = false;
  let got = 0;
  let lastReply = '';

  function origin(line: number): Origin {
    return { line, time: Number.NaN, session: '', peer: '', user: '' };
  }

  function release(): void {
    if (heldLine === 0) return;
    conversation.command(origin(heldLine), held);
    heldLine = 0;
  }

  /** `*put* 'PASV\r\n'` */
  function sent(text: string, at: number, line: number): Understanding {
    const literal = literalAt(text, at);
    if (literal === undefined) return 'unparsed';
    heldLine = 0;
    onWire = true;
    conversation.command(origin(line), withoutEnd(literal.value));
    return 'event';
  }

  /** `*get* '226 Transfer complete.\n'`; `*get* ''` is the end of the connection. */
  function received(text: string, line: number): Understanding {
    const literal = literalAt(text, 6);
    if (literal === undefined) return 'unparsed';
    release();
    onWire = true;
    if (literal.value === '') return conversation.closed(origin(line), 'closed by the server') ? 'event' : 'noise';
    got++;
    conversation.reply(origin(line), withoutEnd(literal.value));
    return 'event';
  }

  function response(text: string, at: number, line: number): Understanding {
    const literal = literalAt(text, at);
    if (literal === undefined) return 'unparsed';
    release();
    const seen = got;
    got = 0;
    lastReply = literal.value.length > 512 ? '' : own(literal.value);
    if (seen > 0) return 'noise';
    conversation.replyText(origin(line), literal.value);
    return 'event';
  }

  return {
    inData: () => conversation.transferring,
    line(text: string, line: number): Understanding {
      if (text.charCodeAt(0) !== 42) return aside(text, conversation, lastReply);
      if (text.startsWith('*cmd* ')) {
        const literal = literalAt(text, 6);
        if (literal === undefined) return 'unparsed';
        release();
        held = own(literal.value);
        heldLine = line;
        return onWire ? 'noise' : 'event';
      }
      if (text.startsWith('*resp* ')) return response(text, 7, line);
      if (text.startsWith('*put* ')) return sent(text, 6, line);
      if (text.startsWith('*get* ')) return received(text, line);
      if (text.startsWith('*put urgent* ')) return sent(text, 13, line);
      if (text.startsWith('*retr* ')) return 'noise';
      // `*welcome*` repeats the greeting, or is all there is of it where the level was set after connecting.
      if (!text.startsWith('*welcome* ')) return 'unparsed';
      return conversation.replies > 0 || conversation.commands > 0 ? 'noise' : response(text, 10, line);
    },
    end: release,
  };
}

/** What the script prints: listings while a transfer runs, tracebacks, the reply in words of its own. */
function aside(text: string, conversation: Conversation, lastReply: string): Understanding {
  if (conversation.transferring || (lastReply !== '' && text.endsWith(lastReply))) return 'noise';
  for (const start of traceback) if (text.startsWith(start)) return 'noise';
  return 'unparsed';
}

function withoutEnd(wire: string): string {
  let end = wire.length;
  while (end > 0 && (wire.charCodeAt(end - 1) === 10 || wire.charCodeAt(end - 1) === 13)) end--;
  return end === wire.length ? wire : wire.slice(0, end);
}
