/** Ids of sessions: `s` and the line on which one begins, and what tells it from others that began on the same one. */

/** Lines of a source on which sessions began, that are remembered. */
const linesOfBeginnings = 4096;

export class SessionIds {
  /** Of the latest lines on which sessions began, by the line's last digits: which line, how many. */
  readonly #begunOn = new Float64Array(linesOfBeginnings);
  readonly #beginnings = new Uint32Array(linesOfBeginnings);

  /** Lines that follow are of another source. */
  begin(): void {
    this.#begunOn.fill(0);
  }

  /** `s4`; `s4@2` in the second source; a second session that begins on the same line gets `.2`. */
  of(source: number, line: number): string {
    const id = source === 0 ? `s${line}` : `s${line}@${source + 1}`;
    const at = line % linesOfBeginnings;
    const n = this.#begunOn[at] === line ? (this.#beginnings[at] as number) + 1 : 1;
    this.#begunOn[at] = line;
    this.#beginnings[at] = n;
    return n === 1 ? id : `${id}.${n}`;
  }
}
