/** Short words told by their characters: nothing is cut out of a line for them, and nothing is hashed. */

/** Characters of seven bits that fit into one number. */
export const shortWord = 4;

/** The ASCII word from `from` to `to`, its small letters as capitals, as one number; -1 if it is longer or no such word. */
export function packedWord(text: string, from: number, to: number): number {
  if (to - from > shortWord) return -1;
  let word = 0;
  for (let i = from; i < to; i++) {
    const c = text.charCodeAt(i);
    if (c > 127) return -1;
    word = (word << 7) | (c >= 97 && c <= 122 ? c - 32 : c);
  }
  return word;
}

/** Where a word belongs among places from 0 to `last`, which is a power of two less one. */
export function placeOfWord(word: number, last: number): number {
  return (word ^ (word >>> 7) ^ (word >>> 15)) & last;
}

/** Numbers by {@link packedWord}; 3 ns where a `Map` takes 8. 0 stands for what is not in it. */
export class WordTable {
  /** Word and value in turn; a word stands at its place or at the next that was free. */
  readonly #slots: Int32Array;
  readonly #last: number;

  constructor(entries: Iterable<readonly [word: number, value: number]>) {
    const all = [...entries].filter(([word, value]) => word > 0 && value !== 0);
    let places = 64;
    while (places < all.length * 4) places *= 2;
    this.#slots = new Int32Array(places * 2);
    this.#last = places - 1;
    for (const [word, value] of all) {
      let place = placeOfWord(word, this.#last);
      while (this.#slots[place * 2] !== 0 && this.#slots[place * 2] !== word) place = (place + 1) & this.#last;
      this.#slots[place * 2] = word;
      this.#slots[place * 2 + 1] = value;
    }
  }

  get(word: number): number {
    const slots = this.#slots;
    for (let place = placeOfWord(word, this.#last); ; place = (place + 1) & this.#last) {
      const found = slots[place * 2] as number;
      if (found === word) return slots[place * 2 + 1] as number;
      if (found === 0) return 0;
    }
  }
}
