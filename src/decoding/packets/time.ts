/** Times as packet tools print them. */
import type { DecoderOptions } from '../../model.ts';
import { digits, isDigit, skipDigits } from '../../text.ts';
import { afterFraction, Clock, epochTime, fractionAt, relativeTime } from '../../timestamp.ts';

export class PacketClock {
  readonly #options: DecoderOptions;
  readonly #clock: Clock;
  readonly #universal: Clock;
  #stated = false;

  constructor(options: DecoderOptions) {
    this.#options = options;
    this.#clock = new Clock(options);
    this.#universal = new Clock({ ...options, offsetAt: () => 0 });
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
    if (dot >= 9) return epochTime(text, 0);
    if (!this.#stated) {
      this.#stated = true;
      this.#options.assume('times count from the first packet: the report has durations, but no times');
    }
    return relativeTime(digits(text, 0, dot) * 1000 + fractionAt(text, dot));
  }

  /** `Feb 21, 2012 16:52:42.083353000 UTC`; any other zone in words is taken for the local one. */
  #named(text: string): number {
    if (!text.endsWith('Coordinated Universal Time')) return this.#clock.monthDayYear(text);
    return this.#universal.monthDayYear(text);
  }
}
