/** Reply codes, most frequent first. */
import type { FinishContext, Table } from '../model.ts';
import { kindOf, replyKinds, replyName, sentClasses, sentClassOf } from '../protocol/replies.ts';
import { count, objectOf, oneOf, replyCode, text, type ValueOf } from '../shapes.ts';
import { addCounts, codeLimit, countReplies, zeros } from './by-index.ts';
import { column, columnsOf } from './columns.ts';

const row = objectOf({
  code: column('Code', replyCode),
  count: column('Replies', count),
  class: oneOf(sentClasses),
  kind: column('Kind', oneOf(replyKinds), { expendable: 1 }),
  meaning: column('Meaning', text),
});

export const codes: Table<number[]> = {
  id: 'codes',
  title: 'Reply codes',
  row,
  columns: columnsOf(row),
  init: () => zeros(codeLimit),
  exchange: countReplies,
  size: (state: number[]): number => state.filter((count) => count > 0).length,
  merge: addCounts,
  finish: (state: number[], { top }: FinishContext): readonly ValueOf<typeof row>[] => {
    const seen = state.map((count, code) => ({ code, count })).filter(({ count }) => count > 0);
    seen.sort((a, b) => b.count - a.count || a.code - b.code);
    return (top > 0 ? seen.slice(0, top) : seen).map(({ code, count }) => ({
      code,
      count,
      class: sentClassOf(code),
      kind: kindOf(code, ''),
      meaning: replyName(code),
    }));
  },
};
