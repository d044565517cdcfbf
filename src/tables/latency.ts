/** How long replies took: commands by doublings of a millisecond, from the command to its final reply. */
import type { Exchange, Table } from '../model.ts';
import { count, maybe, ms, objectOf, type ValueOf, wholeMs } from '../shapes.ts';
import { addCounts, zeros } from './by-index.ts';

interface Latencies {
  readonly counts: number[];
  readonly sums: number[];
}

/** 0 ms, 1, 2–3, 4–7, … up to 2^30 (12 days) and above. */
const bucketCount = 32;

const row = objectOf({
  fromMs: wholeMs,
  toMs: maybe(wholeMs),
  count,
  sumMs: ms,
});

export const latency: Table<Latencies> = {
  id: 'latency',
  title: 'Latency of replies',
  row,
  about: 'Commands by the time to their final reply, in doublings.',
  columns: [],
  init: () => ({ counts: zeros(bucketCount), sums: zeros(bucketCount) }),
  exchange: ({ counts, sums }: Latencies, x: Exchange): void => {
    if (!x.asked || !(x.latencyMs >= 0)) return;
    const ms = Math.round(x.latencyMs);
    const bucket = ms > 0x3fffffff ? bucketCount - 1 : 32 - Math.clz32(ms);
    counts[bucket] = (counts[bucket] ?? 0) + 1;
    sums[bucket] = (sums[bucket] ?? 0) + ms;
  },
  merge: (into: Latencies, from: Latencies): void => {
    addCounts(into.counts, from.counts);
    addCounts(into.sums, from.sums);
  },
  finish: ({ counts, sums }: Latencies): readonly ValueOf<typeof row>[] => {
    const last = counts.findLastIndex((n) => n > 0);
    return counts.slice(0, last + 1).map((count, i) => ({
      fromMs: i === 0 ? 0 : 2 ** (i - 1),
      toMs: i === bucketCount - 1 ? null : 2 ** i - 1,
      count,
      sumMs: sums[i] ?? 0,
    }));
  },
};
