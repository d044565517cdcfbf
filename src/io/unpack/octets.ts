/** Octets to be looked at before they are taken, over the borders of chunks. */

/** What a file, a stream or an unpacker gives. */
export type Chunks = Iterable<Buffer> | AsyncIterable<Buffer>;

const nothing = Buffer.alloc(0);

export class Octets {
  readonly #chunks: AsyncIterator<Buffer> | Iterator<Buffer>;
  #held: Buffer = nothing;
  #ended = false;

  constructor(chunks: Chunks) {
    this.#chunks = Symbol.asyncIterator in chunks ? chunks[Symbol.asyncIterator]() : chunks[Symbol.iterator]();
  }

  /** Octets that can be looked at now. */
  get held(): Buffer {
    return this.#held;
  }

  /** Waits for so many octets; false if the input ends before. */
  async fill(count: number): Promise<boolean> {
    while (this.#held.length < count && !this.#ended) {
      const { done, value } = await this.#chunks.next();
      if (done === true) this.#ended = true;
      else this.#held = this.#held.length === 0 ? value : Buffer.concat([this.#held, value]);
    }
    return this.#held.length >= count;
  }

  /** The next octets, `most` of them at most, without taking them; empty at the end. */
  async some(most: number): Promise<Buffer> {
    await this.fill(1);
    return this.#held.subarray(0, most);
  }

  /** Takes octets that were looked at. */
  skip(count: number): void {
    this.#held = this.#held.subarray(count);
  }

  /** Takes so many octets; undefined if the input ends before. */
  async take(count: number): Promise<Buffer | undefined> {
    if (!(await this.fill(count))) return undefined;
    const taken = this.#held.subarray(0, count);
    this.skip(count);
    return taken;
  }

  /** All that is left, as it comes. */
  async *rest(): AsyncGenerator<Buffer> {
    while (await this.fill(1)) {
      const chunk = this.#held;
      this.#held = nothing;
      yield chunk;
    }
  }

  /** Nobody reads any further. */
  async end(): Promise<void> {
    this.#ended = true;
    await this.#chunks.return?.();
  }
}

/**
 * Takes what may stand between two packed parts and behind the last: zeros. False at the end of the input.
 */
export async function skipZeros(input: Octets): Promise<boolean> {
  while (await input.fill(1)) {
    const { held } = input;
    const at = held.findIndex((octet) => octet !== 0);
    input.skip(at < 0 ? held.length : at);
    if (at >= 0) return true;
  }
  return false;
}

/**
 * How much to unpack at a time: what one step gave is lost when the step fails, so the steps are small, and smallest
 * at the beginning, where a file may be short.
 */
export function stepOctets(done: number, smallest: number): number {
  if (done < 64 * smallest * 16) return smallest;
  return done < 1024 * 1024 ? Math.max(smallest, 256) : 4096;
}
