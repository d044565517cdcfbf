/** How far the reading is, on standard error of a terminal: octets, share, rate and time left. Nothing anywhere else. */

import { byteSize, duration } from '../reporters/format.ts';
import { bar } from '../reporters/spark.ts';

export interface Progress {
  /** The next source begins. */
  source(): void;
  /** So many octets of the source are read; cheap enough for every chunk. */
  read(bytes: number): void;
  /** The reading is over, or something else is to be written: takes the line away. */
  clear(): void;
}

export interface ProgressOptions {
  readonly stream: { write(text: string): unknown; readonly isTTY?: boolean; readonly columns?: number };
  /** False for --no-progress, --quiet. */
  readonly wanted: boolean;
  /** Octets of all sources together; 0 if one of them is a stream or packed. */
  readonly total: number;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
}

/** Short runs show nothing. */
const quietMs = 700;
const everyMs = 120;
const barColumns = 20;

/** A progress line, or one that does nothing where nobody looks. */
export function createProgress({ stream, wanted, total, now }: ProgressOptions): Progress {
  if (!wanted || stream.isTTY !== true) return { source: nothing, read: nothing, clear: nothing };
  const start = now();
  let before = 0;
  let current = 0;
  let next = start + quietMs;
  let shown = false;
  return {
    source: (): void => {
      before += current;
      current = 0;
    },
    read: (bytes: number): void => {
      current = bytes;
      const time = now();
      if (time < next) return;
      next = time + everyMs;
      shown = true;
      const text = progressText(before + current, total, time - start).slice(
        0,
        Math.max(20, (stream.columns ?? 80) - 1),
      );
      stream.write(`\r${text}\x1b[K`);
    },
    clear: (): void => {
      if (shown) stream.write('\r\x1b[K');
      shown = false;
    },
  };
}

/** One line on `done` octets after `ms`; with `total` 0 there is no share and no time left. */
export function progressText(done: number, total: number, ms: number): string {
  const rate = ms > 0 ? (done / ms) * 1000 : 0;
  const speed = `${byteSize(Math.round(rate))}/s`;
  if (total < done || total === 0) return `ftplog: ${byteSize(done)} read, ${speed}`;
  const share = done / total;
  const left = rate > 0 ? `, ${duration(((total - done) / rate) * 1000)} left` : '';
  return `ftplog: ${bar(share, barColumns).padEnd(barColumns, '░')} ${Math.floor(share * 100)} %  ${byteSize(done)} of ${byteSize(total)}, ${speed}${left}`;
}

function nothing(): void {
  // Off a terminal the progress says nothing.
}
