/** Zones of local times: the same for the command, the configuration and the library. */
import { describe, expect, it } from 'vitest';
import { type AnalyzerOptions, createAnalyzer } from '../src/analyze.ts';
import { parseFlags } from '../src/cli/flags.ts';
import { zoneOffset } from '../src/zone.ts';

const noon = Date.UTC(2026, 9, 1, 12);

describe('a zone', () => {
  it.each([
    ['UTC', 0],
    ['Europe/Berlin', 120],
    ['asia/kathmandu', 345],
    ['+05:45', 345],
    ['+0545', 345],
    ['+14', 840],
    ['-3', -180],
    ['-9:30', -570],
    ['+18:00', 1080],
    ['-18:00', -1080],
  ])('may be %s', (zone, minutes) => {
    expect(zoneOffset(zone)?.(noon)).toBe(minutes);
    expect(parseFlags(['--timezone', zone]).timezone).toBe(zone);
  });

  it.each(['+24:00', '+24', '+18:01', '-19:00', '+05:60', '+99:99', '+1e2', '+', '+-5', '+005:00', '', 'Mars/Olympus'])(
    'is never %j',
    (zone) => {
      expect(zoneOffset(zone)).toBeUndefined();
      expect(() => parseFlags(['--timezone', zone])).toThrow(/--timezone wants .* from -18:00 to \+18:00/);
      expect(() => createAnalyzer({ timezone: zone })).toThrow(RangeError);
    },
  );

  it('that is mistyped is suggested', () => {
    expect(() => parseFlags(['--timezone', 'Europe/Berlni'])).toThrow('did you mean Europe/Berlin?');
  });
});

function read(options: AnalyzerOptions): readonly [first: unknown, assumptions: readonly string[]] {
  const analyzer = createAnalyzer(options);
  analyzer.source({ name: 'a.log' });
  analyzer.line('Thu Oct  1 10:00:00 2026 [pid 11] CONNECT: Client "192.0.2.7"');
  analyzer.line('Thu Oct  1 10:00:06 2026 [pid 10] [alice] OK LOGIN: Client "192.0.2.7"');
  const { tables, assumptions } = analyzer.report();
  return [tables.get('overview')?.[0]?.['firstTime'], assumptions];
}

describe('the library', () => {
  it('shifts times by the zone it is given, and says so', () => {
    expect(read({ timezone: 'Europe/Berlin' })).toEqual([
      '2026-10-01T08:00:00.000Z',
      ['local times without a zone are taken as Europe/Berlin'],
    ]);
    expect(read({ timezone: '+05:45' })[0]).toBe('2026-10-01T04:15:00.000Z');
  });

  it("takes a zone of one's own before the name of one", () => {
    expect(read({ timezone: 'Europe/Berlin', offsetAt: () => 60 })).toEqual([
      '2026-10-01T09:00:00.000Z',
      ['local times without a zone are taken as Europe/Berlin'],
    ]);
    expect(read({ timezone: 'the ship', offsetAt: () => 60 })[1]).toEqual([
      'local times without a zone are taken as the ship',
    ]);
    expect(read({ offsetAt: () => 60 })[1]).toEqual(['local times without a zone are taken as the offsets given']);
  });

  it('gives no time where a zone of its own gives no offset', () => {
    expect(read({ offsetAt: () => Number.NaN })[0]).toBeNull();
    expect(read({ offsetAt: () => Number.POSITIVE_INFINITY })[0]).toBeNull();
  });

  it.each([-1, 1.5, 10_000, Number.NaN, Number.POSITIVE_INFINITY])('takes no year %d', (year) => {
    expect(() => createAnalyzer({ year })).toThrow(RangeError);
  });
});
