/** Times of log lines against a date library, over zones with odd offsets and daylight saving. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { LocaleClock } from '../src/decoding/locale-clock.ts';
import type { DecoderOptions } from '../src/model.ts';
import {
  Clock,
  clockText,
  elapsedMs,
  epochOf,
  epochTimeOfAnyUnit,
  isDated,
  isoText,
  midnight,
  relativeTime,
  timeBefore,
  timeOf,
  timeOfDayMs,
} from '../src/timestamp.ts';
import { zoneOffset } from '../src/zone.ts';

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
] as const;
const instants = fc.integer({ min: Date.UTC(1990, 0) / 1000, max: Date.UTC(2037, 0) / 1000 });

function clock(zone: string, more: Partial<DecoderOptions> = {}): Clock {
  return new Clock({
    offsetAt: zoneOffset(zone) ?? (() => Number.NaN),
    year: 0,
    reference: Date.UTC(2037, 0),
    layout: '',
    assume: () => undefined,
    ...more,
  });
}

/** A local time that occurs twice, or whose neighbourhood does: no log without offset can tell which was meant. */
function isAmbiguous(time: DateTime): boolean {
  return time.getPossibleOffsets().length > 1;
}

describe('times with a date', () => {
  for (const zone of zones) {
    it(`are read as in ${zone}`, () => {
      fc.assert(
        fc.property(instants, (seconds) => {
          const time = DateTime.fromSeconds(seconds, { zone, locale: 'en-US' });
          fc.pre(!isAmbiguous(time));
          const ms = seconds * 1000;
          expect(clock(zone).ctime(time.toFormat('EEE MMM dd HH:mm:ss yyyy').replace(/ 0(\d) /, '  $1 '))).toBe(ms);
          expect(clock(zone).iso(time.toFormat('yyyy-MM-dd HH:mm:ss,SSS'))).toBe(ms);
          expect(clock('UTC').clf(time.toFormat('dd/MMM/yyyy:HH:mm:ss ZZZ'))).toBe(ms);
          expect(clock('UTC').iso(time.toISO() ?? '')).toBe(ms);
          expect(clock(zone, { year: time.year }).yearless(time.toFormat('MMM dd HH:mm:ss'))).toBe(ms);
        }),
        { numRuns: 200 },
      );
    });
  }

  it('remember a second without confusing two', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(instants, fc.integer({ min: 0, max: 999 })), { minLength: 1, maxLength: 20 }),
        (times) => {
          const one = clock('UTC');
          for (const [seconds, ms] of times) {
            const time = DateTime.fromMillis(seconds * 1000 + ms, { zone: 'UTC' });
            expect(one.iso(time.toFormat("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'"))).toBe(seconds * 1000 + ms);
          }
        },
      ),
    );
  });

  it('take a leap second for the first second after it', () => {
    expect(clock('UTC').iso('2016-12-31 23:59:60')).toBe(Date.UTC(2017, 0, 1));
    expect(clock('UTC').ctime('Sat Dec 31 23:59:60 2016')).toBe(Date.UTC(2017, 0, 1));
  });
});

describe('times without a year', () => {
  it('take the latest year that lies before the reference, and go on over new year', () => {
    const one = clock('UTC', { reference: Date.UTC(2026, 10, 22) });
    expect(one.yearless('Dec 31 23:59:58')).toBe(Date.UTC(2025, 11, 31, 23, 59, 58));
    expect(one.yearless('Jan  1 00:00:02')).toBe(Date.UTC(2026, 0, 1, 0, 0, 2));
    expect(one.yearless('Dec 31 23:59:59')).toBe(Date.UTC(2025, 11, 31, 23, 59, 59));
  });

  it('know that 29 February needs a leap year', () => {
    expect(clock('UTC', { reference: Date.UTC(2026, 5, 1) }).yearless('Feb 29 12:00:00')).toBe(
      Date.UTC(2024, 1, 29, 12),
    );
  });
});

