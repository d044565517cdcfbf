/** A queue that gives the smallest first; work per entry grows with the logarithm of what is in it. */
export class Heap {
  readonly #items: number[] = [];
  readonly #rank: (item: number) => number;

  constructor(rank: (item: number) => number) {
    this.#rank = rank;
  }

  /** The smallest; -1 if there is none. */
  get first(): number {
    return this.#items[0] ?? -1;
  }

  add(item: number): void {
    const items = this.#items;
    const value = this.#rank(item);
    let at = items.length;
    items.push(item);
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (this.#rank(items[up] as number) <= value) break;
      items[at] = items[up] as number;
      at = up;
    }
    items[at] = item;
  }

  /** Takes the smallest out. */
  shift(): void {
    const items = this.#items;
    const last = items.pop();
    if (last === undefined || items.length === 0) return;
    const value = this.#rank(last);
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      if (down >= items.length) break;
      if (down + 1 < items.length && this.#rank(items[down + 1] as number) < this.#rank(items[down] as number)) down++;
      if (this.#rank(items[down] as number) >= value) break;
      items[at] = items[down] as number;
      at = down;
    }
    items[at] = last;
  }
}
