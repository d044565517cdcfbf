/** Commands by verb: how often, how they ended, and how long the server took. */
import type { Exchange, FinishContext, Row, Table } from '../model.ts';
import { type Histogram, histogram, mergeHistogram, quantile, record } from '../monoid.ts';
import { toldOrNull } from '../rows/values.ts';
import { count, maybe, ms, objectOf, text, type ValueOf } from '../shapes.ts';
import { byText } from '../text.ts';
import { column, columnsOf } from './columns.ts';

interface VerbStats {
  count: number;
  ok: number;
  failed: number;
  unanswered: number;
  /** In sessions of which the log shows no reply at all. */
  silent: number;
  readonly latency: Histogram;
}

/** Verbs come from the log: beyond this many different ones the rest is counted as one. */
const verbLimit = 1000;
const rest = '(other)';

const row = objectOf({
  verb: column('Verb', text),
  count: column('Count', count),
  ok: column('OK', maybe(count), { expendable: 1 }),
  failed: column('Failed', maybe(count), { expendable: 2 }),
  unanswered: column('Silent', maybe(count), { rare: true, expendable: 3 }),
  p50Ms: column('p50', maybe(ms), { expendable: 6 }),
  p95Ms: column('p95', maybe(ms), { expendable: 4 }),
  maxMs: column('max', maybe(ms), { expendable: 5 }),
});

export const commands: Table<Map<string, VerbStats>> = {
  id: 'commands',
  title: 'Commands',
  row,
  columns: columnsOf(row),
  init: () => new Map(),
  exchange: (state: Map<string, VerbStats>, x: Exchange): void => {
    if (!x.asked) return;
    const stats = statsOf(state, x.verb);
    stats.count++;
    if (x.outcome === 'completed' || x.outcome === 'intermediate') stats.ok++;
    else if (x.outcome === 'unanswered' && x.session.replies === 0) stats.silent++;
    else if (x.outcome === 'unanswered' || x.outcome === 'preliminary') stats.unanswered++;
    else stats.failed++;
    if (x.latencyMs >= 0) record(stats.latency, x.latencyMs);
  },
  size: ({ size }: Map<string, VerbStats>): number => size,
  merge: (into: Map<string, VerbStats>, from: Map<string, VerbStats>): void => {
    for (const [verb, stats] of from) {
      const known = statsOf(into, verb);
      known.count += stats.count;
      known.ok += stats.ok;
      known.failed += stats.failed;
      known.unanswered += stats.unanswered;
      known.silent += stats.silent;
      mergeHistogram(known.latency, stats.latency);
    }
  },
  finish: (state: Map<string, VerbStats>, { top }: FinishContext): readonly Row[] => {
    const rows = [...state]
      .sort((a, b) => b[1].count - a[1].count || byText(a[0], b[0]))
      .map(([verb, s]) => rowOf(verb, s));
    return top > 0 ? rows.slice(0, top) : rows;
  },
};

function statsOf(state: Map<string, VerbStats>, verb: string): VerbStats {
  const known = state.get(verb);
  if (known !== undefined) return known;
  const key = state.size < verbLimit ? verb : rest;
  const other = state.get(key);
  if (other !== undefined) return other;
  const fresh: VerbStats = { count: 0, ok: 0, failed: 0, unanswered: 0, silent: 0, latency: histogram() };
  state.set(key, fresh);
  return fresh;
}

function rowOf(verb: string, s: VerbStats): ValueOf<typeof row> {
  const timed = s.latency.total > 0;
  const lacking = s.silent === s.count;
  return {
    verb: verb === '' ? '(empty)' : verb,
    count: s.count,
    ok: toldOrNull(s.ok, lacking),
    failed: toldOrNull(s.failed, lacking),
    unanswered: toldOrNull(s.unanswered, lacking),
    p50Ms: timed ? quantile(s.latency, 0.5) : null,
    p95Ms: timed ? quantile(s.latency, 0.95) : null,
    maxMs: timed ? s.latency.max : null,
  };
}
