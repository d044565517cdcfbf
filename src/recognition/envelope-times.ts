/**
 * Times for events of a dialect that writes none, taken from what stands around its lines: `curl -v` in the log of a build.
 * A dialect that shows a time of its own is left alone: the two clocks need not agree.
 */
import type { Event, EventSink } from '../model.ts';
import { timeOf } from '../timestamp.ts';

/** Lines whose times are remembered, for events that a decoder holds back until it has read on. A power of two. */
const remembered = 256;

export class EnvelopeTimes {
  readonly #lines = new Int32Array(remembered);
  readonly #times = new Float64Array(remembered);
  readonly #emit: EventSink;
  #latest = Number.NaN;
  #own = false;

  constructor(emit: EventSink) {
    this.#emit = emit;
  }

  /** The next line, and the time that its envelope shows. */
  line(line: number, shown: number): void {
    if (this.#own) return;
    const time = timeOf(shown);
    const at = line & (remembered - 1);
    this.#lines[at] = line;
    this.#times[at] = time;
    if (!Number.isNaN(time)) this.#latest = time;
  }

  readonly emit = (event: Event): void => {
    if (!Number.isNaN(event.time)) this.#own = true;
    this.#emit(this.#own ? event : { ...event, time: this.#timeOf(event.line) });
  };

  #timeOf(line: number): number {
    const at = line & (remembered - 1);
    return this.#lines[at] === line ? (this.#times[at] as number) : this.#latest;
  }
}
