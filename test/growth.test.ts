/** The time of a report grows as its input does: twice the lines never take much more than twice the time. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAnalyzer } from '../src/analyze.ts';
import type { Session } from '../src/model.ts';
import { concurrentUserClients } from '../src/rules/concurrent-user-clients.ts';
import { Heap } from '../src/rules/engine/heap.ts';

function address(i: number): string {
  return `10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}`;
}

function second(i: number): string {
  return new Date(Date.UTC(2026, 0, 2) + i * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

function vsftpd(pid: number, what: string, client: string): string {
  return `Fri Jan  2 10:00:00 2026 [pid ${pid}] ${what}: Client "${client}"`;
}

function many(n: number, of: (i: number) => readonly string[]): readonly string[] {
  return Array.from({ length: n }, (_, i) => of(i)).flat();
}

const loggedIn = ['220 hi', 'USER alice', '331 which', 'PASS x', '230 in'];

/** Logs of a kind, of any size. */
const kinds: Readonly<Record<string, readonly [n: number, log: (n: number) => readonly string[]]>> = {
  'one session with as many commands sent at once': [
    15_000,
    (n) => [...loggedIn, ...many(n, () => ['NOOP']), ...many(n, () => ['200 ok'])],
  ],
  'one user of as many clients at one time': [
    6000,
    (n) => [
      ...many(n, (i) => [
        `[I ${second(i)}] ${address(i * 257)}:2121-[] FTP session opened (connect)`,
        `[I ${second(i)}] ${address(i * 257)}:2121-[bob] USER 'bob' logged in.`,
      ]),
      ...many(n, (i) => [`[I ${second(n + i)}] ${address(i * 257)}:2121-[bob] FTP session closed (disconnect).`]),
    ],
  ],
  'one client that fails as often': [
    6000,
    (n) =>
      many(n, (i) => [vsftpd(2 * i + 2, 'CONNECT', '192.0.2.7'), vsftpd(2 * i + 1, `[u${i}] FAIL LOGIN`, '192.0.2.7')]),
  ],
  'as many connections of one client that stay open': [
    10_000,
    (n) => many(n, (i) => [vsftpd(i + 2, 'CONNECT', '192.0.2.7')]),
  ],
  'one reply of as many lines': [20_000, (n) => ['220-hi', ...many(n, (i) => [`${200 + (i % 300)} text`]), '220 end']],
  'one session with as many files': [
    3000,
    (n) => [...loggedIn, ...many(n, (i) => [`STOR f${i}.php`, '150 go', '226 done', `DELE g${i}`, '250 gone'])],
  ],
  'as many names of users': [
    6000,
    (n) => ['220 hi', ...many(n, (i) => [`USER u${i}`, '331 which', 'PASS x', '530 no'])],
  ],
  'a line of as many marks': [
    10_000,
    (n) => many(20, () => [vsftpd(2, `[${'x] ["'.repeat(n / 5)}] FAIL LOGIN`, '192.0.2.7')]),
  ],
};

/** CPU time of a report in ms. */
function cost(lines: readonly string[]): number {
  const from = process.cpuUsage();
  const analyzer = createAnalyzer();
  analyzer.source({ name: 'a.log', reference: Date.UTC(2026, 11, 31) });
  for (const line of lines) analyzer.line(line);
  expect(analyzer.report().tally.lines).toBe(lines.length);
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
}

/** What four times the lines may take. */
function most(one: number): number {
  return 9 * one + 250;
}

describe('the time of a report grows as', () => {
  for (const [kind, [n, log]] of Object.entries(kinds)) {
    it(kind, () => {
      const once = log(n);
      const fourfold = log(4 * n);
      cost(once);
      // The least of some runs: other work in this process only adds.
      const one = Math.min(cost(once), cost(once));
      let four = cost(fourfold);
      if (four >= most(one)) four = Math.min(four, cost(fourfold));
      // Quadratic growth is sixteen times as much.
      expect(four).toBeLessThan(most(one));
    });
  }
});

it('a heap gives the smallest first', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 60 }), (values) => {
      const heap = new Heap((i) => values[i] as number);
      values.forEach((_, i) => void heap.add(i));
      const out: number[] = [];
      for (let i = heap.first; i >= 0; i = heap.first) {
        out.push(values[i] as number);
        heap.shift();
      }
      expect(out).toEqual([...values].sort((a, b) => a - b));
    }),
  );
});

it('the most places at once are those that a look at each moment finds', () => {
  const span = fc.record({
    at: fc.integer({ min: 0, max: 6 }),
    lasts: fc.integer({ min: 0, max: 4 }),
    client: fc.nat(6),
  });
  fc.assert(
    fc.property(fc.array(span, { maxLength: 30 }), (spans) => {
      const sessions = spans
        .map(({ at, lasts, client }, i) => ({
          opened: at,
          closed: at + lasts,
          place: client,
          client: `10.${client}.0.1`,
          i,
        }))
        .sort((a, b) => a.opened - b.opened || a.i - b.i)
        .map((s, line) => ({ ...s, firstLine: line + 1, lastLine: s.closed === s.opened ? line + 2 : 100 + line }));
      const rule = concurrentUserClients.create({ networks: 2 });
      const state = rule.init({ taken: 0 });
      for (const s of sessions)
        rule.session?.(state, {
          ...s,
          id: `s${s.i}`,
          dialect: 'd',
          source: 0,
          user: 'bob',
          loggedIn: true,
        } as unknown as Session);
      const found = rule.finish(state, { top: 0, sources: ['a'], offsetAt: () => 0 });
      const atOnce = sessions.map((now) => {
        const open = sessions.filter(
          (s) =>
            s.firstLine <= now.firstLine &&
            (s === now || s.closed > now.opened || (s.closed === now.opened && s.lastLine > now.firstLine)),
        );
        return new Set(open.map((s) => s.place)).size;
      });
      const most = Math.max(0, ...atOnce);
      expect(found.map((f) => / from (\d+) networks/.exec(f.message)?.[1])).toEqual(most < 2 ? [] : [`${most}`]);
    }),
    { numRuns: 500 },
  );
});
