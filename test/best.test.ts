/** The best of many items: which stay does not depend on whether one is looked at before it is made, or on shards. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Best, best, isAmong, mergeBest, offer, passOver } from '../src/monoid.ts';

const order = (a: number, b: number): number => b - a;
const limit = 5;

function bestOf(items: readonly number[]): Best<number> {
  const kept = best<number>(limit);
  for (const item of items) {
    if (isAmong(kept, item, order)) offer(kept, item, order);
    else passOver(kept);
  }
  return kept;
}

function shown(kept: Best<number>): readonly number[] {
  return [...kept.items].sort(order).slice(0, limit);
}

describe('the best of many', () => {
  const numbers = fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 200 });

  it('are the greatest, and all are counted', () => {
    fc.assert(
      fc.property(numbers, (items) => {
        const kept = bestOf(items);
        expect(shown(kept)).toEqual([...items].sort(order).slice(0, limit));
        expect(kept.offered).toBe(items.length);
        expect(kept.items.length).toBeLessThan(limit * 2 + 16);
      }),
    );
  });

  it('are the same in shards', () => {
    fc.assert(
      fc.property(numbers, numbers, numbers, (a, b, c) => {
        const into = bestOf(a);
        mergeBest(into, bestOf(b), order);
        for (const item of c) offer(into, item, order);
        expect(shown(into)).toEqual(shown(bestOf([...a, ...b, ...c])));
        expect(into.offered).toBe(a.length + b.length + c.length);
      }),
    );
  });
});
