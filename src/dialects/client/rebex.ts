/**
 * Rebex FTP for .NET (documented): `2011-04-28 10:48:39.123 INFO Ftp(1)[9] Command: USER alice`, `Response: 331 …`. The
 * name before the bracket is the object, hence the connection.
 */

import { type Conversation, Conversations } from '../../decoding/conversation.ts';
import { count, understoodShare } from '../../decoding/detect.ts';
import type { Origin } from '../../decoding/event.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { isDigit } from '../../text.ts';
import { Clock } from '../../timestamp.ts';

const levels: readonly string[] = [
  'INFO ',
  'DEBUG ',
  'ERROR ',
  'VERBOSE ',
  'OFF ',
  'Opening log file',
  'Closing log file',
];

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new Clock(options);
  const conversations = new Conversations(emit);
  let current: Conversation | undefined;
  let currentAt: Origin | undefined;
  return {
    line(text: string, line: number): Understanding {
      const time = isDigit(text, 0) ? clock.iso(text) : Number.NaN;
      const levelAt = isDigit(text, 0) ? clock.end + 1 : 0;
      if (levelAt === 0 || !startsWithLevel(text, levelAt)) {
        if (current === undefined || currentAt === undefined || current.openCode === 0) return 'unparsed';
        current.reply({ line, time: currentAt.time, session: currentAt.session, peer: '', user: '' }, text);
        return 'event';
      }
      const nameAt = text.indexOf(' ', levelAt) + 1;
      const nameEnd = text.indexOf(')', nameAt);
      const what = text.indexOf(' ', nameEnd);
      if (nameEnd < 0 || what < 0) return 'noise';
      const session = text.slice(nameAt, nameEnd + 1);
      const at: Origin = { line, time, session, peer: '', user: '' };
      if (text.startsWith(' Command: ', what)) {
        conversations.of(session).command(at, text.slice(what + 10));
        return 'event';
      }
      if (!text.startsWith(' Response: ', what)) return 'noise';
      current = conversations.of(session);
      currentAt = at;
      current.reply(at, text.slice(what + 11));
      return 'event';
    },
  };
}

function startsWithLevel(text: string, at: number): boolean {
  for (const level of levels) if (text.startsWith(level, at)) return true;
  return false;
}

const spoken =
  /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?(?: ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d))? [A-Z]+ \w*Ftp\w*\(\d+\)(\[\d+\])? (Command: [A-Z]{3}|Response: [1-5]\d\d[ -])/;

function detect(sample: Sample): number {
  return count(sample, (text) => spoken.test(text)) === 0 ? 0 : understoodShare(sample, open);
}

export const rebex: Dialect = {
  id: 'rebex',
  title: 'Rebex FTP',
  evidence: 'unverified',
  side: 'client',
  identity: 'key',
  duplex: true,
  serial: true,
  example: '2011-04-28 10:48:39.123 INFO Ftp(1)[9] Command: USER alice',
  marks: [') Command: ', '] Command: ', ') Response: ', '] Response: '],
  detect,
  open,
};
