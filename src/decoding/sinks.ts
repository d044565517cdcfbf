/**
 * The same entries through several sinks: a library logs to the console and to a logger, and both end up in one file.
 * Each entry counts once, whichever sink brings it first.
 */
import { own } from '../text.ts';

const windowSize = 256;
/** Entries that a sink may lag behind when it is first seen, and that it may skip. */
const reach = 32;
const sinkLimit = 16;

export class Sinks {
  #window: string[] = [];
  /** Number of the first entry of the window. */
  #base = 0;
  readonly #next = new Map<string, number>();

  /** True if no other sink has brought this entry. */
  isNew(sink: string, entry: string): boolean {
    const end = this.#base + this.#window.length;
    const known = this.#next.get(sink);
    const from = known === undefined ? end - reach : known;
    const found = known === undefined ? this.#lastOf(entry) : this.#firstOf(entry, from);
    if (found >= 0) {
      this.#next.set(sink, found + 1);
      return false;
    }
    this.#window.push(own(entry));
    if (this.#window.length > windowSize) {
      this.#window = this.#window.slice(windowSize / 2);
      this.#base += windowSize / 2;
    }
    if (known !== undefined || this.#next.size < sinkLimit) this.#next.set(sink, end + 1);
    return true;
  }

  #firstOf(entry: string, from: number): number {
    const start = Math.max(0, from - this.#base);
    const end = Math.min(this.#window.length, start + reach);
    for (let i = start; i < end; i++) if (this.#window[i] === entry) return this.#base + i;
    return -1;
  }

  #lastOf(entry: string): number {
    const start = Math.max(0, this.#window.length - reach);
    for (let i = this.#window.length - 1; i >= start; i--) if (this.#window[i] === entry) return this.#base + i;
    return -1;
  }
}
