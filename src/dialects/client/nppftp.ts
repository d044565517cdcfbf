/**
 * NppFTP, the plugin of Notepad++ (pasted): `-> ` before what is sent, replies bare, notes of its own.
 *   Connecting
 *   -> USER alice
 *   331 Password required
 */

import { Conversation } from '../../decoding/conversation.ts';
import { count, understoodShare } from '../../decoding/detect.ts';
import type { Origin } from '../../decoding/event.ts';
import { isReplyLine, startsWithVerb } from '../../decoding/wire-line.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { replyCode } from '../../protocol/reply-line.ts';
import { isBlank } from '../../text.ts';
import { isClock } from '../../timestamp.ts';

const notes: readonly string[] = [
  'Connected',
  'Unable to ',
  'Download of ',
  'Upload of ',
  'Directory ',
  'Renamed ',
  'Created ',
  'Deleted ',
  'Failure ',
  '[NppFTP] ',
  'NppFTP',
  'Everything initialized',
  'UTCP   ',
];

function open(_options: DecoderOptions, emit: EventSink): Decoder {
  const conversation = new Conversation(emit);
  return {
    line(text: string, line: number): Understanding {
      const at: Origin = { line, time: Number.NaN, session: '', peer: '', user: '' };
      const said = behindStamp(text);
      if (said.startsWith('-> ')) {
        conversation.command(at, said.slice(3).trimEnd());
        return 'event';
      }
      if (conversation.openCode > 0 || replyCode(said) > 0) {
        conversation.reply(at, said);
        return 'event';
      }
      if (said === 'Connecting') {
        // The line may come late: behind the first command.
        if (conversation.commands === 0) conversation.opened(at, '');
        return 'noise';
      }
      if (said.startsWith('Disconnected')) return conversation.closed(at, said) ? 'event' : 'noise';
      for (const note of notes) if (said.startsWith(note)) return 'noise';
      return isBlank(said) ? 'noise' : 'unparsed';
    },
  };
}

/** Without `[10:00:01] `, which some versions put in front. */
function behindStamp(text: string): string {
  const start = text.charCodeAt(0) === 91 && isClock(text, 1) ? text.indexOf(']') + 1 : 0;
  return start === 0 ? text : text.slice(text.charCodeAt(start) === 32 ? start + 1 : start);
}

/** Commands behind `-> ` and bare replies: no other client writes both. */
function detect(sample: Sample): number {
  const commands = count(
    sample,
    (text) => behindStamp(text).startsWith('-> ') && startsWithVerb(behindStamp(text).slice(3)),
  );
  if (
    commands === 0 ||
    count(sample, (text) => isReplyLine(behindStamp(text))) === 0 ||
    count(sample, (text) => text.startsWith('<- ')) > 0
  )
    return 0;
  return understoodShare(sample, open) * 0.9;
}

export const nppFtp: Dialect = {
  id: 'nppftp',
  title: 'NppFTP of Notepad++',
  evidence: 'pasted',
  side: 'client',
  identity: 'order',
  serial: true,
  example: '-> USER alice',
  marks: ['-> '],
  detect,
  open,
};
