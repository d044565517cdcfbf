/**
 * Times of log lines, read with arithmetic instead of a pattern and remembered, since neighbouring lines mostly carry
 * the same second. All return milliseconds since the epoch, UTC, or NaN where no time stands.
 */
import type { DecoderOptions } from './model.ts';
import { digits, isDigit, own, skipDigits } from './text.ts';

const monthNames = 'JanFebMarAprMayJunJulAugSepOctNovDec';
const dayMs = 86_400_000;
const secondMs = 1000;

/**
 * Times without a date are kept far before all that a clock shows, on whole days: those of day from the one on, those
 * since a beginning from the other on. They can be compared and subtracted among themselves, and never taken for a date.
 */
const undatedStart = -1_000_000 * dayMs;
export const relativeStart = -2_000_000 * dayMs;
const datedStart = -500_000 * dayMs;

/** Whether it is a time whose day is known. */
export function isDated(time: number): boolean {
  return time >= datedStart;
}

/** Milliseconds since midnight, UTC; NaN for a time that only counts from a beginning, or none. */
export function timeOfDayMs(time: number): number {
  return time >= undatedStart ? ((time % dayMs) + dayMs) % dayMs : Number.NaN;
}

/** `09:58:57.123`, whether the day is known or not; for a time that counts from a beginning what has passed since; '' for none. */
export function clockText(time: number): string {
  return Number.isNaN(time) ? '' : new Date(((time % dayMs) + dayMs) % dayMs).toISOString().slice(11, 23);
}

/** 0 … 11 for an English month name at `at`; -1 if there is none. */
export function monthAt(text: string, at: number): number {
  const index = monthNames.indexOf(text.slice(at, at + 3));
  return index >= 0 && index % 3 === 0 && text.length >= at + 3 ? index / 3 : -1;
}

/** `HH:MM:SS` at `at` in ms since midnight (`:60` is a leap second); -1 if there is none. */
export function clockAt(text: string, at: number): number {
  if (text.charCodeAt(at + 2) !== 58 || text.charCodeAt(at + 5) !== 58) return -1;
  const h = digits(text, at, at + 2);
  const m = digits(text, at + 3, at + 5);
  const s = digits(text, at + 6, at + 8);
  if (h < 0 || h > 24 || m < 0 || m > 59 || s < 0 || s > 60) return -1;
  return ((h * 60 + m) * 60 + s) * secondMs;
}

/** Milliseconds of a fraction whose mark (`.` or `,`) stands at `at`; 0 if there is none. Digits behind the third are cut. */
export function fractionAt(text: string, at: number): number {
  const mark = text.charCodeAt(at);
  if (mark !== 46 && mark !== 44) return 0;
  let value = 0;
  let unit = 100;
  for (let i = at + 1; unit >= 1; i++) {
    if (!isDigit(text, i)) break;
    value += (text.charCodeAt(i) - 48) * unit;
    unit /= 10;
  }
  return value;
}

/** Index behind the fraction at `at`, or `at` if there is none. */
export function afterFraction(text: string, at: number): number {
  const mark = text.charCodeAt(at);
  return (mark === 46 || mark === 44) && isDigit(text, at + 1) ? skipDigits(text, at + 1) : at;
}

/** Minutes east of UTC of `Z`, `+HHMM`, `+HH:MM` or `+HH` at `at`; NaN if none stands there. */
export function offsetAt(text: string, at: number): number {
  const mark = text.charCodeAt(at);
  if (mark === 90 || mark === 122) return 0;
  if (mark !== 43 && mark !== 45) return Number.NaN;
  const h = digits(text, at + 1, at + 3);
  if (h < 0) return Number.NaN;
  const colon = text.charCodeAt(at + 3) === 58 ? 1 : 0;
  const m = Math.max(0, digits(text, at + 3 + colon, at + 5 + colon));
  return (mark === 45 ? -1 : 1) * (h * 60 + m);
}

