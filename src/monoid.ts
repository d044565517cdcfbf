/** Aggregates with their merge: counters, a log-scale histogram, the best N, bounded keys. All are plain data. */
import { hash32 } from './text.ts';

/** Adds `by` to the count of `key`. */
export function bump<K>(counts: Map<K, number>, key: K, by = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

/** Adds the counts of `from` to `into`. */
export function mergeCounts<K>(into: Map<K, number>, from: ReadonlyMap<K, number>): void {
  for (const [key, n] of from) bump(into, key, n);
}

/** The smaller of two times; NaN is the identity. */
export function earlier(a: number, b: number): number {
  return a <= b || Number.isNaN(b) ? a : b;
}

/** The larger of two times; NaN is the identity. */
export function later(a: number, b: number): number {
  return a >= b || Number.isNaN(b) ? a : b;
}

const perDoubling = 8;
const bucketCount = 40 * perDoubling;

/** Durations in fixed log-scale buckets, eight to a doubling: a quantile is at most 9 % too high. */
export interface Histogram {
  readonly counts: number[];
  total: number;
  sum: number;
  max: number;
}

export function histogram(): Histogram {
  return { counts: [], total: 0, sum: 0, max: 0 };
}

function bucketOf(value: number): number {
  return value < 1 ? 0 : Math.min(bucketCount - 1, 1 + Math.floor(Math.log2(value) * perDoubling));
}

/** Of the small whole numbers, which come most. */
const shortBuckets: Uint16Array = Uint16Array.from({ length: 1024 }, (_, value) => bucketOf(value));

/** Counts one value ≥ 0. */
export function record(h: Histogram, value: number): void {
  const bucket =
    value < shortBuckets.length && Number.isInteger(value) ? (shortBuckets[value] as number) : bucketOf(value);
  while (h.counts.length <= bucket) h.counts.push(0);
  h.counts[bucket] = (h.counts[bucket] ?? 0) + 1;
  h.total++;
  h.sum += value;
  if (value > h.max) h.max = value;
}

export function mergeHistogram(into: Histogram, from: Histogram): void {
  while (into.counts.length < from.counts.length) into.counts.push(0);
  for (let i = 0; i < from.counts.length; i++) into.counts[i] = (into.counts[i] ?? 0) + (from.counts[i] ?? 0);
  into.total += from.total;
  into.sum += from.sum;
  if (from.max > into.max) into.max = from.max;
}

/** The upper edge of the bucket that holds the quantile `q` (0 … 1), at most the largest value; -1 if empty. */
export function quantile(h: Histogram, q: number): number {
  if (h.total === 0) return -1;
  const rank = Math.ceil(q * h.total);
  let seen = 0;
  for (let bucket = 0; bucket < h.counts.length; bucket++) {
    seen += h.counts[bucket] ?? 0;
    if (seen >= rank)
      return bucket === 0 ? Math.min(0, h.max) : Math.min(h.max, Math.round(2 ** (bucket / perDoubling)));
  }
  return h.max;
}

/** Text of the keys of one map, in UTF-16 units: a client may send names of any length. */
const keyChars = 8 * 1024 * 1024;

/**
 * A map that keeps at most `limit` keys, those with the smallest hash, and counts what belonged to others. The keys together
 * have a limit, too. Which keys stay does not depend on the order of the input, so shards merge to what one pass gives; the
 * kept values are exact.
 */
export interface BoundedMap<V> {
  readonly map: Map<string, V>;
  readonly limit: number;
  /** Keys above this hash are no longer kept. */
  ceiling: number;
  /** Additions that were not kept. */
  overflow: number;
  /** UTF-16 units of the keys. */
  chars: number;
}

export function boundedMap<V>(limit: number): BoundedMap<V> {
  return { map: new Map(), limit, ceiling: 0xffffffff, overflow: 0, chars: 0 };
}

/** Every key so far is kept. */
export function keepsAll<V>({ ceiling }: BoundedMap<V>): boolean {
  return ceiling === 0xffffffff;
}

/** The value of `key`, made with `make` if it is new; undefined (and counted) if the map does not keep this key. */
export function claim<V>(bounded: BoundedMap<V>, key: string, make: (key: string) => V): V | undefined {
  // First: where there are more keys than are kept, most are not in the map.
  if (bounded.ceiling < 0xffffffff && hash32(key) >= bounded.ceiling) {
    bounded.overflow++;
    return undefined;
  }
  const known = bounded.map.get(key);
  if (known !== undefined) return known;
  const fresh = make(key);
  bounded.map.set(key, fresh);
  bounded.chars += key.length;
  if (!isFull(bounded)) return fresh;
  thin(bounded);
  return bounded.map.get(key);
}

/** Joins two bounded maps; `join` adds the second value to the first. */
export function mergeBounded<V>(into: BoundedMap<V>, from: BoundedMap<V>, join: (into: V, from: V) => void): void {
  into.overflow += from.overflow;
  into.ceiling = Math.min(into.ceiling, from.ceiling);
  for (const [key, value] of from.map) {
    const known = into.map.get(key);
    if (known === undefined) {
      into.map.set(key, value);
      into.chars += key.length;
    } else join(known, value);
  }
  drop(into);
  if (isFull(into)) thin(into);
}

function isFull<V>({ map, limit, chars }: BoundedMap<V>): boolean {
  return map.size > limit || chars > keyChars;
}

function drop<V>(bounded: BoundedMap<V>): void {
  if (bounded.ceiling === 0xffffffff) return;
  for (const key of bounded.map.keys()) {
    if (hash32(key) < bounded.ceiling) continue;
    bounded.map.delete(key);
    bounded.chars -= key.length;
    bounded.overflow++;
  }
}

/** Halves the range of hashes until the keys fit: the result depends on the set of keys alone. */
function thin<V>(bounded: BoundedMap<V>): void {
  while (isFull(bounded) && bounded.ceiling > 1) {
    bounded.ceiling = Math.ceil(bounded.ceiling / 2);
    drop(bounded);
  }
}

/**
 * The first `limit` items under a total order, in order; all of them for 0. Most items are compared once: of many thousand
 * paths a report shows ten.
 */
export function firstOf<T>(items: Iterable<T>, limit: number, order: (a: T, b: T) => number): T[] {
  if (limit <= 0) return [...items].sort(order);
  const kept: T[] = [];
  let full = false;
  for (const item of items) {
    if (full && order(item, kept[limit - 1] as T) >= 0) continue;
    kept.push(item);
    if (kept.length < limit * 2 + 16) continue;
    kept.sort(order).length = limit;
    full = true;
  }
  return kept.sort(order).slice(0, limit);
}

/** The `limit` greatest items under a total order, and some more, in any order. */
export interface Best<T> {
  items: T[];
  readonly limit: number;
  /** Items there were. */
  offered: number;
  /** So many stand in order at the beginning. */
  sorted: number;
}

export function best<T>(limit: number): Best<T> {
  return { items: [], limit, offered: 0, sorted: 0 };
}

/** Whether an item stays for now; where most do not, it need not be made before it is known. */
export function isAmong<T>({ items, limit, sorted }: Best<T>, item: T, order: (a: T, b: T) => number): boolean {
  return sorted < limit || order(item, items[limit - 1] as T) < 0;
}

/** Counts an item that does not stay. */
export function passOver<T>(kept: Best<T>): void {
  kept.offered++;
}

/** Adds an item; `order` is negative where the first is to be kept before the second. */
export function offer<T>(kept: Best<T>, item: T, order: (a: T, b: T) => number): void {
  kept.offered++;
  kept.items.push(item);
  if (kept.items.length >= kept.limit * 2 + 16) cut(kept, order);
}

export function mergeBest<T>(into: Best<T>, from: Best<T>, order: (a: T, b: T) => number): void {
  into.offered += from.offered;
  into.items = into.items.concat(from.items);
  into.sorted = 0;
  if (into.items.length > into.limit) cut(into, order);
}

function cut<T>(kept: Best<T>, order: (a: T, b: T) => number): void {
  kept.items.sort(order);
  if (kept.items.length > kept.limit) kept.items.length = kept.limit;
  kept.sorted = kept.items.length;
}
