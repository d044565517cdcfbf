/**
 * edtFTPj and edtFTPnet (documented): `DEBUG [FTPControlSocket] 10 Jul 2009 12:11:34.123 : ---> USER alice`; lines of
 * replies stand there without the arrow.
 */

import { Conversation } from '../../decoding/conversation.ts';
import { count, understoodShare } from '../../decoding/detect.ts';
import type { Origin } from '../../decoding/event.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { codeAt } from '../../protocol/reply-line.ts';
import { Clock } from '../../timestamp.ts';

const logger = '[FTPControlSocket';

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new Clock(options);
  const conversation = new Conversation(emit);
  return {
    line(text: string, line: number): Understanding {
      const start = text.indexOf(logger);
      if (start < 0) {
        const other = text.indexOf('[FTP');
        return other >= 0 && other < 8 ? 'noise' : 'unparsed';
      }
      const close = text.indexOf('] ', start);
      const colon = text.indexOf(' : ', close);
      if (close < 0 || colon < 0) return 'noise';
      const at: Origin = { line, time: clock.dayMonthYear(text, close + 2), session: '', peer: '', user: '' };
      const from = colon + 3;
      if (text.startsWith('---> ', from)) {
        conversation.command(at, text.slice(from + 5));
        return 'event';
      }
      if (conversation.openCode === 0 && conversation.interrupted === 0 && codeAt(text, from) < 0) return 'noise';
      conversation.reply(at, text.slice(from));
      return 'event';
    },
  };
}

function detect(sample: Sample): number {
  const spoken = count(sample, (text) => text.includes(logger) && /: (---> [A-Z]{3}|[1-5]\d\d[ -])/.test(text));
  return spoken === 0 ? 0 : understoodShare(sample, open);
}

export const edtFtp: Dialect = {
  id: 'edtftp',
  title: 'edtFTPj, edtFTPnet',
  evidence: 'unverified',
  side: 'client',
  identity: 'order',
  duplex: true,
  serial: true,
  example: 'DEBUG [FTPControlSocket] 10 Jul 2009 12:11:34.123 : ---> USER alice',
  marks: [logger],
  detect,
  open,
};
