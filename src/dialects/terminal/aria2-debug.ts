/**
 * aria2's log at level info or debug (1.36, recorded; FtpConnection.cc): a heading, then the command or the reply as it is,
 * and an empty line. USER and PASS are masked. A CUID is one task; its connections follow one another.
 *   2026-11-22 11:38:00.248443 [INFO] [FtpConnection.cc:87] CUID#7 - Requesting:
 *   USER ********
 */

import { count, understoodShare } from '../../decoding/detect.ts';
import { commandEvent, type Origin, openEvent, replyLine } from '../../decoding/event.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { isBlank } from '../../text.ts';
import { Clock } from '../../timestamp.ts';

const none: Origin = { line: 0, time: Number.NaN, session: '', peer: '', user: '' };

type Due = '' | 'command' | 'reply';

class Aria2 implements Decoder {
  readonly #emit: EventSink;
  readonly #clock: Clock;
  #due: Due = '';
  #at: Origin = none;

  constructor(options: DecoderOptions, emit: EventSink) {
    this.#emit = emit;
    this.#clock = new Clock(options);
  }

  line(text: string, line: number): Understanding {
    if (isHeading(text)) return this.#heading(text, line);
    if (isBlank(text)) return 'noise';
    if (this.#due === '') return text.startsWith('  built by') || text.startsWith('  on ') ? 'noise' : 'unparsed';
    const { time, session } = this.#at;
    const at: Origin = { line, time, session, peer: '', user: '' };
    if (this.#due === 'command') {
      this.#due = '';
      this.#emit(commandEvent(at, text));
    } else this.#emit(replyLine(at, text));
    return 'event';
  }

  #heading(text: string, line: number): Understanding {
    this.#due = '';
    const ftp = text.indexOf('] [Ftp', 26);
    if (ftp < 0) return 'noise';
    const cuid = text.indexOf('CUID#', ftp);
    const end = text.indexOf(' - ', cuid);
    if (cuid < 0 || end < 0) return 'noise';
    const said = end + 3;
    const request = text.startsWith('Requesting:', said);
    const response = text.startsWith('Response received:', said);
    const connect = text.startsWith('FtpInitiateConnection', ftp + 3) && text.startsWith('Connecting to ', said);
    if (!request && !response && !connect) return 'noise';
    this.#at = { line, time: this.#clock.iso(text), session: text.slice(cuid, end), peer: '', user: '' };
    if (connect) this.#emit(openEvent(this.#at, 0, text.slice(said + 14)));
    else this.#due = request ? 'command' : 'reply';
    return 'event';
  }
}

/** `2026-11-22 11:38:00.248443 [INFO] `. */
function isHeading(text: string): boolean {
  return (
    text.charCodeAt(4) === 45 && text.charCodeAt(13) === 58 && text.charCodeAt(19) === 46 && text.startsWith(' [', 26)
  );
}

function open(options: DecoderOptions, emit: EventSink): Decoder {
  return new Aria2(options, emit);
}

function detect(sample: Sample): number {
  const own = count(sample, (text) => /\] \[Ftp\w+\.cc:\d+\] CUID#/.test(text));
  return own === 0 ? 0 : understoodShare(sample, open);
}

export const aria2Debug: Dialect = {
  id: 'aria2-debug',
  title: 'aria2 log',
  evidence: 'recorded',
  side: 'client',
  identity: 'key',
  serial: true,
  example: '2026-11-22 11:38:00.248443 [INFO] [FtpConnection.cc:87] CUID#7 - Requesting:',
  marks: ['] [Ftp'],
  detect,
  open,
};
