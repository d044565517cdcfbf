/** Replies by class, the first digit of the code (RFC 959 §4.2). Each reply counts, preliminary ones too. */
import type { Table } from '../model.ts';
import { bump } from '../monoid.ts';
import { sentClasses, sentClassOf } from '../protocol/replies.ts';
import { count, objectOf, oneOf, share, type ValueOf } from '../shapes.ts';
import { addCounts, codeLimit, countReplies, zeros } from './by-index.ts';
import { column, columnsOf } from './columns.ts';

const row = objectOf({
  class: column('Class', oneOf(sentClasses)),
  count: column('Replies', count),
  share: column('Share', share, { expendable: 1 }),
});

export const classes: Table<number[]> = {
  id: 'classes',
  title: 'Replies by class',
  row,
  columns: columnsOf(row),
  init: () => zeros(codeLimit),
  exchange: countReplies,
  merge: addCounts,
  finish: (state: number[]): readonly ValueOf<typeof row>[] => {
    const counts = new Map<string, number>();
    let total = 0;
    state.forEach((n, code) => {
      if (n === 0) return;
      bump(counts, sentClassOf(code), n);
      total += n;
    });
    return sentClasses
      .filter((name) => counts.has(name))
      .map((name) => ({ class: name, count: counts.get(name) ?? 0, share: (counts.get(name) ?? 0) / total }));
  },
};
