/** Characters that show nothing, all that Unicode knows, in every format. */
import { describe, expect, it, test } from 'vitest';
import { escapeJson } from '../../src/reporters/escape.ts';
import { reporters } from '../../src/reporters/index.ts';
import { printable } from '../../src/text.ts';
import { checkInert } from './support/checkers.ts';
import { hostileReport, hostileRows } from './support/hostile.ts';
import { contextOf, rendered } from './support/sample.ts';

const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/u;

const points: readonly string[] = Array.from({ length: 0x110000 }, (_, c) => String.fromCodePoint(c)).filter((c) =>
  unseen.test(c),
);

/** What is whole only with a character that shows nothing by itself. */
const needed: readonly string[] = [
  '❤️',
  '☎︎',
  '1️⃣',
  '👩🏽‍🚀',
  '👨‍👩‍👧‍👦',
  '🏳️‍🌈',
  '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  'क्\u200dष',
  'ක්\u200dර',
  'র\u200d্য',
  'می\u200cخواهم',
];

describe('a character that shows nothing', () => {
  it('is one of some thousands', () => {
    expect(points.length).toBeGreaterThan(6000);
  });

  it('is written as an escape, wherever it stands', () => {
    for (const c of points) {
      for (const text of [`a${c}b`, `${c}`, `é${c}`, `👍${c}${c}`, `日${c}本`, `1${c}`]) {
        if (needed.some((n) => text.includes(n)) || /^👍[\ufe0e\ufe0f]/.test(text)) continue;
        expect(unseen.test(printable(text)), JSON.stringify(text)).toBe(false);
        const json = escapeJson([text]);
        expect(unseen.test(json), json).toBe(false);
        expect(JSON.parse(json)).toEqual([text.isWellFormed() ? text : expect.anything()]);
      }
    }
  });

  it.each(['a\u{e0069}b', '\u{e0001}', 'a\u3164', 'x\u{1d173}'])('%j reads as its code', (text) => {
    expect(printable(text)).toMatch(/\\u(?:[0-9a-f]{4}|\{[0-9a-f]{5}\})/);
  });

  it.each([
    ['1\ufe0f', '1\\ufe0f'],
    ['👍\u200d', '👍\\u200d'],
    ['🏴\u{e0061}\u{e0062}\u{e007f}', '🏴\\u{e0061}\\u{e0062}\\u{e007f}'],
    ['ab\u200dc', 'ab\\u200dc'],
    ['क\u200dx', 'क\\u200dx'],
    ['❤\ufe0f\ufe0f', '❤\ufe0f\\ufe0f'],
  ])('%j is not hidden by its neighbours', (text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  it.each(needed)('%s stays whole where it is needed', (text) => {
    expect(printable(text)).toBe(text);
    expect(escapeJson(text)).toBe(`"${text}"`);
  });

  it.each(['zoë', 'naïve 日本 😀.txt', 'Ελλάδα', 'תיקייה', '한국어', 'ไทย', 'Владимир'])('%s is none', (text) => {
    expect(printable(text)).toBe(text);
  });
});

/** Of tags, further selectors and halves of surrogate pairs some stand for all. */
const some = points.filter((c, i) => i % 128 === 0 || !/[\p{Cs}\u{e0000}-\u{e0fff}]/u.test(c)).join('a');

describe.each(reporters.map((r) => r.id))('%s', (format) => {
  test('shows them as escapes', async () => {
    const context = contextOf([some]);
    const out = await rendered(format, hostileReport(some), context, (writer, pieces) => {
      for (const item of hostileRows(some).slice(0, 12)) {
        if ('exchange' in item) pieces.push(writer.exchange?.(item.exchange) ?? '');
        if ('transfer' in item) pieces.push(writer.transfer?.(item.transfer) ?? '');
        if ('remark' in item) pieces.push(writer.remark?.(item.remark) ?? '');
        if ('session' in item) pieces.push(writer.session?.(item.session) ?? '');
      }
    });
    checkInert(out);
  });
});
