/** Reply codes, most frequent first. */
import type { FinishContext, Row, Table } from '../model.ts';
import { kindOf, replyName, sentClassOf } from '../protocol/replies.ts';
import { addCounts, codeLimit, countReplies, zeros } from './by-index.ts';

export const codes: Table<number[]> = {
  id: 'codes',
  title: 'Reply codes',
  columns: [
    { key: 'code', title: 'Code', align: 'right' },
    { key: 'count', title: 'Replies', align: 'right', format: 'count' },
    { key: 'kind', title: 'Kind', align: 'left' },
    { key: 'meaning', title: 'Meaning', align: 'left' },
  ],
  init: () => zeros(codeLimit),
  exchange: countReplies,
  size: (state: number[]): number => state.filter((count) => count > 0).length,
  merge: addCounts,
  finish: (state: number[], { top }: FinishContext): readonly Row[] => {
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
