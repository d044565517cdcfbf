/**
 * Times of log lines, read with arithmetic instead of a pattern and remembered, since neighbouring lines mostly carry
 * the same second. All return milliseconds since the epoch, UTC, or NaN where no time stands. This is the one place that
 * makes a time of what a log shows: each shape of a stamp has a row in `fixtures/stamps.md`.
 *
 * A time lies in the years 1 to 9999; anything else, and a date that no calendar has, is no time, never bent into another
 * one. The stamp is still a stamp: {@link Clock.end} tells where it ends.
 */
import type { DecoderOptions } from './model.ts';
import { digits, isDigit, own, skipDigits } from './text.ts';

const monthNames = 'JanFebMarAprMayJunJulAugSepOctNovDec';
const dayMs = 86_400_000;
const secondMs = 1000;

/** The years 1 to 9999, UTC, in ms since the epoch. */
const firstTime = -62_135_596_800_000;
const lastTime = 253_402_300_799_999;

/**
 * Times without a date are kept before all that a clock shows, on whole days: those of day from the one on, those since a
 * beginning from the other on, each over a quarter of a million days. They can be compared and subtracted among
 * themselves, and never taken for a date.
 */
const undatedStart = -1_000_000 * dayMs;
const relativeStart = -2_000_000 * dayMs;
const undatedDays = 250_000;

/** The time if it is one; NaN for what lies outside the years 1 to 9999 and is no time without a date either. */
export function timeOf(time: number): number {
  if (time >= firstTime) return time <= lastTime ? time : Number.NaN;
  const from = time >= undatedStart ? undatedStart : relativeStart;
  return time >= from && time < from + undatedDays * dayMs ? time : Number.NaN;
}

/** Some ms before a time; NaN where that is no time of its kind. */
export function timeBefore(time: number, ms: number): number {
  const before = timeOf(time - ms);
  return isDated(before) === isDated(time) ? before : Number.NaN;
}

/** The ms from one time to the next; -1 where a clock went back, or one of the two has no day. */
export function elapsedMs(from: number, to: number): number {
  const ms = to - from;
  return ms >= 0 && isDated(from) === isDated(to) && to >= undatedStart === from >= undatedStart ? ms : -1;
}

/** A time that is known by what has passed since a beginning. */
export function relativeTime(ms: number): number {
  return ms >= 0 && ms < undatedDays * dayMs ? relativeStart + ms : Number.NaN;
}

/** Longest count since the epoch that is a time: nanoseconds of the year 9999. */
const longestCount = 21;

/** A count since the epoch, written in digits: of seconds, which may have a fraction (`places` 0), or of 10^-places s. */
export function epochTime(text: string, places: 0 | 3 | 6 | 9): number {
  const end = skipDigits(text, 0);
  if (end === 0 || end > longestCount || afterFraction(text, end) !== text.length) return Number.NaN;
  const ms =
    places === 0
      ? digits(text, 0, end) * secondMs + fractionAt(text, end)
      : end > places - 3
        ? digits(text, 0, end - places + 3)
        : 0;
  return timeOf(ms);
}

/** {@link epochTime} where only the length of the number tells what it counts. */
export function epochTimeOfAnyUnit(text: string): number {
  const end = skipDigits(text, 0);
  return epochTime(text, end >= 18 ? 9 : end >= 15 ? 6 : end >= 12 ? 3 : 0);
}

/** What a number of about 10^9 may be off by, in ms. */
const roundingMs = 5e-4;

/**
 * {@link epochTimeOfAnyUnit} for a number. Seconds of the years 2001 to 2096, as nearly all are, need no text in between;
 * digits behind the third are cut as there.
 */
export function epochOf(count: number): number {
  return count >= 1e9 && count < 4e9
    ? Math.floor(count * secondMs + roundingMs)
    : epochTimeOfAnyUnit(Number.isFinite(count) ? String(count) : '');
}

/** Whether it is a time whose day is known. */
export function isDated(time: number): boolean {
  return time >= firstTime;
}

