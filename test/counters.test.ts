/** What sessions count is stated once: tables and rows add up and tell all of it. */
import { describe, expect, it } from 'vitest';
import { addCounts, counterKeys, counters } from '../src/counters.ts';
import type { Counters, Row, SessionRecord, Transfer } from '../src/model.ts';
import { sessionRow } from '../src/rows/session-row.ts';
import { sessions } from '../src/tables/sessions.ts';
import { addTraffic, addTransfer, noTraffic, trafficKeys } from '../src/traffic.ts';

/** Each counter has a value of its own. */
const counts = Object.fromEntries(counterKeys.map((key, i) => [key, 2 ** i])) as unknown as Counters;

const told = { commands: false, replies: false, logins: false, transfers: false };

function session(id: string, joins: string, own: Counters): SessionRecord {
  const texts = { key: '', client: '', user: '', server: '' };
  return { ...({} as SessionRecord), ...texts, id, joins, source: 0, firstLine: 1, lacks: told, ...own };
}

describe('the counters of a session', () => {
  it('are all added where several logs told of it', () => {
    const state = sessions.init({ taken: 0 });
    sessions.session?.(state, {
      ...session('s1', '', counts),
      memory: undefined,
      work: undefined,
      witness: undefined,
      story: undefined,
    });
    sessions.session?.(state, {
      ...session('s2', 's1', counts),
      memory: undefined,
      work: undefined,
      witness: undefined,
      story: undefined,
    });
    const [row, ...others] = sessions.finish(state, { top: 0, sources: ['a'], offsetAt: () => 0 });
    expect(others).toEqual([]);
    for (const key of counterKeys) if (row !== undefined && key in row) expect(row[key], key).toBe(2 * counts[key]);
  });

  it('are null in a row where the log could not tell, and there alone', () => {
    const none = Object.fromEntries(counterKeys.map((key) => [key, 0])) as unknown as Counters;
    for (const aspect of ['commands', 'replies', 'logins', 'transfers'] as const) {
      const row: Row = sessionRow({ ...session('s1', '', none), lacks: { ...told, [aspect]: true } }, ['a']);
      for (const key of counterKeys)
        if (key in row) expect(row[key], `${key} without ${aspect}`).toBe(counters[key] === aspect ? null : 0);
    }
  });

  it('of traffic are added the same by name as by key', () => {
    const [byName, byKey] = [noTraffic(), noTraffic()];
    addTraffic(byName, counts);
    addCounts(byKey, counts, trafficKeys);
    expect(byName).toEqual(byKey);
    expect(Object.keys(byName)).toEqual(trafficKeys);
  });

  it('take back a transfer that was counted', () => {
    for (const direction of ['download', 'upload'] as const)
      for (const bytes of [-1, 0, 7]) {
        const traffic = noTraffic();
        const transfer = { direction, bytes } as Transfer;
        addTransfer(traffic, transfer);
        expect(traffic).not.toEqual(noTraffic());
        addTransfer(traffic, transfer, -1);
        expect(traffic).toEqual(noTraffic());
      }
  });
});
