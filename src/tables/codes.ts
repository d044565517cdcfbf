/** Reply codes, most frequent first. */
import type { FinishContext, Row, Table } from '../model.ts';
import { classOf, kindOf, replyName } from '../protocol/replies.ts';
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
  merge: addCounts,
  finish: (state: number[], { top }: FinishContext): readonly Row[] => {
    const rows: Row[] = [];
    state.forEach((count, code) => {
      if (count > 0) rows.push({ code, count, class: classOf(code), kind: kindOf(code, ''), meaning: replyName(code) });
    });
    rows.sort((a, b) => Number(b['count']) - Number(a['count']) || Number(a['code']) - Number(b['code']));
    return top > 0 ? rows.slice(0, top) : rows;
  },
};
