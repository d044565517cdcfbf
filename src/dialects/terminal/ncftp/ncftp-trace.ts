/**
 * NcFTP's trace file (`~/.ncftp/trace.*`) and `ncftpget -d FILE` (3.2.6, both recorded): a time and two blanks in front. The
 * trace file has the date in its first line only.
 */

import { count, understoodShare } from '../../../decoding/detect.ts';
import type { Origin } from '../../../decoding/event.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../../model.ts';
import { digits, isBlank } from '../../../text.ts';
import { Clock, clockAt, isClock, midnight, offsetAt } from '../../../timestamp.ts';
import { isNcftpNote, Ncftp } from './lines.ts';

const dayMs = 86_400_000;

class NcftpTrace implements Decoder {
  readonly #ncftp: Ncftp;
  readonly #clock: Clock;
  /** Midnight of the day the session began, UTC; NaN if its first line was not seen. */
  #day = Number.NaN;
  #lastOfDay = -1;

  constructor(options: DecoderOptions, emit: EventSink) {
    this.#ncftp = new Ncftp(emit);
    this.#clock = new Clock(options);
  }

  line(text: string, line: number): Understanding {
    const end = timeEnd(text);
    if (end === 0) return this.#untimed(text);
    const origin: Origin = { line, time: this.#time(text, end), session: '', peer: '', user: '' };
    const what = this.#ncftp.read(text, end, origin);
    // Whatever else stands behind this time and two blanks is NcFTP's own.
    return what === 'unparsed' ? 'noise' : what;
  }

  end(): void {
    this.#ncftp.flush();
  }

  #time(text: string, end: number): number {
    if (end > 12) return this.#clock.iso(text);
    if (Number.isNaN(this.#day)) return this.#clock.timeOfDay(text);
    const time = clockAt(text, 0);
    if (time < this.#lastOfDay - dayMs / 2) this.#day += dayMs;
    this.#lastOfDay = time;
    return this.#day + time;
  }

  #untimed(text: string): Understanding {
    this.#ncftp.flush();
    if (text.startsWith('SESSION STARTED at:')) this.#begin(text);
    return isBlank(text) || isNcftpNote(text, 0) ? 'noise' : 'unparsed';
  }

  /** `SESSION STARTED at:  2026-11-22 11:38:46 UTC +0000`. */
  #begin(text: string): void {
    const at = text.indexOf('-') - 4;
    const date = midnight(digits(text, at, at + 4), digits(text, at + 5, at + 7) - 1, digits(text, at + 8, at + 10));
    const offset = offsetAt(text, text.length - 5);
    this.#day = Number.isNaN(offset) ? date : date - offset * 60_000;
    this.#lastOfDay = -1;
  }
}

/** Index behind `2026-11-22 10:00:25  ` or `10:00:25  `; 0 if neither stands there. */
function timeEnd(text: string): number {
  const at = text.charCodeAt(4) === 45 && text.charCodeAt(7) === 45 ? 11 : 0;
  return text.startsWith('  ', at + 8) && isClock(text, at) ? at + 10 : 0;
}

function open(options: DecoderOptions, emit: EventSink): Decoder {
  return new NcftpTrace(options, emit);
}

const own = /^(?:\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\d {2}(?:Cmd: [A-Z]{3,4}|\d{3}: )/;

function detect(sample: Sample): number {
  return count(sample, (text) => own.test(text)) === 0 ? 0 : understoodShare(sample, open);
}

export const ncftpTrace: Dialect = {
  id: 'ncftp-trace',
  title: 'NcFTP trace file, ncftpget -d',
  evidence: 'recorded',
  side: 'client',
  identity: 'order',
  example: '2026-11-22 10:00:25  Cmd: USER alice',
  detect,
  open,
};
