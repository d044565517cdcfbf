/**
 * The FTP server that came with MicroPython for the ESP32 and went into many ESP-IDF projects (pasted): level and
 * milliseconds since the start as ESP-IDF logs them, then verbs without arguments and replies in brackets.
 *   D (437259) [Ftp]: CMD: FEAT
 *   D (437267) [Ftp]: Send reply: [502 no-features
 *   ]
 */

import { count, share } from '../../decoding/detect.ts';
import { closeEvent, commandEvent, type Origin, openEvent, replyLine } from '../../decoding/event.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Understanding } from '../../model.ts';
import { codeAt } from '../../protocol/reply-line.ts';
import { digits, skipDigits } from '../../text.ts';
import { relativeTime } from '../../timestamp.ts';

const mark = ') [Ftp]: ';

function open(_options: DecoderOptions, emit: EventSink): Decoder {
  /** A reply whose bracket closes on a line of its own. */
  let unclosed = false;
  let sentAt = Number.NaN;
  return {
    line(text: string, line: number): Understanding {
      const end = saidAt(text);
      if (end < 0) {
        return unclosed ? further(text, line) : isOther(text) ? 'noise' : 'unparsed';
      }
      const time = relativeTime(digits(text, 3, skipDigits(text, 3)));
      const at: Origin = { line, time, session: '', peer: '', user: '' };
      return said(text.slice(end), at);
    },
  };

  /** The rest of what was sent at once: lines of the reply, or a reply of its own, and the bracket. */
  function further(text: string, line: number): Understanding {
    unclosed = !isOther(text) && !text.endsWith(']');
    if (isOther(text)) return 'noise';
    const wire = (unclosed ? text : text.slice(0, -1)).trimEnd();
    if (wire === '') return 'noise';
    emit(replyLine({ line, time: sentAt, session: '', peer: '', user: '' }, wire));
    return 'event';
  }

  function said(text: string, at: Origin): Understanding {
    if (text.startsWith('CMD: ')) emit(commandEvent(at, text.slice(5)));
    else if (text.startsWith('Send reply: [') && codeAt(text, 13) >= 0) {
      unclosed = !text.endsWith(']');
      sentAt = at.time;
      emit(replyLine(at, (unclosed ? text.slice(13) : text.slice(13, -1)).trimEnd()));
    } else if (text === 'Connected.') emit(openEvent(at));
    else if (text.startsWith('Disconnected') || text.startsWith('Connection closed')) emit(closeEvent(at, text));
    else return 'noise';
    return 'event';
  }
}

/** Index behind `D (437259) [Ftp]: `; -1 if the line does not begin so. */
function saidAt(text: string): number {
  return isOther(text) && text.startsWith(mark, skipDigits(text, 3)) ? skipDigits(text, 3) + mark.length : -1;
}

/** Any line of ESP-IDF's log. */
function isOther(text: string): boolean {
  return text.startsWith(' (', 1) && skipDigits(text, 3) > 3;
}

export const espFtp: Dialect = {
  id: 'esp-ftp',
  title: 'FTP server of ESP32 MicroPython and ESP-IDF projects',
  evidence: 'pasted',
  side: 'server',
  identity: 'order',
  example: 'D (437259) [Ftp]: CMD: FEAT',
  marks: [mark],
  detect: (sample) =>
    count(sample, (text) => /^[EWIDV] \(\d+\) \[Ftp\]: (?:CMD: [A-Z]|Send reply: \[\d{3})/.test(text)) === 0
      ? 0
      : share(sample, (text) => isOther(text) || text === ']'),
  open,
};
