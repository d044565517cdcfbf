/** fineFTP server, console (pasted): `FTP >> ` the server's line, `FTP << ` the client's, an empty line after each reply. */

import { Conversation } from '../../decoding/conversation.ts';
import { count, understoodShare } from '../../decoding/detect.ts';
import { type Origin, openEvent } from '../../decoding/event.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { digits, isBlank, own } from '../../text.ts';

const connected = 'FTP Client connected: ';
const notes: readonly string[] = [
  'FTP Server created',
  'FTP Server ',
  'Listening at address ',
  'Ftp Session shutting down',
  'Data connection ',
];

function open(_options: DecoderOptions, emit: EventSink): Decoder {
  const conversation = new Conversation(emit);
  let peer = '';
  return {
    line(text: string, line: number): Understanding {
      const at: Origin = { line, time: Number.NaN, session: '', peer, user: '' };
      if (text.startsWith('FTP >> ')) {
        conversation.reply(at, text.slice(7));
        return 'event';
      }
      if (text.startsWith('FTP << ')) {
        conversation.command(at, text.slice(7));
        return 'event';
      }
      if (text.startsWith(connected)) {
        const colon = text.lastIndexOf(':');
        peer = own(text.slice(connected.length, colon));
        conversation.closed(at, '');
        emit(
          openEvent(
            { line, time: Number.NaN, session: '', peer, user: '' },
            Math.max(0, digits(text, colon + 1, text.length)),
          ),
        );
        return 'event';
      }
      if (conversation.openCode > 0) {
        conversation.reply(at, text);
        return 'event';
      }
      if (text.startsWith('Control connection closed')) return conversation.closed(at, text) ? 'event' : 'noise';
      for (const note of notes) if (text.startsWith(note)) return 'noise';
      return isBlank(text) ? 'noise' : 'unparsed';
    },
  };
}

function detect(sample: Sample): number {
  const spoken = count(sample, (text) => /^FTP (>> [1-5]\d\d[ -]|<< [A-Za-z]{3})/.test(text));
  return spoken === 0 ? 0 : understoodShare(sample, open);
}

export const fineFtp: Dialect = {
  id: 'fineftp',
  title: 'fineFTP server, console',
  evidence: 'pasted',
  side: 'server',
  identity: 'order',
  example: 'FTP >> 220 Welcome to fineFTP Server',
  marks: ['FTP >> ', 'FTP << '],
  detect,
  open,
};
