/** Replies by class, the first digit of the code (RFC 959 §4.2). Each reply counts, preliminary ones too. */
import type { Row, Table } from '../model.ts';
import { bump } from '../monoid.ts';
import { sentClassOf } from '../protocol/replies.ts';
import { addCounts, codeLimit, countReplies, zeros } from './by-index.ts';

const order = [
  'preliminary',
  'completion',
  'intermediate',
  'transient-negative',
  'permanent-negative',
  'protected',
  'invalid',
] as const;

export const classes: Table<number[]> = {
  id: 'classes',
  title: 'Replies by class',
  columns: [
    { key: 'class', title: 'Class', align: 'left' },
    { key: 'count', title: 'Replies', align: 'right', format: 'count' },
    { key: 'share', title: 'Share', align: 'right', format: 'share' },
  ],
  init: () => zeros(codeLimit),
  exchange: countReplies,
  merge: addCounts,
  finish: (state: number[]): readonly Row[] => {
    const counts = new Map<string, number>();
    let total = 0;
    state.forEach((n, code) => {
      if (n === 0) return;
      bump(counts, sentClassOf(code), n);
      total += n;
    });
    return order
      .filter((name) => counts.has(name))
      .map((name) => ({ class: name, count: counts.get(name) ?? 0, share: (counts.get(name) ?? 0) / total }));
  },
};
