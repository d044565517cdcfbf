/** The tables that only reports draw from: shards give what one pass gives. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Exchange, FinishContext, Login, Session, Table } from '../../src/model.ts';
import { kindOf } from '../../src/protocol/replies.ts';
import { kinds } from '../../src/tables/kinds.ts';
import { latency } from '../../src/tables/latency.ts';
import { pairs } from '../../src/tables/pairs.ts';
import { timeline } from '../../src/tables/timeline.ts';

const context: FinishContext = { top: 0, sources: ['a'], offsetAt: () => 0 };

interface Told {
  readonly time: number;
  readonly verb: string;
  readonly code: number;
  readonly latencyMs: number;
}

const told: fc.Arbitrary<Told> = fc.record({
  time: fc.oneof(
    fc.constant(Number.NaN),
    fc.integer({ min: 0, max: 4_000_000_000_000 }),
    fc.integer({ min: 1_700_000_000_000, max: 1_700_000_900_000 }),
  ),
  verb: fc.oneof(fc.constantFrom('USER', 'PASS', 'RETR', '__proto__'), fc.string({ maxLength: 3 })),
  code: fc.constantFrom(0, 150, 226, 331, 530),
  latencyMs: fc.oneof(fc.constant(-1), fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 0, max: 2 ** 40 })),
});

const toldAll = { commands: false, replies: false, logins: false, transfers: false };

// biome-ignore lint/suspicious/noExplicitAny: the state is the table's own
function folded(table: Table<any>, parts: readonly Told[]): unknown {
  const state = table.init({ taken: 0 }) as unknown;
  for (const { time, verb, code, latencyMs } of parts) {
    const outcome = code >= 500 ? 'permanent' : 'completed';
    table.exchange?.(state, { asked: true, time, verb, code, latencyMs, outcome, replies: [] } as unknown as Exchange);
    table.session?.(state, { opened: time, lacks: toldAll } as unknown as Session);
    if (code === 530) table.login?.(state, { ok: false, time } as Login);
  }
  return state;
}

describe.each([timeline, latency, pairs])('$id', (table) => {
  test('shards in any order are one pass', () => {
    fc.assert(
      fc.property(fc.array(fc.array(told)), (shards) => {
        const whole = table.finish(folded(table, shards.flat()) as never, context);
        for (const order of [shards, [...shards].reverse()]) {
          const state = table.init({ taken: 0 }) as never;
          for (const shard of order) table.merge(state, folded(table, shard) as never);
          expect(table.finish(state, context)).toEqual(whole);
        }
      }),
    );
  });
});

test('the timeline stays bounded, and loses nothing', () => {
  const times = Array.from({ length: 3000 }, (_, i) => ({
    time: i * 86_400_000 * 3,
    verb: 'NOOP',
    code: 200,
    latencyMs: 1,
  }));
  const rows = timeline.finish(folded(timeline, times) as never, context);
  expect(rows.length).toBeLessThanOrEqual(400);
  expect(rows.reduce((sum, row) => sum + Number(row['commands']), 0)).toBe(3000);
});

test('every code that stands for a kind of reply is of that kind', () => {
  const state = kinds.init({ taken: 0 });
  for (let code = 100; code < 660; code++)
    kinds.exchange?.(state, { verb: '', replies: [{ code }] } as unknown as Exchange);
  for (const row of kinds.finish(state, context))
    for (const code of String(row['codes']).match(/\b\d{3}\b/g) ?? [])
      expect(kindOf(Number(code), ''), code).toBe(row['kind']);
});
