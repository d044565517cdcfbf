/**
 * How many matches fell into some window, in bounded memory and whatever the order: matches in slots of time that widen
 * as they become many. What it answers depends on the set of matches alone, so parts merge to what one pass gives. Up
 * to 256 different times the answer is exact; beyond, it is never too high.
 */
import type { EvidencePlace, Place } from '../model.ts';
import { earlier, later } from '../monoid.ts';

interface Slot {
  count: number;
  from: number;
  to: number;
  /** Of the first and the last match in it, by line. */
  first: Place;
  last: Place;
}

/** Matches of one subject. Plain data. */
export interface Pace {
  width: number;
  readonly slots: Map<number, Slot>;
  count: number;
  firstTime: number;
  lastTime: number;
}

const slotLimit = 256;
/** Key of the slot for matches without a time. */
const untimed = -1;

export function pace(): Pace {
  return { width: 1, slots: new Map(), count: 0, firstTime: Number.NaN, lastTime: Number.NaN };
}

/** Counts a match at a time (ms; NaN where there is none: all these are one slot). */
export function beat(p: Pace, time: number, place: Place): void {
  p.count++;
  p.firstTime = earlier(p.firstTime, time);
  p.lastTime = later(p.lastTime, time);
  put(p.slots, keyOf(time, p.width), { count: 1, from: time, to: time, first: place, last: place });
  while (p.slots.size > slotLimit) widen(p, p.width * 2);
}

export function mergePace(into: Pace, from: Pace): void {
  into.count += from.count;
  into.firstTime = earlier(into.firstTime, from.firstTime);
  into.lastTime = later(into.lastTime, from.lastTime);
  if (from.width > into.width) widen(into, from.width);
  for (const slot of from.slots.values()) put(into.slots, keyOf(slot.from, into.width), { ...slot });
  while (into.slots.size > slotLimit) widen(into, into.width * 2);
}

/** Matches in those windows that hold enough of them. */
export interface Run {
  readonly count: number;
  readonly firstTime: number;
  readonly lastTime: number;
  /** In the order of the log, at most 10. */
  readonly evidence: readonly EvidencePlace[];
}

/** All matches within windows that hold at least `atLeast`; undefined if there is none. Without times, all are one. */
export function crowded(p: Pace, atLeast: number, windowMs: number): Run | undefined {
  const slots = [...p.slots.values()].sort((a, b) => order(a.from, b.from) || byPlace(a.first, b.first));
  if (windowMs === 0) return p.count < atLeast ? undefined : runOf(slots);
  const chosen = new Set<Slot>();
  let from = 0;
  let inside = 0;
  for (let to = 0; to < slots.length; to++) {
    const slot = slots[to];
    if (slot === undefined) continue;
    if (Number.isNaN(slot.from) ? slot.count >= atLeast : denseAlone(slot, atLeast, windowMs)) chosen.add(slot);
    if (Number.isNaN(slot.from)) continue;
    inside += slot.count;
    for (let old = slots[from]; old !== undefined && from <= to && slot.to - old.from > windowMs; old = slots[from]) {
      inside -= old.count;
      from++;
    }
    if (inside >= atLeast) for (const each of slots.slice(from, to + 1)) chosen.add(each);
  }
  return chosen.size === 0 ? undefined : runOf(slots.filter((slot) => chosen.has(slot)));
}

/** A slot wider than the window: its matches are in so many windows that one of them must hold enough. */
function denseAlone(slot: Slot, atLeast: number, windowMs: number): boolean {
  const windows = Math.max(1, Math.ceil((slot.to - slot.from) / windowMs));
  return Math.ceil(slot.count / windows) >= atLeast;
}

function runOf(slots: readonly Slot[]): Run {
  let count = 0;
  let firstTime = Number.NaN;
  let lastTime = Number.NaN;
  for (const slot of slots) {
    count += slot.count;
    firstTime = earlier(firstTime, slot.from);
    lastTime = later(lastTime, slot.to);
  }
  const shown = slots.length <= 10 ? slots : [...slots.slice(0, 7), ...slots.slice(-3)];
  const all = [...shown.map((slot) => slot.first), ...shown.map((slot) => slot.last)];
  const places = all.filter((place, i) => all.findIndex((other) => byPlace(place, other) === 0) === i);
  const evidence = places
    .slice(0, 10)
    .sort(byPlace)
    .map((place, i): EvidencePlace => ({ ...place, role: i === 0 ? 'trigger' : 'sample', session: '' }));
  return { count, firstTime, lastTime, evidence };
}

function keyOf(time: number, width: number): number {
  return Number.isNaN(time) ? untimed : Math.floor(time / width);
}

function put(slots: Map<number, Slot>, key: number, slot: Slot): void {
  const known = slots.get(key);
  if (known === undefined) {
    slots.set(key, slot);
    return;
  }
  known.count += slot.count;
  if (byPlace(slot.first, known.first) < 0) known.first = slot.first;
  if (byPlace(slot.last, known.last) > 0) known.last = slot.last;
  known.from = earlier(known.from, slot.from);
  known.to = later(known.to, slot.to);
}

function widen(p: Pace, width: number): void {
  const slots = [...p.slots.values()];
  p.slots.clear();
  p.width = width;
  for (const slot of slots) put(p.slots, keyOf(slot.from, width), slot);
}

/** NaN after all others. */
function order(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a - b;
}

function byPlace(a: Place, b: Place): number {
  return a.source - b.source || a.line - b.line;
}