/** Index behind the offset at `at`, or `at` if there is none. */
export function afterOffset(text: string, at: number): number {
  const mark = text.charCodeAt(at);
  if (mark === 90 || mark === 122) return at + 1;
  if ((mark !== 43 && mark !== 45) || digits(text, at + 1, at + 3) < 0) return at;
  const colon = text.charCodeAt(at + 3) === 58 ? 1 : 0;
  return digits(text, at + 3 + colon, at + 5 + colon) < 0 ? at + 3 : at + 5 + colon;
}

/** Where the offset stands behind the seconds at `at`: behind the fraction, or behind a blank as in `41.684 +05:30`. */
function offsetIndex(text: string, at: number): number {
  const end = afterFraction(text, at);
  if (text.charCodeAt(end) !== 32 || text.charCodeAt(end + 4) !== 58) return end;
  const sign = text.charCodeAt(end + 1);
  return sign === 43 || sign === 45 ? end + 1 : end;
}

/** Reads the times of one source; remembers the last second, and what a log without year or date needs. */
export class Clock {
  readonly #options: DecoderOptions;
  #stamp = '\n';
  /** The stamp of {@link Clock.ctime} in two halves. */
  #early = '\n';
  #late = '\n';
  #ms = Number.NaN;
  #year = 0;
  #month = -1;
  #day = 0;
  #lastOfDay = -1;

  constructor(options: DecoderOptions) {
    this.#options = options;
  }

  /** A local time (ms as if it were UTC) in the zone of the log. */
  utc(localMs: number): number {
    return localMs - this.#options.offsetAt(localMs) * 60_000;
  }

