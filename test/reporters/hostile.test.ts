/** No text of a log, a file name or a rule does anything in any format. */
import { describe, expect, test } from 'vitest';
import { reporters } from '../../src/reporters/index.ts';
import { checkInert, checkReports } from './support/checkers.ts';
import { hostileReport, hostileRows, hostileStrings } from './support/hostile.ts';
import { contextOf, rendered } from './support/sample.ts';

describe.each(reporters)('$id', ({ id: format, syntax }) => {
  /** Its reader takes longer to start than to read: it reads all at once. */
  const slow = syntax === 'xml';
  const later: string[] = [];
  test.each(hostileStrings)('lets %s do nothing', async (_, text) => {
    const report = hostileReport(text);
    const context = contextOf([text]);
    const out = await rendered(format, report, context, (writer, pieces) => {
      for (const item of hostileRows(text)) {
        if ('exchange' in item) pieces.push(writer.exchange?.(item.exchange) ?? '');
        if ('transfer' in item) pieces.push(writer.transfer?.(item.transfer) ?? '');
        if ('remark' in item) pieces.push(writer.remark?.(item.remark) ?? '');
        if ('session' in item) pieces.push(writer.session?.(item.session) ?? '');
      }
    });
    checkInert(out);
    if (slow) later.push(out);
    else await checkReports(format, [out]);
    expect(out.length).toBeGreaterThan(0);
  });

  test.runIf(slow)('is valid with any of them', async () => {
    expect(later.length).toBe(hostileStrings.length);
    await checkReports(format, later);
  });
});
