/**
 * CuteFTP (pasted, 5 to 8.3): `COMMAND:>` a command, `STATUS:>` and `ERROR:>` notes, replies behind two tabs, as advice
 * is. Some versions put a time in brackets in front, of the first line of a block only.
 */

import { Conversation } from '../../decoding/conversation.ts';
import { count, understoodShare } from '../../decoding/detect.ts';
import type { Origin } from '../../decoding/event.ts';
import { LocaleClock } from '../../decoding/locale-clock.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { codeAt } from '../../protocol/reply-line.ts';
import { isBlank, own, skipBlanks } from '../../text.ts';

const tab = 9;

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new LocaleClock(options, emit);
  let timed = false;
  const conversation = new Conversation((event) => (timed ? clock.sink(event) : emit(event)));
  let server = '';

  /** Index behind `[4/8/2009 12:53:51 AM] `, if that stands at `at`; the lines below it are of the same time. */
  function afterTime(text: string, at: number): number {
    const close = text.charCodeAt(at) === 91 ? text.indexOf(']', at) : -1;
    if (close < 0 || clock.read(text.slice(at + 1, close), 0) !== close - at - 1) return at;
    timed = true;
    return skipBlanks(text, close + 1);
  }

  function status(text: string, from: number, at: Origin): Understanding {
    if (text.startsWith('Connecting to FTP server... ', from)) server = own(serverOf(text, from + 28));
    else if (text.startsWith('Socket connected', from)) {
      conversation.opened(at, server);
      return 'event';
    } else if (text.startsWith('Connection closed', from)) {
      return conversation.closed(at, text.slice(from)) ? 'event' : 'noise';
    } else return conversation.note(at, text.slice(from));
    return 'noise';
  }

  return {
    line(text: string, line: number): Understanding {
      const first = text.charCodeAt(0);
      if (first === tab || first === 32) {
        // One blank of an inner line is text: `<TAB><TAB> EPRT`.
        const wireAt = text.startsWith('\t\t') ? 2 : skipBlanks(text, 0);
        const from = afterTime(text, wireAt);
        if (conversation.openCode === 0 && conversation.interrupted === 0 && codeAt(text, from) < 0) return 'noise';
        conversation.reply(origin(line, clock.time), text.slice(from));
        return 'event';
      }
      const mark = text.indexOf(':>');
      const isCommand = text.startsWith('COMMAND:>');
      if (mark < 0 || (!isCommand && !text.startsWith('STATUS:>') && !text.startsWith('ERROR:>'))) {
        return isBlank(text) ? 'noise' : 'unparsed';
      }
      const from = afterTime(text, skipBlanks(text, mark + 2));
      const at = origin(line, clock.time);
      if (!isCommand) return status(text, from, at);
      conversation.command(at, text.slice(from));
      return 'event';
    },
    end(): void {
      clock.end();
    },
  };
}

function origin(line: number, time: number): Origin {
  return { line, time, session: '', peer: '', user: '' };
}

/** `ftp.example.net:21 (ip = 192.0.2.7)...` */
function serverOf(text: string, at: number): string {
  return text.slice(at);
}

function detect(sample: Sample): number {
  if (count(sample, (text) => /^(COMMAND|STATUS|ERROR):>\s/.test(text)) < 2) return 0;
  return understoodShare(sample, open);
}

export const cuteFtp: Dialect = {
  id: 'cuteftp',
  title: 'CuteFTP',
  evidence: 'pasted',
  side: 'client',
  identity: 'order',
  serial: true,
  example: 'COMMAND:>\tUSER alice',
  marks: ['COMMAND:>', 'STATUS:>', 'ERROR:>'],
  detect,
  open,
};
