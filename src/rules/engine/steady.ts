/** Machines keep time: telling jobs and health checks from people and attacks by the pace of their tries. */
import type { Fact } from './fact.ts';

/** Tries this close together are one wake-up of a job. */
const wakeUpMs = 10_000;

/** Whether the facts, in order, come at one pace of at least `minMs`: coefficient of variation below `variation`. */
export function isSteady(facts: readonly Fact[], minMs: number, variation: number): boolean {
  const starts: number[] = [];
  for (const { time } of facts) {
    if (Number.isNaN(time)) return false;
    const last = starts[starts.length - 1];
    if (last === undefined || time - last > wakeUpMs) starts.push(time);
  }
  const gaps: number[] = [];
  for (let i = 1; i < starts.length; i++) gaps.push((starts[i] ?? 0) - (starts[i - 1] ?? 0));
  if (gaps.length < 3) return false;
  gaps.sort((a, b) => a - b);
  const kept = gaps.slice(0, gaps.length - Math.floor(gaps.length / 10));
  const mean = kept.reduce((sum, gap) => sum + gap, 0) / kept.length;
  if (mean < minMs) return false;
  const spread = kept.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / kept.length;
  return Math.sqrt(spread) / mean < variation;
}

/** How many wake-ups the facts are. */
export function wakeUps(facts: readonly Fact[]): number {
  let n = 0;
  let last = Number.NEGATIVE_INFINITY;
  for (const { time } of facts) {
    if (time - last <= wakeUpMs) continue;
    n++;
    last = time;
  }
  return n;
}

const hourMs = 3_600_000;

/** How many different days the facts within an hour of this time of day fall on: three make a routine. */
export function daysAtThisHour(times: readonly number[], time: number): number {
  const day = 24 * hourMs;
  const hour = time % day;
  const days = new Set<number>();
  for (const t of times) {
    const off = Math.abs((t % day) - hour);
    if (Math.min(off, day - off) <= hourMs) days.add(Math.floor((t - hour + day / 2) / day));
  }
  return days.size;
}