describe('times without a date', () => {
  it('are no dates, and a step back of half a day is midnight', () => {
    const one = clock('UTC');
    const first = one.timeOfDay('23:59:59.500');
    expect(isDated(first)).toBe(false);
    expect(clockText(first)).toBe('23:59:59.500');
    expect(timeOfDayMs(first)).toBe(86_399_500);
    expect(one.timeOfDay('23:59:58.000') - first).toBe(-1500);
    expect(one.timeOfDay('00:00:01.250') - first).toBe(1750);
  });

  it('are told from times of 1970, which a device without a clock logs', () => {
    const time = clock('UTC').ctime('Thu Jan  1 00:00:12 1970');
    expect(isDated(time)).toBe(true);
    expect(clockText(time)).toBe('00:00:12.000');
  });
});

/** Reads one example; the time, and where its stamp ends. */
function readAs(shape: string, text: string, options: DecoderOptions): readonly [time: number, end: number] {
  const one = new Clock(options);
  const locale = new LocaleClock(options, () => undefined);
  switch (shape) {
    case 'iso':
    case 'ctime':
    case 'clf':
    case 'dayMonthYear':
    case 'monthDayYear':
    case 'yearless':
    case 'timeOfDay':
      return [one[shape](text), one.end];
    case 'dmy':
    case 'ymd':
      return [one.numeric(text, shape), one.end];
    case 'epoch':
      return [epochTimeOfAnyUnit(text), -1];
    case 'locale': {
      const end = locale.read(text, 0);
      return [locale.time, end];
    }
    default:
      throw new Error(`no shape ${shape}`);
  }
}