/** ISO 8601, UTC, of a time in the years 1 to 9999; what lies before has the first time of year 1. Never throws. */
export function isoText(time: number): string {
  const shown = Number.isNaN(time) ? firstTime : Math.min(Math.max(time, firstTime), lastTime);
  return new Date(shown).toISOString();
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

/** `HH:MM:SS` stands at `at`, whether a clock can show it or not. */
export function isClock(text: string, at: number): boolean {
  return clockAt(text, at) !== -1;
}

/** `HH:MM:SS` at `at` in ms since midnight (`:60` is a leap second); NaN if no clock shows that, -1 if there is none. */
export function clockAt(text: string, at: number): number {
  if (text.charCodeAt(at + 2) !== 58 || text.charCodeAt(at + 5) !== 58) return -1;
  return timeOfFields(digits(text, at, at + 2), digits(text, at + 3, at + 5), digits(text, at + 6, at + 8));
}

/** Ms since midnight; NaN if no clock shows that, -1 if a part is -1. */
export function timeOfFields(h: number, m: number, s: number): number {
  if (h < 0 || m < 0 || s < 0) return -1;
  return h > 23 || m > 59 || s > 60 ? Number.NaN : ((h * 60 + m) * 60 + s) * secondMs;
}

/** Midnight, UTC, of a day that the calendar has; NaN for any other. `month`: 0 … 11. */
export function midnight(year: number, month: number, day: number): number {
  if (year < 1 || year > 9999 || month < 0 || month > 11 || day < 1 || day > daysOf(year, month)) return Number.NaN;
  // Counted from 1 March of the year 0, in years that end with their leap day.
  const y = month < 2 ? year - 1 : year;
  const dayOfYear = Math.trunc((153 * ((month + 10) % 12) + 2) / 5) + day - 1;
  return (y * 365 + Math.trunc(y / 4) - Math.trunc(y / 100) + Math.trunc(y / 400) + dayOfYear - 719_468) * dayMs;
}

function daysOf(year: number, month: number): number {
  if (month === 1) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 3 || month === 5 || month === 8 || month === 10 ? 30 : 31;
}

/** A year of two digits as a year: 1970 to 2069. */
export function fullYear(year: number, digitsWide: number): number {
  return digitsWide > 2 ? year : year < 70 ? year + 2000 : year + 1900;
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

/** Offsets from UTC go so far, in hours; no place on earth has more than 14. */
const farthestHours = 18;

/** Index behind the zone that was read last. */
let zoneEnd = 0;

/**
 * Minutes east of UTC of the zone at `at`, which a blank may stand in front of: `Z`, `+0100`, `+01:00`, `+01`, `UTC`,
 * `GMT`, `GMT+2`; NaN if none stands there. An offset that no place has is unknown, but belongs to the stamp.
 */
export function offsetAt(text: string, at: number): number {
  zoneEnd = at;
  const from = text.charCodeAt(at) === 32 ? at + 1 : at;
  const c = text.charCodeAt(from);
  if (c === 43 || c === 45) return signedOffset(text, from, 2);
  if (c === 90 || c === 122) return isWordAt(text, from + 1) ? Number.NaN : zoneAt(from + 1);
  if (!text.startsWith('UTC', from) && !text.startsWith('GMT', from)) return Number.NaN;
  const sign = text.charCodeAt(from + 3);
  if (sign === 43 || sign === 45) return signedOffset(text, from + 3, 1);
  return isWordAt(text, from + 3) ? Number.NaN : zoneAt(from + 3);
}

function zoneAt(end: number): number {
  zoneEnd = end;
  return 0;
}

function zoneUnknown(end: number): number {
  zoneEnd = end;
  return Number.NaN;
}

/** `+0100`, `+01:00`, `+01` at `at`; with `least` 1 also `+1`. */
function signedOffset(text: string, at: number, least: 1 | 2): number {
  const run = skipDigits(text, at + 1) - at - 1;
  let end = at + 1 + (run === 4 ? 2 : run);
  if (run !== 2 && run !== 4 && !(run === 1 && least === 1)) return Number.NaN;
  const hours = digits(text, at + 1, end);
  let minutes = 0;
  const from = text.charCodeAt(end) === 58 ? end + 1 : end;
  if (skipDigits(text, from) === from + 2) {
    minutes = digits(text, from, from + 2);
    end = from + 2;
  }
  const offset = hours * 60 + minutes;
  if (isWordAt(text, end)) return Number.NaN;
  // Of four digits it is a zone of the stamp, though none that is known.
  if (minutes > 59 || offset > farthestHours * 60) return end - at > 4 ? zoneUnknown(end) : Number.NaN;
  zoneEnd = end;
  return text.charCodeAt(at) === 45 ? -offset : offset;
}

/** A letter or a digit stands at `at`. */
function isWordAt(text: string, at: number): boolean {
  const c = text.charCodeAt(at);
  const letter = c | 32;
  return (letter >= 97 && letter <= 122) || (c >= 48 && c <= 57);
}

/** Index behind the zone at `at` and the blank in front of it, or `at` if there is none. */
export function afterOffset(text: string, at: number): number {
  offsetAt(text, at);
  return zoneEnd;
}

/** A blank, and behind it what may begin a zone: a sign, `Z`, `UTC`, `GMT`. */
function mayBeZone(text: string, at: number): boolean {
  const c = text.charCodeAt(at + 1);
  return c === 43 || c === 45 || c === 85 || c === 71 || c === 90;
}

/** Reads the times of one source; remembers the last second, and what a log without year or date needs. */
export class Clock {
  /** Index behind the stamp read last, with its fraction and zone; -1 if no stamp stood there. */
  end = -1;
  readonly #options: DecoderOptions;
  /** The date read last, as it stands there, and its midnight; NaN where no calendar has it. */
  #date = '\n';
  #midnight = Number.NaN;
  /** The stamp of {@link Clock.ctime} in two halves, and its time. */
  #early = '\n';
  #late = '\n';
  #ctimeMs = Number.NaN;
  /** The stamp of {@link Clock.yearless}, as a local time and as UTC. */
  #second = '\n';
  #local = Number.NaN;
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
    return Number.isNaN(localMs) ? localMs : localMs - this.#options.offsetAt(localMs) * 60_000;
  }

  /** `Sun Nov 22 09:58:57 2026` at `at` (24 characters; the day may be padded with a blank or not at all). */
  ctime(text: string, at = 0): number {
    if (sameHalves(text, at, this.#early, this.#late)) {
      this.end = at + half + this.#late.length;
      if (!mayBeZone(text, this.end) || text.charCodeAt(this.end) !== 32) return this.#ctimeMs;
    }
    this.end = -1;
    const month = monthAt(text, at + 4);
    const dayAt = text.charCodeAt(at + 8) === 32 ? at + 9 : at + 8;
    const dayEnd = skipDigits(text, dayAt);
    const time = clockAt(text, dayEnd + 1);
    if (month < 0 || time === -1 || dayEnd === dayAt) return Number.NaN;
    const clockEnd = afterFraction(text, dayEnd + 9);
    const yearAt = yearIndex(text, clockEnd);
    const year = digits(text, yearAt, yearAt + 4);
    if (year < 0) return Number.NaN;
    const local = midnight(year, month, digits(text, dayAt, dayEnd)) + time;
    const inside = yearAt > clockEnd + 1 ? offsetAt(text, clockEnd) : Number.NaN;
    const behind = offsetAt(text, yearAt + 4);
    this.end = zoneEnd;
    const offset = Number.isNaN(behind) ? inside : behind;
    const ms = (Number.isNaN(offset) ? this.utc(local) : local - offset * 60_000) + fractionAt(text, dayEnd + 9);
    if (Number.isNaN(behind)) {
      this.#early = own(text.slice(at, at + half));
      this.#late = own(text.slice(at + half, this.end));
      this.#ctimeMs = ms;
    }
    return ms;
  }

  /** `2026-11-22 09:58:53` or with `T` (or any one character) between; slashes or points in the date, points in the time. */
  iso(text: string, at = 0): number {
    if (!sameStamp(text, at, this.#date)) {
      this.end = -1;
      const mark = text.charCodeAt(at + 4);
      if (mark !== 45 && mark !== 47) return Number.NaN;
      const year = digits(text, at, at + 4);
      const month = digits(text, at + 5, at + 7);
      const day = digits(text, at + 8, at + 10);
      if (year < 0 || month < 0 || day < 0) return Number.NaN;
      this.#date = text.slice(at, at + 10);
      this.#midnight = midnight(year, month - 1, day);
    }
    const time = text.charCodeAt(at + 13) === 46 ? pointedClockAt(text, at + 11) : clockAt(text, at + 11);
    if (time === -1) {
      this.end = -1;
      return Number.NaN;
    }
    const end = at + 19;
    const c = text.charCodeAt(end);
    // The end, a TAB, or a blank with no zone behind it: neither fraction nor offset.
    if (Number.isNaN(c) || c === 9 || (c === 32 && !mayBeZone(text, end))) {
      this.end = end;
      return this.utc(this.#midnight + time);
    }
    return this.#zoned(text, end, this.#midnight + time);
  }

  /** `22/Nov/2026:09:59:10 +0000` at `at`; local time where the offset is missing. */
  clf(text: string, at = 0): number {
    if (!sameStamp(text, at, this.#date)) {
      this.end = -1;
      const day = digits(text, at, at + 2);
      const month = monthAt(text, at + 3);
      const year = digits(text, at + 7, at + 11);
      if (day < 0 || month < 0 || year < 0) return Number.NaN;
      this.#date = text.slice(at, at + 11);
      this.#midnight = midnight(year, month, day);
    }
    return this.#timed(text, at + 12);
  }

  /** `22 Nov 2026 09:59:10`, `22-Nov-2026, 09:59:10`, `1Nov26 09:59:10`: day, name of the month, year, time. */
  dayMonthYear(text: string, at = 0): number {
    if (!sameStamp(text, at, this.#date)) {
      this.end = -1;
      const dayEnd = skipDigits(text, at);
      const monthIndex = isDateMark(text.charCodeAt(dayEnd)) ? dayEnd + 1 : dayEnd;
      const month = monthAt(text, monthIndex);
      const yearAt = isDateMark(text.charCodeAt(monthIndex + 3)) ? monthIndex + 4 : monthIndex + 3;
      const yearEnd = skipDigits(text, yearAt);
      const wide = yearEnd - yearAt;
      if (dayEnd === at || dayEnd > at + 2 || month < 0 || (wide !== 2 && wide !== 4)) return Number.NaN;
      this.#date = own(text.slice(at, clockIndex(text, yearEnd)));
      this.#midnight = midnight(fullYear(digits(text, yearAt, yearEnd), wide), month, digits(text, at, dayEnd));
    }
    return this.#timed(text, at + this.#date.length);
  }

  /** `Nov 22 2026 09:59:10`, `Feb  1, 2012 16:52:42.083353000 UTC`: name of the month, day, year, time. */
  monthDayYear(text: string, at = 0): number {
    if (!sameStamp(text, at, this.#date)) {
      this.end = -1;
      const month = monthAt(text, at);
      const dayAt = text.charCodeAt(at + 4) === 32 ? at + 5 : at + 4;
      const dayEnd = skipDigits(text, dayAt);
      const yearAt = text.charCodeAt(dayEnd) === 44 ? dayEnd + 2 : dayEnd + 1;
      if (month < 0 || dayEnd === dayAt || skipDigits(text, yearAt) !== yearAt + 4) return Number.NaN;
      this.#date = own(text.slice(at, clockIndex(text, yearAt + 4)));
      this.#midnight = midnight(digits(text, yearAt, yearAt + 4), month, digits(text, dayAt, dayEnd));
    }
    return this.#timed(text, at + this.#date.length);
  }

  /** `24.09.2022 13:28:44.903` (`dmy`), `26-11-22 09:59:36` (`ymd`): numbers of two or, for the year, four digits. */
  numeric(text: string, order: 'dmy' | 'ymd', at = 0): number {
    if (!sameStamp(text, at, this.#date)) {
      this.end = -1;
      const firstEnd = skipDigits(text, at);
      const secondEnd = skipDigits(text, firstEnd + 1);
      const thirdEnd = skipDigits(text, secondEnd + 1);
      const first = digits(text, at, firstEnd);
      const second = digits(text, firstEnd + 1, secondEnd);
      const third = digits(text, secondEnd + 1, thirdEnd);
      const wide = order === 'ymd' ? firstEnd - at : thirdEnd - secondEnd - 1;
      if (first < 0 || second < 0 || third < 0 || (wide !== 2 && wide !== 4)) return Number.NaN;
      this.#date = own(text.slice(at, clockIndex(text, thirdEnd)));
      const year = fullYear(order === 'ymd' ? first : third, wide);
      this.#midnight = midnight(year, second - 1, order === 'ymd' ? third : first);
    }
    return this.#timed(text, at + this.#date.length);
  }

  /** `Nov 22 09:59:04` at `at`: RFC 3164, no year. The year is carried on over new year. */
  yearless(text: string, at = 0): number {
    if (text.startsWith(this.#second, at)) {
      const end = at + this.#second.length;
      const c = text.charCodeAt(end);
      this.end = end;
      return (c === 32 && mayBeZone(text, end)) || c === 46 || c === 44 || Number.isNaN(this.#ms)
        ? this.#zoned(text, end, this.#local, this.#ms)
        : this.#ms;
    }
    this.end = -1;
    const month = monthAt(text, at);
    const dayAt = text.charCodeAt(at + 4) === 32 ? at + 5 : at + 4;
    const dayEnd = skipDigits(text, dayAt);
    const time = clockAt(text, dayEnd + 1);
    if (month < 0 || time === -1 || dayEnd === dayAt) return Number.NaN;
    this.#second = own(text.slice(at, dayEnd + 9));
    this.#local = this.#midnightOf(month, digits(text, dayAt, dayEnd)) + time;
    const ms = this.#zoned(text, dayEnd + 9, this.#local);
    this.#ms = this.end === dayEnd + 9 ? ms : Number.NaN;
    return ms;
  }

  /** Month (0 … 11), day and ms since midnight of a stamp without year. */
  dated(month: number, day: number, timeMs: number): number {
    return this.utc(this.#midnightOf(month, day) + timeMs);
  }

  /** `HH:MM:SS`, fraction optional, no date: see {@link isDated}; a step back of half a day is midnight. */
  timeOfDay(text: string, at = 0): number {
    const time = clockAt(text, at);
    this.end = time === -1 ? -1 : afterFraction(text, at + 8);
    if (!(time >= 0)) return Number.NaN;
    if (this.#lastOfDay < 0)
      this.#options.assume('a log has times but no dates: times without a day are left out of the report');
    else if (time < this.#lastOfDay - dayMs / 2) this.#day++;
    this.#lastOfDay = time;
    if (this.#day >= undatedDays) return Number.NaN;
    return undatedStart + this.#day * dayMs + time + fractionAt(text, at + 8);
  }

  /** The time of day at `at`, behind the date that was read last. */
  #timed(text: string, at: number): number {
    const time = clockAt(text, at);
    if (time === -1) {
      this.end = -1;
      return Number.NaN;
    }
    return this.#zoned(text, at + 8, this.#midnight + time);
  }

  /** A local time with the fraction and the zone at `at`. `ms`: what it is without a zone, if that is known. */
  #zoned(text: string, at: number, local: number, ms = Number.NaN): number {
    const behind = afterFraction(text, at);
    const offset = offsetAt(text, behind);
    this.end = zoneEnd;
    const whole = Number.isNaN(offset) ? (Number.isNaN(ms) ? this.utc(local) : ms) : local - offset * 60_000;
    return behind === at ? whole : whole + fractionAt(text, at);
  }

  #midnightOf(month: number, day: number): number {
    // A day that no year has says nothing about the year either.
    return Number.isNaN(midnight(2000, month, day)) ? Number.NaN : midnight(this.#yearOf(month, day), month, day);
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

/** `HH.MM.SS` at `at`, as {@link clockAt}. */
function pointedClockAt(text: string, at: number): number {
  if (text.charCodeAt(at + 2) !== 46 || text.charCodeAt(at + 5) !== 46) return -1;
  return timeOfFields(digits(text, at, at + 2), digits(text, at + 3, at + 5), digits(text, at + 6, at + 8));
}

/** Index of the year behind the time of day: at once, or behind the zone that date(1) puts between. */
function yearIndex(text: string, clockEnd: number): number {
  if (isDigit(text, clockEnd + 1)) return clockEnd + 1;
  const blank = text.indexOf(' ', clockEnd + 1);
  return blank > 0 && blank < clockEnd + 8 ? blank + 1 : clockEnd + 1;
}

/** Index of the time of day behind a date: behind one character, or behind a comma and a blank. */
function clockIndex(text: string, dateEnd: number): number {
  return text.charCodeAt(dateEnd) === 44 && text.charCodeAt(dateEnd + 1) === 32 ? dateEnd + 2 : dateEnd + 1;
}

/** A blank, `-`, `.` or `/`. */
function isDateMark(c: number): boolean {
  return c === 32 || (c >= 45 && c <= 47);
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
  while (month === 1 && day === 29 && daysOf(year, month) < 29) year--;
  return year;
}
