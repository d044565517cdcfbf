/** Rules that count within a window of log time: facts by key, sliding windows over them. */
import type { Finding, RuleFold, RuleMeta } from '../../model.ts';
import { type BoundedMap, boundedMap, claim, mergeBounded } from '../../monoid.ts';
import { byText } from '../../text.ts';
import { breakOff, type Course, goesOn, newCourse } from '../engine/course.ts';
import { type Fact, inOrder } from '../engine/fact.ts';
import { type GatedRule, type Occasions, occasionsOf } from '../engine/gates.ts';
import { type Hooks, hooksOf, newSlot, type Remembering } from '../engine/memory.ts';
import { inForce, type ThresholdsOf } from '../engine/thresholds.ts';

/** The facts under one key: the earliest of them. */
export interface Ledger {
  facts: Fact[];
  /** They came in order, as they mostly do. */
  sorted: boolean;
  /** Later ones that were not kept. */
  dropped: number;
}

/** Facts by key, so many of each at most. */
export interface Ledgers extends BoundedMap<Ledger> {
  readonly perKey: number;
  readonly course: Course;
}

const keyLimit = 20_000;
const factLimit = 65_536;

export function ledgers(keys: number = keyLimit, perKey: number = factLimit): Ledgers {
  return { ...boundedMap<Ledger>(keys), perKey, course: newCourse() };
}

/** Enters a fact under a key. */
export function enter(state: Ledgers, key: string, fact: Fact): void {
  const follows = goesOn(state.course, fact);
  const known = state.map.get(key);
  if (known === undefined) {
    claim(state, key, () => ({ facts: [fact], sorted: true, dropped: 0 }));
    return;
  }
  const { facts } = known;
  if (!follows && known.sorted && inOrder(facts[facts.length - 1] ?? fact, fact) > 0) known.sorted = false;
  facts.push(fact);
  if (facts.length >= state.perKey * 2) cut(known, state.perKey);
}

/** Adds what `from` holds; its lists are not shared afterwards. */
export function mergeLedgers(into: Ledgers, from: Ledgers): void {
  breakOff(into.course);
  const copy = {
    ...from,
    map: new Map([...from.map].map(([key, ledger]) => [key, { ...ledger, facts: [...ledger.facts] }])),
  };
  mergeBounded(into, copy, (a, b) => {
    a.facts = a.facts.concat(b.facts);
    a.dropped += b.dropped;
    a.sorted = false;
    if (a.facts.length > into.perKey) cut(a, into.perKey);
  });
}

function cut(ledger: Ledger, perKey: number): void {
  if (!ledger.sorted) ledger.facts.sort(inOrder);
  ledger.sorted = true;
  if (ledger.facts.length <= perKey) return;
  ledger.dropped += ledger.facts.length - perKey;
  ledger.facts.length = perKey;
}

/** Facts that were entered and not kept. */
export function uncountedIn({ map, overflow, perKey }: Ledgers): number {
  let n = overflow;
  for (const { facts, dropped } of map.values()) n += dropped + Math.max(0, facts.length - perKey);
  return n;
}

/** The facts under a key, in order. */
export function factsOf(state: Ledgers, key: string): readonly Fact[] {
  const ledger = state.map.get(key);
  if (ledger === undefined) return [];
  cut(ledger, state.perKey);
  return ledger.facts;
}

/** Key and facts in order, by key; keys with fewer facts than `atLeast` are left out. */
export function entries(state: Ledgers, atLeast = 1): readonly (readonly [key: string, facts: readonly Fact[]])[] {
  const keys: string[] = [];
  for (const [key, { facts }] of state.map) if (facts.length >= atLeast) keys.push(key);
  return keys.sort(byText).map((key) => [key, factsOf(state, key)] as const);
}

/**
 * Runs of facts in which some window of `windowMs` holds at least `atLeast` facts (or different values of `keyOf`).
 * Overlapping windows are one run. Facts without a time are counted per session instead.
 */
export function bursts(
  facts: readonly Fact[],
  atLeast: number,
  windowMs: number,
  keyOf?: (f: Fact) => string,
): readonly (readonly Fact[])[] {
  const timed = facts.filter((f) => !Number.isNaN(f.time));
  const found = slide(timed, atLeast, windowMs, keyOf);
  if (timed.length === facts.length) return found;
  const bySession = new Map<string, Fact[]>();
  for (const f of facts) {
    if (!Number.isNaN(f.time)) continue;
    const list = bySession.get(f.session);
    if (list === undefined) bySession.set(f.session, [f]);
    else list.push(f);
  }
  const untimed = [...bySession.values()].filter(
    (list) => (keyOf === undefined ? list.length : new Set(list.map(keyOf)).size) >= atLeast,
  );
  return [...found, ...untimed];
}

function slide(
  facts: readonly Fact[],
  atLeast: number,
  windowMs: number,
  keyOf: ((f: Fact) => string) | undefined,
): readonly (readonly Fact[])[] {
  const runs: Fact[][] = [];
  const inside = new Map<string, number>();
  let from = 0;
  let begun = -1;
  let end = -1;
  for (let to = 0; to < facts.length; to++) {
    const fact = facts[to];
    if (fact === undefined) continue;
    if (keyOf !== undefined) inside.set(keyOf(fact), (inside.get(keyOf(fact)) ?? 0) + 1);
    for (let old = facts[from]; old !== undefined && fact.time - old.time > windowMs; old = facts[from]) {
      from++;
      if (keyOf === undefined) continue;
      const left = (inside.get(keyOf(old)) ?? 1) - 1;
      if (left === 0) inside.delete(keyOf(old));
      else inside.set(keyOf(old), left);
    }
    const size = keyOf === undefined ? to - from + 1 : inside.size;
    if (size < atLeast) continue;
    if (begun >= 0 && from > end) {
      runs.push(facts.slice(begun, end + 1));
      begun = -1;
    }
    if (begun < 0) begun = from;
    end = to;
  }
  if (begun >= 0) runs.push(facts.slice(begun, end + 1));
  return runs;
}

/** Parts of a rule whose state is one set of ledgers and what is remembered of open sessions. */
export interface Counting<V> extends Hooks<Counts<V>, V> {
  finish(ledgers: Ledgers): readonly Finding[];
}

export interface Counts<V> extends Remembering<V> {
  readonly ledgers: Ledgers;
}

/** A rule that counts within windows. */
export function countingRule<V = never, M extends RuleMeta = RuleMeta>(
  meta: M,
  make: (thresholds: ThresholdsOf<M>) => Counting<V>,
  occasions: Occasions<M> = {},
): GatedRule<Counts<V>> {
  return {
    meta,
    ...occasionsOf(meta, occasions),
    create(thresholds): RuleFold<Counts<V>> {
      const parts = make(inForce(meta, thresholds));
      return {
        init: (slots) => ({ slot: newSlot(slots), ledgers: ledgers() }),
        ...hooksOf(parts),
        merge(into, from): void {
          mergeLedgers(into.ledgers, from.ledgers);
        },
        uncounted: (state): number => uncountedIn(state.ledgers),
        finish: (state): readonly Finding[] => parts.finish(state.ledgers),
      };
    },
  };
}
