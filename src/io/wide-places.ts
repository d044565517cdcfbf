/** Where in a piece of input octets beyond ASCII stand, by blocks: most lines of a log in UTF-8 hold none. */
import { isAscii } from 'node:buffer';

const blockShift = 10;

export class WidePlaces {
  readonly #blocks: Uint8Array;
  #any = false;

  /** `octets`: length of the longest piece. */
  constructor(octets: number) {
    this.#blocks = new Uint8Array((octets >> blockShift) + 1);
  }

  /** Some octet of the piece is beyond ASCII. */
  get any(): boolean {
    return this.#any;
  }

  /** Looks through the next piece. */
  look(piece: Buffer): void {
    this.#any = !isAscii(piece);
    if (!this.#any) return;
    const blocks = this.#blocks;
    for (let i = 0; i << blockShift < piece.length; i++)
      blocks[i] = isAscii(piece.subarray(i << blockShift, (i + 1) << blockShift)) ? 0 : 1;
  }

  /** Whether some octet from `from` (inclusive) to `to` (exclusive) may be beyond ASCII. */
  between(from: number, to: number): boolean {
    if (!this.#any) return false;
    for (let i = from >> blockShift; i << blockShift < to; i++) if (this.#blocks[i] === 1) return true;
    return false;
  }
}
