/** Thresholds go by the names that a rule declares; what is not set is as declared. */
import { describe, expect, it } from 'vitest';
import type { RuleMeta } from '../src/model.ts';
import { inForce } from '../src/rules/engine/thresholds.ts';
import { countingRule } from '../src/rules/kinds/ledger.ts';

const meta = {
  id: 'sample',
  status: 'trial',
  severity: 'low',
  group: 'integrity',
  title: '',
  why: '',
  advice: '',
  falseAlarms: '',
  references: [],
  attack: [],
  cwe: [],
  thresholds: { files: 10, seconds: 60 },
} satisfies RuleMeta;

describe('thresholds', () => {
  it('are those declared, but for those that are set', () => {
    expect(inForce(meta, { files: 3 })).toEqual({ files: 3, seconds: 60 });
  });

  it('have no other names than those declared', () => {
    const t = inForce(meta, {});
    // @ts-expect-error: the rule declares no such threshold
    expect(t.file).toBeUndefined();
    const { thresholds: _, ...without } = meta;
    // @ts-expect-error: the rule declares none at all
    expect(inForce(without, {}).files).toBeUndefined();
  });

  it('reach the parts and the occasions of a rule alike, whatever is set', () => {
    const seen: unknown[] = [];
    const rule = countingRule(
      meta,
      (t) => {
        seen.push(t.files);
        return { finish: () => [] };
      },
      { when: (_verb, t) => t.seconds },
    );
    rule.create({ files: 4 });
    rule.create({});
    expect(seen).toEqual([4, 10]);
    expect([rule.when?.('RETR', {}), rule.when?.('RETR', { seconds: 5 })]).toEqual([60, 5]);
  });
});
