/**
 * Apache Commons Net's PrintCommandListener (3.9, recorded): the conversation as on the wire, told from any other by its
 * `USER *******` and `PASS *******`, or by the character it may put before each command's end (`SYST|`).
 */

import { Conversation } from '../../decoding/conversation.ts';
import { count, understoodShare } from '../../decoding/detect.ts';
import type { Origin } from '../../decoding/event.ts';
import { wordEnd } from '../../decoding/wire-line.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { isVerb } from '../../protocol/commands.ts';
import { isBlank } from '../../text.ts';

function open(_options: DecoderOptions, emit: EventSink): Decoder {
  const conversation = new Conversation(emit);
  let endMark = '';
  return {
    inData: () => conversation.transferring,
    line(text: string, line: number): Understanding {
      const at: Origin = { line, time: Number.NaN, session: '', peer: '', user: '' };
      if (conversation.openCode === 0) {
        if (endMark === '') endMark = endMarkOf(text);
        if (endMark !== '' && text.endsWith(endMark) && isVerb(text.slice(0, wordEnd(text, 0)))) {
          conversation.command(at, text.slice(0, -1));
          return 'event';
        }
      }
      if (conversation.unmarked(at, text)) return 'event';
      return isBlank(text) || conversation.transferring ? 'noise' : 'unparsed';
    },
  };
}

/** `SYST|`, `USER alice|`: the mark behind a command that has no argument, or behind the user's name. */
function endMarkOf(text: string): string {
  const end = wordEnd(text, 0);
  if (end < 3 || !isVerb(text.slice(0, end))) return '';
  if (end === text.length - 1 && text.charCodeAt(end) !== 32) return text.charAt(end);
  return text.startsWith('USER ') && text.endsWith('|') ? '|' : '';
}

const hidden = /^(USER|PASS) \*{7}$/;
const marked = /^(SYST|PASV|EPSV|PWD|QUIT|NOOP|FEAT|CDUP|ABOR|LIST|NLST|MLSD|TYPE [AI]|USER [^ ]+)[|#$;~^!]$/;

function detect(sample: Sample): number {
  if (count(sample, (text) => hidden.test(text) || marked.test(text)) < 2) return 0;
  const replies = sample.texts.filter((text) => /^\d{3}[ -]/.test(text));
  if (replies.length === 0) return 0;
  // An end that replies have, too, was put there by another.
  const mark = sample.texts.find((text) => marked.test(text))?.slice(-1);
  if (mark !== undefined && replies.filter((text) => text.endsWith(mark)).length * 2 > replies.length) return 0;
  return understoodShare(sample, open) * 0.9;
}

export const commonsNetPrint: Dialect = {
  id: 'commons-net-print',
  title: 'Apache Commons Net, PrintCommandListener',
  evidence: 'recorded',
  side: 'client',
  identity: 'order',
  serial: true,
  example: 'PASS *******',
  detect,
  open,
};