  /** `Sun Nov 22 09:58:57 2026` at `at` (24 characters; the day may be padded with a blank or not at all). */
  ctime(text: string, at = 0): number {
    if (sameHalves(text, at, this.#early, this.#late)) return this.#ms;
    const month = monthAt(text, at + 4);
    const dayAt = text.charCodeAt(at + 8) === 32 ? at + 9 : at + 8;
    const dayEnd = skipDigits(text, dayAt);
    const time = clockAt(text, dayEnd + 1);
    const year = digits(text, dayEnd + 10, dayEnd + 14);
    if (month < 0 || time < 0 || year < 0) return Number.NaN;
    this.#early = own(text.slice(at, at + half));
    this.#late = own(text.slice(at + half, dayEnd + 14));
    this.#ms = this.utc(Date.UTC(year, month, digits(text, dayAt, dayEnd)) + time);
    return this.#ms;
  }

  /** `2026-11-22 09:58:53` or with `T` (or any one character) between, fraction and offset optional. */
  iso(text: string, at = 0): number {
    if (!sameStamp(text, at, this.#stamp)) {
      if (text.charCodeAt(at + 4) !== 45 && text.charCodeAt(at + 4) !== 47) return Number.NaN;
      const year = digits(text, at, at + 4);
      const month = digits(text, at + 5, at + 7);
      const day = digits(text, at + 8, at + 10);
      if (year < 0 || month < 1 || month > 12 || day < 1) return Number.NaN;
      this.#stamp = text.slice(at, at + 10);
      this.#ms = Date.UTC(year, month - 1, day);
    }
    const time = clockAt(text, at + 11);
    if (time < 0) return Number.NaN;
    const local = this.#ms + time;
    const end = text.charCodeAt(at + 19);
    // The end, a TAB, or a blank with no sign behind it: neither fraction nor offset.
    if (
      Number.isNaN(end) ||
      end === 9 ||
      (end === 32 && text.charCodeAt(at + 20) !== 43 && text.charCodeAt(at + 20) !== 45)
    )
      return this.utc(local);
    const offset = offsetAt(text, offsetIndex(text, at + 19));
    return (Number.isNaN(offset) ? this.utc(local) : local - offset * 60_000) + fractionAt(text, at + 19);
  }

  /** `22/Nov/2026:09:59:10 +0000` at `at`; local time where the offset is missing. */
  clf(text: string, at = 0): number {
    if (!sameStamp(text, at, this.#stamp)) {
      const day = digits(text, at, at + 2);
      const month = monthAt(text, at + 3);
      const year = digits(text, at + 7, at + 11);
      if (day < 1 || month < 0 || year < 0) return Number.NaN;
      this.#stamp = text.slice(at, at + 11);
      this.#ms = Date.UTC(year, month, day);
    }
    const time = clockAt(text, at + 12);
    if (time < 0) return Number.NaN;
    const offset = offsetAt(text, at + 21);
    const local = this.#ms + time;
    return Number.isNaN(offset) ? this.utc(local) : local - offset * 60_000;
  }

  /** `Nov 22 09:59:04` at `at`: RFC 3164, no year. The year is carried on over new year. */
  yearless(text: string, at = 0): number {
    if (text.startsWith(this.#stamp, at)) return this.#ms;
    const month = monthAt(text, at);
    const dayAt = text.charCodeAt(at + 4) === 32 ? at + 5 : at + 4;
    const dayEnd = skipDigits(text, dayAt);
    const time = clockAt(text, dayEnd + 1);
    if (month < 0 || time < 0 || dayEnd === dayAt) return Number.NaN;
    const day = digits(text, dayAt, dayEnd);
    return this.#keep(text, at, dayEnd + 9, Date.UTC(this.#yearOf(month, day), month, day) + time);
  }

  /** Month (0 … 11), day and ms since midnight of a stamp without year. */
  dated(month: number, day: number, timeMs: number): number {
    return this.utc(Date.UTC(this.#yearOf(month, day), month, day) + timeMs);
  }

  /** `HH:MM:SS`, fraction optional, no date: see {@link isDated}; a step back of half a day is midnight. */
  timeOfDay(text: string, at = 0): number {
    const time = clockAt(text, at);
    if (time < 0) return Number.NaN;
    if (this.#lastOfDay < 0)
      this.#options.assume('a log has times but no dates: times without a day are left out of the report');
    else if (time < this.#lastOfDay - dayMs / 2) this.#day++;
    this.#lastOfDay = time;
    return undatedStart + this.#day * dayMs + time + fractionAt(text, at + 8);
  }

  #keep(text: string, at: number, end: number, local: number): number {
    this.#stamp = own(text.slice(at, end));
    this.#ms = this.utc(local);
    return this.#ms;
  }

  #yearOf(month: number, day: number): number {
    if (this.#month < 0) {
      this.#year = this.#options.year || latestYear(month, day, this.#options.reference);
      this.#options.assume(`the log has no year: its first line is taken as ${this.#year}`);
    } else if (month < this.#month - 6) this.#year++;
    else if (month > this.#month + 6) return this.#year - 1;
    this.#month = month;
    return this.#year;
  }
}

/** The remembered stamp stands at `at`: cut out and compared as one text, in half the time of `startsWith`. */
function sameStamp(text: string, at: number, stamp: string): boolean {
  const last = stamp.length - 1;
  return last > 0 && text.charCodeAt(at + last) === stamp.charCodeAt(last) && text.slice(at, at + last + 1) === stamp;
}

/** Up to this many characters are cut out as a text of their own: two of those V8 compares without a detour. */
const half = 12;

/** The remembered stamp stands at `at`; the half with the seconds first. */
function sameHalves(text: string, at: number, early: string, late: string): boolean {
  return text.slice(at + half, at + half + late.length) === late && text.slice(at, at + half) === early;
}

/** The latest year that has this day and in which it is not more than a day after `reference`. */
function latestYear(month: number, day: number, reference: number): number {
  let year = new Date(reference).getUTCFullYear();
  if (Date.UTC(year, month, day) > reference + dayMs) year--;
  while (month === 1 && day === 29 && new Date(Date.UTC(year, 1, 29)).getUTCMonth() !== 1) year--;
  return year;
}