describe('the shapes of stamps', () => {
  const rows = readFileSync('fixtures/stamps.md', 'utf8').matchAll(/^\| (\w+) \| `([^`]*)` \| ?(.*) \|$/gm);
  const table = [...rows].map(([, shape = '', example = '', time = '']) => ({ shape, example, time }));

  it('have rows', () => {
    expect(table.length).toBeGreaterThan(100);
  });

  it.each(table)('$shape $example', ({ shape, example, time }) => {
    const text = example.replace('¦', '');
    const options: DecoderOptions = {
      offsetAt: () => 345,
      year: 0,
      reference: Date.UTC(2026, 11, 31),
      layout: '',
      assume: () => undefined,
    };
    const [ms, end] = readAs(shape, text, options);
    const shown = Number.isNaN(timeOf(ms)) ? 'none' : isDated(ms) ? isoText(ms) : clockText(ms);
    expect(end).toBe(example.indexOf('¦'));
    if (time !== '') expect(shown).toBe(time);
    else expect(ms).toBeNaN();
    expect(timeOf(ms)).toEqual(time === '' || time === 'none' ? Number.NaN : ms);
  });

  /** Part of the stamp, and no zone: the time is that of the log. */
  const impossibleZone = /(?:18:01|2[4-9]\d\d|\d\d:?[6-9]\d)¦/;

  it('need no zone of the log where they have one', () => {
    const zoned = table.filter(
      ({ example, time }) =>
        /(Z|UTC|GMT|GMT\+2|[+-]\d\d(:?\d\d)?)¦/.test(example) && !impossibleZone.test(example) && time !== 'none',
    );
    expect(zoned.length).toBeGreaterThan(15);
    for (const { shape, example } of zoned.filter(
      (row) => !/^(?:dmy|timeOfDay)$/.test(row.shape) || row.example.includes('+'),
    )) {
      const options = {
        offsetAt: () => expect.fail(`${example} has a zone`),
        year: 2026,
        reference: 0,
        layout: '',
        assume: () => undefined,
      };
      readAs(shape, example.replace('¦', ''), options);
    }
  });

  it('are read alike whatever was read before', () => {
    const known = table.filter(({ shape }) => !['locale', 'epoch', 'timeOfDay', 'yearless'].includes(shape));
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...known), { minLength: 1, maxLength: 30 }), (examples) => {
        const one = clock('Asia/Kathmandu');
        for (const { shape, example } of examples) {
          const text = example.replace('¦', '');
          const read = (each: Clock): number =>
            shape === 'dmy' || shape === 'ymd'
              ? each.numeric(text, shape)
              : each[shape as 'iso' | 'ctime' | 'clf'](text);
          const fresh = clock('Asia/Kathmandu');
          expect(read(one)).toEqual(read(fresh));
          expect(one.end).toBe(fresh.end);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('a day', () => {
  it('is one that the calendar has, in the years 1 to 9999', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1, max: 10_001 }),
        fc.integer({ min: -1, max: 12 }),
        fc.integer({ min: -1, max: 32 }),
        (y, m, d) => {
          const day = DateTime.fromObject({ year: y, month: m + 1, day: d }, { zone: 'UTC' });
          const isDay = day.isValid && y >= 1 && y <= 9999;
          expect(midnight(y, m, d)).toEqual(isDay ? day.toMillis() : Number.NaN);
        },
      ),
      { numRuns: 5000 },
    );
  });
});

describe('times that cannot be', () => {
  it.each([1e300, -1e300, Number.POSITIVE_INFINITY, 8.64e15, 253_402_300_800_000, -62_135_596_800_001, -6.4e13, -1e14])(
    '%d is none',
    (ms) => {
      expect(timeOf(ms)).toBeNaN();
    },
  );

  it('are not reached by subtraction', () => {
    expect(timeBefore(Date.UTC(2026, 0), 1000)).toBe(Date.UTC(2025, 11, 31, 23, 59, 59));
    expect(timeBefore(-62_135_596_800_000, 1)).toBeNaN();
    expect(elapsedMs(Date.UTC(2026, 0), Date.UTC(2026, 0, 2))).toBe(86_400_000);
    expect(elapsedMs(Date.UTC(2026, 0), Date.UTC(2025, 0))).toBe(-1);
    expect(elapsedMs(relativeTime(5), Date.UTC(2025, 0))).toBe(-1);
    expect(elapsedMs(relativeTime(5), clock('UTC').timeOfDay('00:00:01'))).toBe(-1);
    expect(elapsedMs(Number.NaN, Date.UTC(2025, 0))).toBe(-1);
  });

  it('are not reached by midnights', () => {
    const one = clock('UTC');
    let last = Number.NaN;
    for (let i = 0; i < 300_000; i++) {
      one.timeOfDay('23:59:59');
      last = one.timeOfDay('00:00:00');
      if (!Number.isNaN(last)) expect(isDated(last)).toBe(false);
    }
    expect(last).toBeNaN();
  });
});

describe('what is no time', () => {
  it.each([
    '',
    'Sun Nov',
    'Sun Foo 22 09:58:57 2026',
    '2026-13-01 00:00:00',
    '2026-11-22 25:00:00',
    'Nov 22',
    '99:99:99',
  ])('%j is not taken for one', (text) => {
    expect(clock('UTC').ctime(text)).toBeNaN();
    expect(clock('UTC').iso(text)).toBeNaN();
    expect(clock('UTC').yearless(text)).toBeNaN();
    expect(clock('UTC').timeOfDay(text)).toBeNaN();
  });
});

describe('a count since the epoch that is a number', () => {
  it('is the time that its digits are, to the microsecond', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 5_000_000_000 }),
        fc.integer({ min: 0, max: 999_999 }),
        (seconds, micros) => {
          const text = `${seconds}.${String(micros).padStart(6, '0')}`;
          expect(epochOf(Number(text))).toBe(epochTimeOfAnyUnit(text));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('is none where it is none', () => {
    expect([Number.NaN, Number.POSITIVE_INFINITY, -1].map(epochOf)).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });
});
