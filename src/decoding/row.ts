/** The values of a line that one character parts, cut out when they are asked for. */
import { digits } from '../text.ts';

const usualColumns = 128;
const minus = 45;

export class Row {
  count = 0;
  text = '';
  /** Where each value begins; one more for the end. Grows with the line, which is cut at 64 KiB. */
  #starts = new Int32Array(usualColumns + 1);

  /** Parts a line from `from` on; nothing parts it where the mark is empty. */
  read(text: string, mark: string, from = 0): void {
    let starts = this.#starts;
    this.text = text;
    let n = 0;
    for (let start = from; ; ) {
      if (n + 1 === starts.length) starts = this.#grow();
      starts[n++] = start;
      const end = mark === '' ? -1 : text.indexOf(mark, start);
      if (end < 0) break;
      start = end + 1;
    }
    starts[n] = text.length + 1;
    this.count = n;
  }

  #grow(): Int32Array<ArrayBuffer> {
    const wider = new Int32Array(this.#starts.length * 2);
    wider.set(this.#starts);
    this.#starts = wider;
    return wider;
  }

  /** Index of a value's first character. */
  start(column: number): number {
    return this.#starts[column] as number;
  }

  /** Index behind a value. */
  end(column: number): number {
    return (this.#starts[column + 1] as number) - 1;
  }

  /** As it stands there; '' where there is no such column. */
  raw(column: number): string {
    if (column < 0 || column >= this.count) return '';
    return this.text.slice(this.#starts[column], (this.#starts[column + 1] as number) - 1);
  }

  /** The value stands for nothing: it is empty or `-`, or there is no such column. */
  isNothing(column: number): boolean {
    if (column < 0 || column >= this.count) return true;
    const from = this.#starts[column] as number;
    const to = (this.#starts[column + 1] as number) - 1;
    return to === from || (to === from + 1 && this.text.charCodeAt(from) === minus);
  }

  /** The number in a column; -1 if there is none. */
  number(column: number): number {
    if (column < 0 || column >= this.count) return -1;
    return digits(this.text, this.#starts[column] as number, (this.#starts[column + 1] as number) - 1);
  }
}
