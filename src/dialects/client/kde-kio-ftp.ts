/**
 * KDE's ftp worker, debug category on (source: KIO 5.103, kdelibs 4): `kf.kio.workers.ftp: send>  "PASV"`,
 * `resp>  "227 …"` the first line of a reply, `    >  "…"` its further lines.
 */

import { Conversations } from '../../decoding/conversation.ts';
import { count, understoodShare } from '../../decoding/detect.ts';
import type { Origin } from '../../decoding/event.ts';
import { literalAt } from '../../decoding/literal.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { skipBlanks, skipDigits } from '../../text.ts';

function open(_options: DecoderOptions, emit: EventSink): Decoder {
  const conversations = new Conversations(emit);
  return {
    line(text: string, line: number): Understanding {
      const mark = text.indexOf('> ');
      if (mark < 4) return 'unparsed';
      const isSent = text.startsWith('send', mark - 4);
      if (!isSent && !text.startsWith('resp', mark - 4) && !text.startsWith('    ', mark - 4)) return 'unparsed';
      const textAt = skipBlanks(text, mark + 1);
      const session = pidOf(text, mark);
      const at: Origin = { line, time: Number.NaN, session, peer: '', user: '' };
      const conversation = conversations.of(session);
      if (isSent && text.startsWith('pass [', textAt)) {
        conversation.command(at, 'PASS [hidden]');
        return 'event';
      }
      const literal = literalAt(text, textAt);
      if (literal === undefined) return 'unparsed';
      if (isSent) conversation.command(at, literal.value.trimEnd());
      else conversation.reply(at, literal.value.trimEnd());
      return 'event';
    },
  };
}

/** `kio_ftp(1234)/kio_ftp Ftp::ftpSendCmd: ` names the process; '' elsewhere. */
function pidOf(text: string, end: number): string {
  const start = text.indexOf('kio_ftp(');
  if (start < 0 || start > end) return '';
  const last = skipDigits(text, start + 8);
  return text.charCodeAt(last) === 41 ? text.slice(start + 8, last) : '';
}

function detect(sample: Sample): number {
  const marked = count(sample, (text) => /(kio|ftp).*(send|resp)> +("|pass \[)/i.test(text));
  return marked === 0 ? 0 : understoodShare(sample, open);
}

export const kdeKioFtp: Dialect = {
  id: 'kde-kio-ftp',
  title: 'KDE KIO, ftp worker',
  evidence: 'source',
  side: 'client',
  identity: 'key',
  example: 'kf.kio.workers.ftp: send>  "PASV"',
  // The pattern minds no case, what the decoder understands does.
  marks: ['send> ', 'resp> ', '    > '],
  detect,
  open,
};
