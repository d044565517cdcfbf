/** The times that a shape can hold, by name. How each is read: `timestamp.ts`, and `locale-clock.ts` for `local`. */
import type { DecoderOptions, EventSink } from '../model.ts';
import { Clock } from '../timestamp.ts';
import { type DateOrder, LocaleClock } from './locale-clock.ts';

/** Each with a stamp as it looks. */
export const stampExamples = {
  iso: '2026-11-22 09:58:53',
  ctime: 'Sun Nov 22 09:58:57 2026',
  clf: '22/Nov/2026:09:59:10 +0000',
  mail: 'Tue, 01 Jul 2025 16:15:12',
  dmy: '22 Nov 2026 09:59:10',
  mdy: 'Nov 22 2026 09:59:10',
  yearlast: 'Nov 22 09:59:10 2026',
  yearless: 'Nov 22 09:59:04',
  clock: '09:59:04',
  local: '11/22/2026 9:59:10 AM',
} as const;

export type StampSort = keyof typeof stampExamples;

export function isStampSort(word: string): word is StampSort {
  return Object.hasOwn(stampExamples, word);
}

/** The clocks of one log. */
export class Stamps {
  /** Of the stamp read last, in ms UTC; NaN if there was none, or while the order of its date is not known. */
  time = Number.NaN;
  /** Takes the events of the line: those with a `local` time may have to wait until its order is known. */
  readonly sink: EventSink;
  readonly #clock: Clock;
  readonly #local: LocaleClock | undefined;

  constructor(options: DecoderOptions, emit: EventSink, isLocal = false, order?: DateOrder) {
    this.#clock = new Clock(options);
    this.#local = isLocal ? new LocaleClock(options, emit, order) : undefined;
    this.sink = this.#local?.sink ?? emit;
  }

  /** Reads a stamp at `at`; index behind it, or -1. */
  read(text: string, at: number, sort: StampSort): number {
    const clock = this.#clock;
    switch (sort) {
      case 'iso':
        this.time = clock.iso(text, at);
        return clock.end;
      case 'ctime':
        this.time = clock.ctime(text, at);
        return clock.end;
      case 'clf':
        this.time = clock.clf(text, at);
        return clock.end;
      case 'mail':
        // The day of the week is passed over.
        if (at + 4 >= text.length || text.charCodeAt(at + 3) !== 44 || text.charCodeAt(at + 4) !== 32) return -1;
        this.time = clock.dayMonthYear(text, at + 5);
        return clock.end;
      case 'dmy':
        this.time = clock.dayMonthYear(text, at);
        return clock.end;
      case 'mdy':
        this.time = clock.monthDayYear(text, at);
        return clock.end;
      case 'yearlast':
        // As `ctime`, whose day of the week is not looked at.
        this.time = clock.ctime(`    ${text.slice(at, at + 20)}`);
        return clock.end < 0 ? -1 : at + clock.end - 4;
      case 'yearless':
        this.time = clock.yearless(text, at);
        return clock.end;
      case 'clock':
        this.time = clock.timeOfDay(text, at);
        return clock.end;
      case 'local':
        return this.#readLocal(text, at);
    }
  }

  #readLocal(text: string, at: number): number {
    const end = this.#local?.read(text, at) ?? -1;
    this.time = this.#local?.time ?? Number.NaN;
    return end;
  }

  /** No more lines will come. */
  end(): void {
    this.#local?.end();
  }
}
