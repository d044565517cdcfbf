/** Times as packet tools print them. */
import type { DecoderOptions } from '../../model.ts';
import { digits, isDigit, skipDigits } from '../../text.ts';
import { afterFraction, Clock, clockAt, fractionAt, monthAt, relativeStart } from '../../timestamp.ts';

export class PacketClock {
  readonly #options: DecoderOptions;
  readonly #clock: Clock;
  #stated = false;

  constructor(options: DecoderOptions) {
    this.#options = options;
    this.#clock = new Clock(options);
  }

  /**
   * `1329843162.083353000`, `2012-02-21 16:52:42.083353`, `Feb 21, 2012 16:52:42.083353000 UTC`, `16:52:42.083353`, or
   * seconds since the first packet, `0.114861`.
   */
  read(text: string): number {
    if (isDigit(text, 0)) {
      const c = text.charCodeAt(4);
      if (c === 45 || c === 47) return this.#clock.iso(text);
      if (text.charCodeAt(2) === 58) return this.#clock.timeOfDay(text);
      return this.#seconds(text);
    }
    return this.#named(text);
  }

  #seconds(text: string): number {
    const dot = skipDigits(text, 0);
    if (afterFraction(text, dot) !== text.length) return Number.NaN;
    const ms = digits(text, 0, dot) * 1000 + fractionAt(text, dot);
    if (dot >= 9) return ms;
    if (!this.#stated) {
      this.#stated = true;
      this.#options.assume('times count from the first packet: the report has durations, but no times');
    }
    return relativeStart + ms;
  }

  /** `Feb 21, 2012 16:52:42.083353000 UTC`, the day padded with a blank; any other zone is taken for the local one. */
  #named(text: string): number {
    const month = monthAt(text, 0);
    const comma = text.indexOf(',');
    const day = text.charCodeAt(4) === 32 ? 5 : 4;
    const time = clockAt(text, comma + 7);
    const year = digits(text, comma + 2, comma + 6);
    if (month < 0 || comma < 0 || time < 0 || year < 0) return Number.NaN;
    const local = Date.UTC(year, month, digits(text, day, comma)) + time;
    const utc =
      text.endsWith(' UTC') || text.endsWith(' GMT') || text.endsWith('Coordinated Universal Time')
        ? local
        : this.#clock.utc(local);
    return utc + fractionAt(text, comma + 15);
  }
}
