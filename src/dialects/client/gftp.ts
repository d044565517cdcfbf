/**
 * gFTP (2.9.1b, recorded). The colour is the mark: ESC[32m sent, ESC[33m received, others notes and listings. Saved
 * without colours it is the bare conversation among gFTP's notes.
 */

import { Conversation } from '../../decoding/conversation.ts';
import { count, understoodShare } from '../../decoding/detect.ts';
import type { Origin } from '../../decoding/event.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { digits, isBlank, skipDigits } from '../../text.ts';

const escapeMark = 27;
const notes: readonly string[] = [
  'gFTP ',
  'Looking up ',
  'Trying ',
  'Loading directory listing ',
  'Successfully transferred ',
];

function open(_options: DecoderOptions, emit: EventSink): Decoder {
  const conversation = new Conversation(emit);
  let start = 0;

  /** Reads the colours in front; the last one counts. Leaves `start` behind them. */
  function colour(text: string): number {
    let found = 0;
    start = 0;
    for (;;) {
      while (text.charCodeAt(start) === 0) start++;
      if (text.charCodeAt(start) !== escapeMark || text.charCodeAt(start + 1) !== 91) return found;
      const end = skipDigits(text, start + 2);
      if (text.charCodeAt(end) !== 109) return found;
      found = Math.max(0, digits(text, start + 2, end));
      start = end + 1;
    }
  }

  function note(text: string, at: Origin): Understanding {
    if (text.startsWith('Connected to ')) {
      conversation.opened(at, text.slice(13));
      return 'event';
    }
    if (text.startsWith('Disconnecting from ')) return conversation.closed(at, text) ? 'event' : 'noise';
    return conversation.note(at, text);
  }

  return {
    line(text: string, line: number): Understanding {
      const at: Origin = { line, time: Number.NaN, session: '', peer: '', user: '' };
      const sort = colour(text);
      const rest = start === 0 ? text : text.slice(start);
      if (sort === 32) {
        conversation.command(at, rest);
        return 'event';
      }
      if (sort === 33) {
        conversation.reply(at, rest);
        return 'event';
      }
      if (sort > 0) return note(rest, at);
      if (conversation.unmarked(at, rest)) return 'event';
      if (rest.startsWith('Connected to ') || rest.startsWith('Disconnecting from ')) return note(rest, at);
      for (const known of notes) if (rest.startsWith(known)) return 'noise';
      return isBlank(rest) || rest.startsWith('(o)verwrite, ') ? 'noise' : 'unparsed';
    },
  };
}

function detect(sample: Sample): number {
  const coloured = /^\0*(\x1b\[39m)*\x1b\[(32m[A-Z]{3}|33m[1-5]\d\d[ -])/;
  if (count(sample, (text) => coloured.test(text)) > 0) return understoodShare(sample, open);
  if (count(sample, (text) => text.startsWith('gFTP ') || text.startsWith('Looking up ')) === 0) return 0;
  if (count(sample, (text) => /^[1-5]\d\d[ -]/.test(text)) === 0) return 0;
  return understoodShare(sample, open) * 0.85;
}

export const gftp: Dialect = {
  id: 'gftp',
  title: 'gFTP',
  evidence: 'recorded',
  side: 'client',
  identity: 'order',
  serial: true,
  example: '\u001b[39m\u001b[32mUSER alice',
  marks: ['\x1b[32m', '\x1b[33m', 'gFTP ', 'Looking up '],
  detect,
  open,
};
