/** No text of a log, a file name or a rule does anything in any format. */
import { describe, expect, test } from 'vitest';
import { reporters } from '../../src/reporters/index.ts';
import { checkers, checkInert, checkJunitFiles } from './support/checkers.ts';
import { hostileReport, hostileRows, hostileStrings } from './support/hostile.ts';
import { contextOf, rendered } from './support/sample.ts';

describe.each(reporters.map((r) => r.id))('%s', (format) => {
  const junit: [string, string][] = [];
  test.each(hostileStrings)('lets %s do nothing', async (_, text) => {
    const report = hostileReport(text);
    const kinds =
      format === 'csv'
        ? (['exchange', 'session', 'transfer', 'finding'] as const)
        : (['exchange', 'session', 'transfer', 'finding', 'summary'] as const);
    const context = contextOf([text], { rows: new Set(kinds) });
    const out = await rendered(format, report, context, (writer, pieces) => {
      for (const item of hostileRows(text)) {
        if ('exchange' in item) pieces.push(writer.exchange?.(item.exchange) ?? '');
        if ('transfer' in item) pieces.push(writer.transfer?.(item.transfer) ?? '');
        if ('session' in item) pieces.push(writer.session?.(item.session) ?? '');
      }
    });
    checkInert(out);
    if (format === 'junit') junit.push([`${junit.length}.xml`, out]);
    else await checkers[format]?.(out);
    expect(out.length).toBeGreaterThan(0);
  });

  test.runIf(format === 'junit')('is valid with any of them', async () => {
    expect(junit.length).toBe(hostileStrings.length);
    await checkJunitFiles(junit);
  });
});
