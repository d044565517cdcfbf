/** Lines that end in a lone CR (classic Mac OS): told by an input that begins with CRs and no LF, and then made to end in LF. */

const carriageReturn = 13;
const lineFeed = 10;
/** Octets that are looked at before the decision. */
const enough = 64 * 1024;

export class LineEnds {
  #returnsOnly: boolean | undefined;
  #held: Buffer[] = [];
  #heldOctets = 0;
  #afterReturn = false;

  /** The chunk, its line ends made LF if they are lone CRs. Held back (an empty buffer) as long as nothing is decided. */
  take(chunk: Buffer): Buffer {
    if (this.#returnsOnly === false) return chunk;
    if (this.#returnsOnly === true) return this.#converted(chunk);
    if (this.#held.length === 0 && chunk.includes(lineFeed)) {
      this.#returnsOnly = false;
      return chunk;
    }
    this.#held.push(chunk);
    this.#heldOctets += chunk.length;
    if (!chunk.includes(lineFeed) && this.#heldOctets < enough) return Buffer.alloc(0);
    return this.end();
  }

  /** What was held back. */
  end(): Buffer {
    const all = Buffer.concat(this.#held);
    this.#held = [];
    this.#returnsOnly ??= !all.includes(lineFeed) && all.includes(carriageReturn);
    return this.#returnsOnly ? this.#converted(all) : all;
  }

  #converted(chunk: Buffer): Buffer {
    const out = Buffer.alloc(chunk.length);
    let length = 0;
    for (const octet of chunk) {
      const isReturn = octet === carriageReturn;
      if (!(octet === lineFeed && this.#afterReturn)) out[length++] = isReturn ? lineFeed : octet;
      this.#afterReturn = isReturn;
    }
    return out.subarray(0, length);
  }
}
