/**
 * Wing FTP Server, a domain's log (pasted): a number for the sort of the line, date as in mail, number of the session,
 * and what was said or done.
 *
 *   [03] Tue, 01 Jul 2025 16:15:12 (0000042) Connected from 192.0.2.7 (local address 192.0.2.1, port 21)
 *   [02] Tue, 01 Jul 2025 16:15:13 (0000042) USER alice
 */
import type { Decoder, DecoderOptions, Dialect, EventSink, Understanding } from '../../model.ts';
import { digits, own, skipDigits } from '../../text.ts';
import { Clock, clockAt, monthAt } from '../../timestamp.ts';
import { share } from '../detect.ts';
import { SessionNotes } from './session-notes.ts';

const sentences = {
  opened: ['Connected from', 'New connection from', 'Connection from'],
  closed: ['Disconnected', 'Connection closed', 'Session closed', 'Closed'],
};

class Wing implements Decoder {
  readonly #clock: Clock;
  readonly #notes: SessionNotes;
  #date = '\n';
  #midnight = 0;
  #time = Number.NaN;

  constructor(options: DecoderOptions, emit: EventSink) {
    this.#clock = new Clock(options);
    this.#notes = new SessionNotes(emit, sentences);
  }

  line(text: string, line: number): Understanding {
    const level = skipDigits(text, 1);
    if (text.charCodeAt(0) !== 91 || level === 1 || !text.startsWith('] ', level)) return 'unparsed';
    const open = this.#read(text, level + 2);
    if (open < 0) return 'unparsed';
    const close = skipDigits(text, open + 2);
    if (!text.startsWith(' (', open) || close === open + 2 || text.charCodeAt(close) !== 41) return 'noise';
    return this.#notes.take(line, this.#time, text.slice(open + 2, close), text.slice(close + 2));
  }

  /** `Tue, 01 Jul 2025 16:15:12` at `at`; index behind it, or -1. */
  #read(text: string, at: number): number {
    if (!text.startsWith(this.#date, at)) {
      const dayEnd = skipDigits(text, at + 5);
      const yearEnd = skipDigits(text, dayEnd + 5);
      const day = digits(text, at + 5, dayEnd);
      const month = monthAt(text, dayEnd + 1);
      const year = digits(text, dayEnd + 5, yearEnd);
      if (day < 1 || month < 0 || year < 0) return -1;
      this.#date = own(text.slice(at, yearEnd + 1));
      this.#midnight = Date.UTC(year, month, day);
    }
    const clock = at + this.#date.length;
    const time = clockAt(text, clock);
    if (time < 0) return -1;
    this.#time = this.#clock.utc(this.#midnight + time);
    return clock + 8;
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
