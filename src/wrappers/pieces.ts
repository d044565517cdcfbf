/** Pieces of long lines: container engines cut at 16 KiB and say so. */

/** Longest line that is put together again; what is beyond is cut off. */
const longest = 65_536;
/** Streams of one source: stdout, stderr. */
const streamLimit = 8;

export class Pieces {
  readonly #begun = new Map<string, string>();

  /** Keeps a piece that is not the last. */
  add(stream: string, piece: string): void {
    const before = this.#begun.get(stream) ?? '';
    if (before === '' && this.#begun.size >= streamLimit) return;
    if (before.length < longest) this.#begun.set(stream, before + piece);
  }

  /** The whole line, with its last piece. */
  whole(stream: string, piece: string): string {
    const before = this.#begun.get(stream);
    if (before === undefined) return piece;
    this.#begun.delete(stream);
    return before + piece;
  }
}
