/**
 * WS_FTP LE and Pro, connection log (notes pasted, no whole file seen): the bare conversation among notes such as
 * `WINSOCK.DLL: WinSock 2.0`, `Finding Host …`, `connecting to 192.0.2.7:21`.
 */

import { Conversation } from '../../decoding/conversation.ts';
import { count, understoodShare } from '../../decoding/detect.ts';
import type { Origin } from '../../decoding/event.ts';
import { isReplyLine } from '../../decoding/wire-line.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { isBlank, own } from '../../text.ts';

const notes: readonly string[] = [
  'WINSOCK.DLL: ',
  'WS_FTP',
  'Finding Host ',
  '- -',
  '--> ',
  '-- ',
  'Host type ',
  'sending ',
  'Sending ',
  'Received ',
  'Transmitted ',
  'Retrieving directory',
  'Transfer request completed',
  'Requesting ',
  'local chdir',
  'Login successful',
  'Logged in',
];

function open(_options: DecoderOptions, emit: EventSink): Decoder {
  const conversation = new Conversation(emit);
  let server = '';
  return {
    inData: () => conversation.transferring,
    line(text: string, line: number): Understanding {
      const at: Origin = { line, time: Number.NaN, session: '', peer: '', user: '' };
      if (conversation.unmarked(at, text)) return 'event';
      const from = text.startsWith('--> ') ? 4 : 0;
      if (text.startsWith('onnecting to ', from + 1)) {
        server = own(text.slice(from + 14));
        return 'noise';
      }
      if (text.startsWith('onnected to ', from + 1)) {
        conversation.opened(at, server);
        return 'event';
      }
      if (text.startsWith('Connection closed') || text.startsWith('Connection reset')) {
        return conversation.closed(at, text) ? 'event' : 'noise';
      }
      for (const note of notes) if (text.startsWith(note)) return conversation.note(at, text);
      return isBlank(text) || conversation.transferring ? 'noise' : 'unparsed';
    },
  };
}

const marked =
  /^(WINSOCK\.DLL: WinSock|WS_FTP (LE|Pro|Professional|Home|12|32)|Finding Host |Connected to \S+ in [\d.]+ seconds, Waiting for Server Response)/;

function detect(sample: Sample): number {
  if (count(sample, (text) => marked.test(text)) === 0) return 0;
  return count(sample, isReplyLine) === 0 ? 0 : understoodShare(sample, open) * 0.9;
}

export const wsFtpClient: Dialect = {
  id: 'ws-ftp-client',
  title: 'WS_FTP client, connection log',
  evidence: 'unverified',
  side: 'client',
  identity: 'order',
  serial: true,
  example: 'Finding Host ftp.example.net ...',
  marks: ['WINSOCK.DLL: WinSock', 'WS_FTP ', 'Finding Host ', ' seconds, Waiting for Server Response'],
  detect,
  open,
};
