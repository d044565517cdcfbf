/** Replies by what they tell: 214 is informational, 221 ends the session. The kind may depend on the command. */
import type { Exchange, Reply, Table } from '../model.ts';
import { kindOf, type ReplyKind, replyKinds } from '../protocol/replies.ts';
import { count, objectOf, oneOf, share, text, type ValueOf } from '../shapes.ts';
import { addCounts, zeros } from './by-index.ts';
import { column, columnsOf } from './columns.ts';

const example: Readonly<Record<ReplyKind, string>> = {
  informational: '211, 213, 214, 215',
  'session-start': '220 greeting',
  'session-end': '221, closing 421',
  authentication: '230, 331, 530',
  security: '234, 334, 63z',
  connection: '125, 226, 227, 425',
  'file-system': '150, 250, 257, 550',
  syntax: '200, 500, 501, 502',
  unspecified: 'x4z',
};

const row = objectOf({
  kind: column('Kind', oneOf(replyKinds)),
  count: column('Replies', count),
  share: column('Share', share, { expendable: 1 }),
  codes: column('Such as', text, { expendable: 2 }),
});

export const kinds: Table<number[]> = {
  id: 'kinds',
  title: 'Replies by kind',
  row,
  columns: columnsOf(row),
  init: () => zeros(replyKinds.length),
  exchange: (state: number[], { replies, verb }: Exchange): void => {
    for (let i = 0; i < replies.length; i++) {
      const at = replyKinds.indexOf(kindOf((replies[i] as Reply).code, verb));
      if (at >= 0) state[at] = (state[at] ?? 0) + 1;
    }
  },
  merge: addCounts,
  finish: (state: number[]): readonly ValueOf<typeof row>[] => {
    const total = state.reduce((sum, n) => sum + n, 0);
    return replyKinds
      .map((kind, i) => ({
        kind,
        count: state[i] ?? 0,
        share: total === 0 ? 0 : (state[i] ?? 0) / total,
        codes: example[kind],
      }))
      .filter((row) => row.count !== 0);
  },
};
