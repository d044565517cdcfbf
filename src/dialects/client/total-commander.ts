/**
 * Total Commander's FTP log (not seen as a file): a head with `hostname=`, `username=` and `startdir=`, then the bare
 * conversation among notes.
 */

import { Conversation } from '../../decoding/conversation.ts';
import { count, understoodShare } from '../../decoding/detect.ts';
import type { Origin } from '../../decoding/event.ts';
import { isReplyLine } from '../../decoding/wire-line.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { isBlank } from '../../text.ts';

const notes: readonly string[] = [
  'Connect to: ',
  'username=',
  'startdir=',
  '----------',
  'Connect ok!',
  'Get directory',
  'Waiting for ',
  'Download',
  'Upload',
  'Copied (',
  'Keep alive',
  'Keepalive',
  'SSL/TLS',
  'Logged in',
  'Start of ',
];

function open(_options: DecoderOptions, emit: EventSink): Decoder {
  const conversation = new Conversation(emit);
  return {
    inData: () => conversation.transferring,
    line(text: string, line: number): Understanding {
      const at: Origin = { line, time: Number.NaN, session: '', peer: '', user: '' };
      if (text.startsWith('hostname=')) {
        conversation.opened(at, text.slice(9));
        return 'event';
      }
      if (text.startsWith('----------')) {
        conversation.closed(at, '');
        return 'noise';
      }
      if (conversation.unmarked(at, text)) return 'event';
      for (const note of notes) if (text.startsWith(note)) return conversation.note(at, text);
      if (text.startsWith('Disconnect') || text.startsWith('Connection closed')) {
        return conversation.closed(at, text) ? 'event' : 'noise';
      }
      return isBlank(text) || conversation.transferring || isAddress(text) ? 'noise' : 'unparsed';
    },
  };
}

/** `ftp.example.net=192.0.2.7` */
function isAddress(text: string): boolean {
  const equals = text.indexOf('=');
  return equals > 0 && text.indexOf(' ') < 0 && text.indexOf('.', equals) > 0;
}

function detect(sample: Sample): number {
  if (count(sample, (text) => text.startsWith('hostname=')) === 0) return 0;
  if (count(sample, (text) => /^(username|startdir)=/.test(text) || text.startsWith('Connect to: ')) === 0) return 0;
  return count(sample, isReplyLine) === 0 ? 0 : understoodShare(sample, open) * 0.9;
}

export const totalCommander: Dialect = {
  id: 'total-commander',
  title: 'Total Commander, FTP log',
  evidence: 'unverified',
  side: 'client',
  identity: 'order',
  example: 'hostname=ftp.example.net',
  marks: ['hostname='],
  detect,
  open,
};
