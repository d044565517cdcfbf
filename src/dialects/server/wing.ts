/**
 * Wing FTP Server, a domain's log (pasted): a number for the sort of the line, date as in mail, number of the session,
 * and what was said or done.
 *
 *   [03] Tue, 01 Jul 2025 16:15:12 (0000042) Connected from 192.0.2.7 (local address 192.0.2.1, port 21)
 *   [02] Tue, 01 Jul 2025 16:15:13 (0000042) USER alice
 */

import { share } from '../../decoding/detect.ts';
import { SessionNotes } from '../../decoding/session-notes.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Understanding } from '../../model.ts';
import { skipDigits } from '../../text.ts';
import { Clock } from '../../timestamp.ts';

const sentences = {
  opened: ['Connected from', 'New connection from', 'Connection from'],
  closed: ['Disconnected', 'Connection closed', 'Session closed', 'Closed'],
};

class Wing implements Decoder {
  readonly #clock: Clock;
  readonly #notes: SessionNotes;

  constructor(options: DecoderOptions, emit: EventSink) {
    this.#clock = new Clock(options);
    this.#notes = new SessionNotes(emit, sentences);
  }

  line(text: string, line: number): Understanding {
    const level = skipDigits(text, 1);
    if (text.charCodeAt(0) !== 91 || level === 1 || !text.startsWith('] ', level)) return 'unparsed';
    // `Tue, 01 Jul 2025 16:15:12`
    const time = this.#clock.dayMonthYear(text, level + 7);
    const open = this.#clock.end;
    if (open < 0) return 'unparsed';
    const close = skipDigits(text, open + 2);
    if (!text.startsWith(' (', open) || close === open + 2 || text.charCodeAt(close) !== 41) return 'noise';
    return this.#notes.take(line, time, text.slice(open + 2, close), text.slice(close + 2));
  }
}

const shape = /^\[\d+\] [A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d( \(\d+\))? /;

export const wing: Dialect = {
  id: 'wing',
  title: 'Wing FTP Server',
  evidence: 'pasted',
  side: 'server',
  identity: 'key',
  example: '[02] Tue, 01 Jul 2025 16:15:13 (0000042) USER alice',
  marks: ['] '],
  detect: (sample) => share(sample, (text) => shape.test(text)),
  open: (options, emit) => new Wing(options, emit),
};
