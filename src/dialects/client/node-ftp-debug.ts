/**
 * npm ftp with `debug` (0.3.10, recorded and source). `[connection] > ` a command, `[connection] < ` a piece of what came,
 * both as `util.inspect` shows strings; Node 12 and later breaks long ones over lines that end in ` +`. `[parser]` lines
 * repeat the pieces. A piece may hold two replies or end within a line.
 */

import { Conversation } from '../../decoding/conversation.ts';
import { count, understoodShare } from '../../decoding/detect.ts';
import type { Origin } from '../../decoding/event.ts';
import { fromOctets, literalAt } from '../../decoding/literal.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { own } from '../../text.ts';

/** An unfinished line is kept up to this many characters. */
const tailLimit = 64 * 1024;

type Part = '' | 'sent' | 'received' | 'parser';

function open(_options: DecoderOptions, emit: EventSink): Decoder {
  const conversation = new Conversation(emit);
  let part: Part = '';
  let command = '';
  let commandLine = 0;
  let tail = '';

  function origin(line: number): Origin {
    return { line, time: Number.NaN, session: '', peer: '', user: '' };
  }

  /** The lines that are complete. */
  function drain(line: number): void {
    for (let end = tail.indexOf('\n'); end >= 0; end = tail.indexOf('\n')) {
      const cut = end > 0 && tail.charCodeAt(end - 1) === 13 ? end - 1 : end;
      conversation.reply(origin(line), fromOctets(tail.slice(0, cut)));
      tail = tail.slice(end + 1);
    }
    tail = tail.length > tailLimit ? '' : own(tail);
  }

  /** One quoted piece; `more`: another follows on the next line. */
  function take(text: string, at: number, line: number): Understanding {
    const literal = literalAt(text, at);
    if (literal === undefined) {
      // The keep-alive is printed without quotes: `[connection] > NOOP`.
      if (part !== 'sent' || at >= text.length) return 'unparsed';
      conversation.command(origin(line), text.slice(at));
      part = '';
      return 'event';
    }
    const more = text.endsWith(' +');
    if (part === 'received') {
      tail += literal.value;
      drain(line);
    } else if (part === 'sent') {
      command = command.length > tailLimit ? command : command + literal.value;
      if (!more) {
        conversation.command(origin(commandLine), command);
        command = '';
      }
    }
    const what = part === 'parser' ? 'noise' : 'event';
    if (!more) part = '';
    return what;
  }

  return {
    inData: () => conversation.transferring,
    line(text: string, line: number): Understanding {
      if (part !== '' && text.startsWith('  ')) return take(text, 2, line);
      const mark = markAt(text);
      if (text.startsWith('[connection] ', mark)) {
        const side = text.charCodeAt(mark + 13);
        if ((side !== 60 && side !== 62) || text.charCodeAt(mark + 14) !== 32) return 'noise';
        part = side === 60 ? 'received' : 'sent';
        command = '';
        commandLine = line;
        return take(text, mark + 15, line);
      }
      if (!text.startsWith('[parser] ', mark)) return conversation.transferring ? 'noise' : 'unparsed';
      part = text.endsWith(' +') ? 'parser' : '';
      return 'noise';
    },
  };
}

/** Index of `[connection]` or `[parser]`, behind what a logger may put in front; 0 if neither stands there. */
function markAt(text: string): number {
  if (text.startsWith('[connection] ') || text.startsWith('[parser] ')) return 0;
  const connection = text.indexOf('] [connection] ');
  if (connection > 0) return connection + 2;
  const parser = text.indexOf('] [parser] ');
  return parser > 0 ? parser + 2 : 0;
}

function detect(sample: Sample): number {
  if (count(sample, (text) => /\[connection\] [<>] (['"`]|NOOP$)/.test(text)) === 0) return 0;
  return understoodShare(sample, open);
}

export const nodeFtpDebug: Dialect = {
  id: 'node-ftp-debug',
  title: 'npm ftp, debug',
  evidence: 'recorded',
  side: 'client',
  identity: 'order',
  serial: true,
  example: "[connection] > 'USER alice'",
  marks: ['[connection] '],
  detect,
  open,
};
