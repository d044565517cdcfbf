/**
 * Apache Commons Net's PrintCommandListener with directions (3.9, recorded): `> ` a command, `< ` the first line of a
 * reply; the further lines of a reply are bare.
 */

import { Conversation } from '../../decoding/conversation.ts';
import { count, understoodShare } from '../../decoding/detect.ts';
import type { Origin } from '../../decoding/event.ts';
import { looksLikeCommand, startsWithVerb } from '../../decoding/wire-line.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { replyCode } from '../../protocol/reply-line.ts';
import { isBlank } from '../../text.ts';

function open(_options: DecoderOptions, emit: EventSink): Decoder {
  const conversation = new Conversation(emit);
  /** The last line with a mark came from the server: one read may hold two replies. */
  let received = false;
  return {
    inData: () => conversation.transferring,
    line(text: string, line: number): Understanding {
      const at: Origin = { line, time: Number.NaN, session: '', peer: '', user: '' };
      if (text.startsWith('< ')) {
        received = true;
        conversation.reply(at, text.slice(2));
        return 'event';
      }
      if (text.startsWith('> ') && (conversation.openCode === 0 || startsWithVerb(text.slice(2)))) {
        received = false;
        conversation.command(at, text.slice(2));
        return 'event';
      }
      if (conversation.openCode > 0 || (received && !conversation.transferring && replyCode(text) > 0)) {
        conversation.reply(at, text);
        return 'event';
      }
      return isBlank(text) || conversation.transferring ? 'noise' : 'unparsed';
    },
  };
}

/** Both directions must occur, or it is curl, or no FTP at all. */
function detect(sample: Sample): number {
  if (count(sample, (text) => text.startsWith('< ') && replyCode(text, 2) > 0) === 0) return 0;
  if (count(sample, (text) => text.startsWith('> ') && looksLikeCommand(text.slice(2))) === 0) return 0;
  if (count(sample, (text) => text.startsWith('* ') || text.startsWith('} [') || text.startsWith('{ [')) > 0) return 0;
  return understoodShare(sample, open) * 0.85;
}

export const commonsNetPrintDirection: Dialect = {
  id: 'commons-net-print-direction',
  title: 'Apache Commons Net, PrintCommandListener with directions',
  evidence: 'recorded',
  side: 'client',
  identity: 'order',
  serial: true,
  example: '> PASS *******',
  marks: ['< 1', '< 2', '< 3', '< 4', '< 5', '< 6'],
  detect,
  open,
};
