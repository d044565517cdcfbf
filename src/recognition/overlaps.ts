/**
 * Parts of a rotated log may overlap: the later one begins with the lines that the one before ends with. They are read once.
 *
 * The first lines of a source are kept back as long as they may be the last ones of another. Equal lines of one second can
 * be two events, so an overlap holds two different lines at least; and a source that is nothing else is a copy, of which
 * sessions decide (`session/corroboration.ts`).
 */
import { hash32, isBlank } from '../text.ts';

/** Last lines of a source that are remembered; a power of two. */
const tailLines = 1024;
/** Sources whose last lines are remembered. */
const tailLimit = 256;

interface Tail {
  readonly source: number;
  /** Hashes of its last lines, without blank ones behind them. */
  readonly hashes: Uint32Array;
}

/** What became of the lines that were kept back. */
export interface Settled {
  readonly lines: readonly string[];
  /** So many of them were read before. */
  readonly repeated: number;
  /** So many of them may have been: nothing tells. */
  readonly doubtful: number;
  /** In which source. */
  readonly of: number;
}

export class Overlaps {
  readonly #tails: Tail[] = [];
  readonly #last: string[] = [];
  #count = 0;
  /** Lines kept back; undefined once it is known. */
  #held: string[] | undefined;
  /** Where in a tail the first of them may stand. */
  #runs: (readonly [tail: Tail, at: number])[] = [];
  #found = 0;
  #of = -1;

  /** Another source begins. */
  begin(): void {
    this.#last.length = 0;
    this.#count = 0;
    this.#held = this.#tails.length > 0 ? [] : undefined;
    this.#runs = [];
    this.#found = 0;
  }

  /** Takes the next line. True: it is kept back, and `settled` may have an answer. */
  keepsBack(text: string): boolean {
    this.#last[this.#count++ & (tailLines - 1)] = text;
    return this.#held !== undefined;
  }

  /** The answer for the lines kept back, with the last one; undefined while it is open. */
  settled(text: string): Settled | undefined {
    const held = this.#held as string[];
    held.push(text);
    const { length } = held;
    const hash = hash32(text);
    if (length === 1) this.#runs = isBlank(text) || isHead(text) ? [] : this.#places(hash);
    else this.#runs = isHead(text) ? [] : this.#runs.filter(([tail, at]) => tail.hashes[at + length - 1] === hash);
    for (const [tail, at] of this.#runs) {
      if (at + length !== tail.hashes.length) continue;
      this.#found = length;
      this.#of = tail.source;
    }
    this.#runs = this.#runs.filter(([tail, at]) => at + length < tail.hashes.length);
    return this.#runs.length > 0 || this.#found === length ? undefined : this.#settle(false);
  }

  /** The source is over: the answer for what is still kept back. */
  end(): Settled | undefined {
    return this.#held === undefined ? undefined : this.#settle(true);
  }

  #places(hash: number): (readonly [tail: Tail, at: number])[] {
    const places: (readonly [tail: Tail, at: number])[] = [];
    for (const tail of this.#tails)
      for (let at = 0; at < tail.hashes.length; at++) if (tail.hashes[at] === hash) places.push([tail, at]);
    return places;
  }

  #settle(isWhole: boolean): Settled {
    const lines = this.#held as string[];
    this.#held = undefined;
    const found = isWhole && this.#found === lines.length ? 0 : this.#found;
    const first = lines[0];
    const isSure = lines.some((line, i) => i < found && line !== first);
    return { lines, repeated: isSure ? found : 0, doubtful: isSure ? 0 : found, of: this.#of };
  }

  /** The source that is over may be continued. Only where its events have dates: else equal lines are no sign. */
  remember(source: number): void {
    let end = this.#count;
    const from = Math.max(0, end - tailLines);
    while (end > from && isBlank(this.#last[(end - 1) & (tailLines - 1)] as string)) end--;
    if (end === from) return;
    const hashes = new Uint32Array(end - from);
    for (let i = from; i < end; i++) hashes[i - from] = hash32(this.#last[i & (tailLines - 1)] as string);
    if (this.#tails.length >= tailLimit) this.#tails.shift();
    this.#tails.push({ source, hashes });
  }
}

/** A line of a table's head: each part has its own. */
function isHead(text: string): boolean {
  return text.charCodeAt(0) === 35;
}
