/**
 * rclone with `-vv --dump headers` or `bodies` (1.60, pasted): `FTP Tx: "…"` a command and `FTP Rx: "…"` a line of the
 * server, both quoted as Go quotes strings, lines of listings among them. A password stands unquoted, as stars.
 *   2026/01/02 10:00:00 DEBUG : FTP Rx: "331 Please specify the password."
 *   2026/01/02 10:00:00 DEBUG : FTP Tx: PASS *****
 */

import { Conversation } from '../../decoding/conversation.ts';
import { count, understoodShare } from '../../decoding/detect.ts';
import type { Origin } from '../../decoding/event.ts';
import { literalAt } from '../../decoding/literal.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { codeAt } from '../../protocol/reply-line.ts';
import { isBlank, isDigit } from '../../text.ts';
import { Clock } from '../../timestamp.ts';

/** Lines of one dump or of a progress display. */
const mostFurther = 16;

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new Clock(options);
  const conversation = new Conversation(emit);
  /** Lines since the last of rclone: what follows it without a level belongs to it, as far as that goes. */
  let since = mostFurther;
  return {
    line(text: string, line: number): Understanding {
      const level = levelEnd(text);
      if (level < 0) return isBlank(text) || since++ < mostFurther ? 'noise' : 'unparsed';
      since = 0;
      const time = isDigit(text, 0) ? clock.iso(text) : Number.NaN;
      const at: Origin = { line, time, session: '', peer: '', user: '' };
      if (text.startsWith('FTP Rx: ', level)) return received(at, text, level + 8);
      if (text.startsWith('FTP Tx: ', level)) {
        conversation.command(at, literalAt(text, level + 8)?.value ?? text.slice(level + 8));
        return 'event';
      }
      if (!text.endsWith(': Connecting to FTP server')) return 'noise';
      conversation.opened(at, serverOf(text.slice(level, -26)));
      return 'event';
    },
  };

  function received(at: Origin, text: string, from: number): Understanding {
    const wire = literalAt(text, from)?.value ?? text.slice(from);
    if (conversation.openCode === 0 && conversation.interrupted === 0 && codeAt(wire) < 0) return 'noise';
    conversation.reply(at, wire);
    return 'event';
  }
}

/** Index behind `2026/01/02 10:00:00 DEBUG : ` or `<7>DEBUG : `; -1 if no level stands there. */
function levelEnd(text: string): number {
  const from = isDigit(text, 0) && text.charCodeAt(4) === 47 ? text.indexOf(' ', 11) + 1 : priorityEnd(text);
  for (const level of ['DEBUG : ', 'INFO  : ', 'NOTICE: ', 'ERROR : '])
    if (text.startsWith(level, from)) return from + 8;
  return -1;
}

/** Index behind the priority that rclone puts in front for journald: `<7>`. */
function priorityEnd(text: string): number {
  return text.charCodeAt(0) === 60 && text.charCodeAt(2) === 62 ? 3 : 0;
}

/** `ftp://ftp.example.net:21/pub` → `ftp.example.net:21`. */
function serverOf(url: string): string {
  return url.includes('://') ? url : '';
}

function detect(sample: Sample): number {
  return count(sample, (text) => / : FTP [RT]x: /.test(text)) === 0 ? 0 : understoodShare(sample, open);
}

export const rcloneDump: Dialect = {
  id: 'rclone-dump',
  title: 'rclone --dump',
  evidence: 'pasted',
  side: 'client',
  identity: 'order',
  duplex: true,
  example: '2026/01/02 10:00:00 DEBUG : FTP Tx: "USER alice"',
  marks: [' : FTP Rx: ', ' : FTP Tx: '],
  detect,
  open,
};
