/**
 * Dates in the locale of a server: `4/1/2009 1:34:48 AM`, `16/08/2026 17:01:02`, `03.10.2019 17:06:26`,
 * `2019-10-03 17:06:26`. Whether the day or the month comes first shows only later, in a number above 12 or in how the
 * dates go on. Until then events are held back, bounded; what was concluded is stated as an assumption.
 */
import type { DecoderOptions, Event, EventSink } from '../model.ts';
import { digits, isDigit, skipDigits } from '../text.ts';
import { afterOffset, fractionAt, fullYear, midnight, offsetAt, timeOf, timeOfFields } from '../timestamp.ts';

export type DateOrder = '' | 'ymd' | 'dmy' | 'mdy';

interface Held {
  readonly event: Event;
  readonly first: number;
  readonly second: number;
  readonly year: number;
  readonly timeMs: number;
  readonly offset: number;
}

/** Events held until the order is known. */
const heldLimit = 20_000;
const dayMs = 86_400_000;
const twelveHoursMs = dayMs / 2;

export class LocaleClock {
  /** Of the line read last, in ms UTC; NaN while the order of its date is not known. */
  time = Number.NaN;
  /** Takes the events of the line read last; those before the first date of the log wait for nothing. */
  readonly sink: EventSink;
  readonly #options: DecoderOptions;
  readonly #usual: DateOrder;
  #order: DateOrder = '';
  #stated = false;
  #held: Held[] = [];
  #first = 0;
  #second = 0;
  #year = 0;
  #timeMs = 0;
  /** Minutes east of UTC that stand behind the time; NaN if none do. */
  #offset = Number.NaN;
  #previous: readonly [first: number, second: number, year: number] = [0, 0, 0];
  /** The date read last, with what stands between it and the time, and its midnight; '' while the order is not known. */
  #date = '';
  #midnight = 0;
  #before = -1;
  #dateEnd = 0;
  #halfDay = false;
  #dotted = false;
  readonly #emit: EventSink;

  /**
   * `usual`: the order to believe in where nothing tells it; '' to judge by the clock (AM and PM: month first). `always`:
   * the format has no other.
   */
  constructor(options: DecoderOptions, emit: EventSink, usual: DateOrder = '', always = false) {
    this.#options = options;
    if (always) this.#order = usual;
    this.#usual = usual;
    this.#emit = emit;
    this.sink = (event) => {
      if (this.#order === '' && this.#year > 0) this.#hold(event);
      else emit(event);
    };
  }

  /** Reads date and time at `at`; index behind them, or -1. */
  read(text: string, at: number): number {
    const date = this.#date;
    if (date !== '' && text.startsWith(date, at) && isDigit(text, at + date.length)) {
      const end = this.#parseTime(text, at + date.length, this.#before);
      if (end < 0) return -1;
      this.time = this.#utc(this.#midnight + this.#timeMs, this.#offset);
      return end;
    }
    const end = this.#parse(text, at);
    if (end < 0) return -1;
    if (this.#order === '') this.#decide();
    if (this.#order === '') this.time = Number.NaN;
    else {
      this.#midnight = this.#localDay(this.#first, this.#second, this.#year);
      this.time = this.#utc(this.#midnight + this.#timeMs, this.#offset);
      this.#date = text.slice(at, this.#dateEnd);
    }
    return end;
  }

  /** No more lines: what is held goes out by the likeliest order. */
  end(): void {
    if (this.#held.length > 0) this.#settle(this.#likeliest(), 'nothing in the log tells it');
  }

  #hold(event: Event): void {
    this.#held.push({
      event,
      first: this.#first,
      second: this.#second,
      year: this.#year,
      timeMs: this.#timeMs,
      offset: this.#offset,
    });
    if (this.#held.length >= heldLimit) this.end();
  }

  #settle(order: DateOrder, why: string): void {
    this.#order = order;
    if (!this.#stated && order !== 'ymd') {
      const words = order === 'dmy' ? 'day, month' : 'month, day';
      this.#options.assume(
        `dates such as ${this.#first}/${this.#second}/${this.#year} are read as ${words}, year: ${why}`,
      );
    }
    this.#stated = true;
    const held = this.#held;
    this.#held = [];
    for (const h of held) {
      const local = this.#localDay(h.first, h.second, h.year) + h.timeMs;
      this.#emit({ ...h.event, time: timeOf(this.#utc(local, h.offset)) });
    }
  }

  #likeliest(): DateOrder {
    if (this.#usual !== '') return this.#usual;
    return this.#halfDay ? 'mdy' : 'dmy';
  }

  #utc(local: number, offset: number): number {
    if (Number.isNaN(local)) return local;
    return local - (Number.isNaN(offset) ? this.#options.offsetAt(local) : offset) * 60_000;
  }

  #localDay(first: number, second: number, year: number): number {
    if (first > 31) return midnight(first, second - 1, year);
    const monthFirst = this.#order === 'mdy' ? first <= 12 : second > 12;
    return midnight(year, (monthFirst ? first : second) - 1, monthFirst ? second : first);
  }

  #decide(): void {
    const [a, b, year] = [this.#first, this.#second, this.#year];
    if (a > 31) this.#settle('ymd', '');
    else if (a > 12) this.#settle('dmy', `${a} is no month`);
    else if (b > 12) this.#settle('mdy', `${b} is no month`);
    else if (this.#dotted) this.#settle('dmy', 'they are written with dots');
    else this.#compare(a, b, year);
    this.#previous = [a, b, year];
  }

  /** The dates of a log go forward, by a day rather than by a month, and not beyond the day it was written. */
  #compare(a: number, b: number, year: number): void {
    const limit = this.#options.reference + 2 * dayMs;
    const dmy = midnight(year, b - 1, a);
    const mdy = midnight(year, a - 1, b);
    if (dmy > limit !== mdy > limit) {
      this.#settle(dmy > limit ? 'mdy' : 'dmy', 'the other order is later than the file');
      return;
    }
    const [pa, pb, py] = this.#previous;
    if (py === 0 || (pa === a && pb === b && py === year)) return;
    const stepDmy = dmy - midnight(py, pb - 1, pa);
    const stepMdy = mdy - midnight(py, pa - 1, pb);
    if (stepDmy < 0 !== stepMdy < 0) this.#settle(stepDmy < 0 ? 'mdy' : 'dmy', 'in the other order they would go back');
    else if (stepDmy > 0 && Math.min(stepDmy, stepMdy) <= 7 * dayMs && Math.max(stepDmy, stepMdy) >= 27 * dayMs) {
      this.#settle(stepDmy < stepMdy ? 'dmy' : 'mdy', 'so they go on day by day');
    }
  }

  #parse(text: string, at: number): number {
    const e1 = skipDigits(text, at);
    const s2 = afterMark(text, e1);
    const e2 = skipDigits(text, s2);
    const s3 = afterMark(text, e2);
    const e3 = skipDigits(text, s3);
    if (e1 === at || e1 - at > 4 || e2 === s2 || e2 - s2 > 2 || e3 === s3 || e3 - s3 > 4 || s2 === e1 || s3 === e2)
      return -1;
    this.#first = digits(text, at, e1);
    this.#second = digits(text, s2, e2);
    this.#year = digits(text, s3, e3);
    this.#dotted = text.charCodeAt(e1) === 46;
    if (this.#first <= 31) this.#year = fullYear(this.#year, e3 - s3);
    let hourAt = e3;
    while (hourAt < text.length && hourAt < e3 + 12 && !isDigit(text, hourAt)) hourAt++;
    const before = halfOfDay(text, e3, hourAt);
    this.#before = before;
    this.#dateEnd = hourAt;
    return this.#parseTime(text, hourAt, before);
  }

  #parseTime(text: string, at: number, before: number): number {
    const h = skipDigits(text, at);
    const m = skipDigits(text, h + 1);
    const s = skipDigits(text, m + 1);
    const mark = text.charCodeAt(h);
    if (h === at || m !== h + 3 || s !== m + 3 || (mark !== 58 && mark !== 46) || text.charCodeAt(m) !== mark)
      return -1;
    let end = s;
    let ms = timeOfFields(digits(text, at, h), digits(text, h + 1, m), digits(text, m + 1, s));
    if (isDigit(text, s + 1)) {
      const fraction = fractionAt(text, s);
      if (text.charCodeAt(s) === 46 || text.charCodeAt(s) === 44) end = skipDigits(text, s + 1);
      ms += fraction;
    }
    let half = before;
    if (half < 0 && isGap(text.charCodeAt(end)) && mayBeHalf(text.charCodeAt(end + 1))) {
      const wordAt = end + 1;
      const word = wordEndAt(text, wordAt);
      half = halfOfDay(text, wordAt, word);
      if (half >= 0) end = word;
    }
    if (half >= 0) {
      this.#halfDay = true;
      ms = (ms % twelveHoursMs) + half * twelveHoursMs;
    }
    this.#timeMs = ms;
    this.#offset = offsetAt(text, end);
    return afterOffset(text, end);
  }
}

/** Index behind one of `/ - .` and a blank that may follow; the same index if none stands there. */
function afterMark(text: string, at: number): number {
  const c = text.charCodeAt(at);
  if (c !== 47 && c !== 45 && c !== 46) return at;
  return text.charCodeAt(at + 1) === 32 ? at + 2 : at + 1;
}

/** Index behind `AM`, `p.m.`, `a. m.`: up to a bracket, or a blank that no letter and dot follow. */
function wordEndAt(text: string, at: number): number {
  let end = at;
  while (end < text.length && end < at + 5 && !endsWord(text.charCodeAt(end))) end++;
  const c = text.charCodeAt(end + 1);
  if (text.charCodeAt(end - 1) === 46 && (c === 77 || c === 109) && text.charCodeAt(end + 2) === 46) return end + 3;
  return end;
}

/** A blank, `>` or `]`. */
function endsWord(c: number): boolean {
  return c === 32 || c === 62 || c === 93;
}

function isGap(c: number): boolean {
  return c === 32 || c === 0x202f || c === 0xa0;
}

/** A word that begins so may say which half of the day it is. */
function mayBeHalf(c: number): boolean {
  const letter = c | 32;
  return letter === 97 || letter === 112 || letter === 100 || c > 127;
}

const mornings: readonly string[] = ['AM', 'am', 'a.m.', 'a. m.', 'A.M.', '上午', '오전', 'πμ', 'π.μ.', 'de.'];
const afternoons: readonly string[] = ['PM', 'pm', 'p.m.', 'p. m.', 'P.M.', '下午', '오후', 'μμ', 'μ.μ.', 'du.'];

/** 0 before noon, 1 after it, -1 if the words from `at` to `end` say neither. */
function halfOfDay(text: string, at: number, end: number): number {
  if (end - at === 1 && text.charCodeAt(at) < 48) return -1;
  if (end - at === 2 && (text.charCodeAt(at + 1) | 32) === 109) {
    const c = text.charCodeAt(at) | 32;
    if (c === 97 || c === 112) return c === 97 ? 0 : 1;
  }
  const word = text.slice(text.charCodeAt(at) === 46 ? at + 1 : at, end).trim();
  if (word === '') return -1;
  if (mornings.includes(word)) return 0;
  return afternoons.includes(word) ? 1 : -1;
}
