/** Which code answered which command, and how often: the heat map of the HTML report. */
import type { Exchange, FinishContext, Table } from '../model.ts';
import { type BoundedMap, boundedMap, claim, mergeBounded } from '../monoid.ts';
import { about, count, maybe, objectOf, replyCode, text, type ValueOf } from '../shapes.ts';
import { byText } from '../text.ts';
import { addCounts, codeLimit, zeros } from './by-index.ts';

/** Verbs come from the log: no more different ones than this are kept. */
const verbLimit = 256;
/** Where commands without a reply are counted. */
const unanswered = codeLimit;

const row = objectOf({
  verb: text,
  code: about('Final reply; null: unanswered.', maybe(replyCode)),
  count,
});

/** By verb, then by code. */
export const pairs: Table<BoundedMap<number[]>> = {
  id: 'pairs',
  title: 'Codes by command',
  row,
  about: 'Which code answered which command.',
  columns: [],
  init: () => boundedMap(verbLimit),
  exchange: (state: BoundedMap<number[]>, x: Exchange): void => {
    if (!x.asked) return;
    const codes = state.map.get(x.verb) ?? claim(state, x.verb, none);
    if (codes === undefined) return;
    const at = x.replies.length === 0 && x.code === 0 ? unanswered : x.code;
    codes[at] = (codes[at] ?? 0) + 1;
  },
  size: ({ map }: BoundedMap<number[]>): number => {
    let rows = 0;
    for (const codes of map.values()) for (const count of codes) if (count > 0) rows++;
    return rows;
  },
  uncounted: ({ overflow }: BoundedMap<number[]>): number => overflow,
  merge: (into: BoundedMap<number[]>, from: BoundedMap<number[]>): void => mergeBounded(into, from, addCounts),
  finish: (state: BoundedMap<number[]>, { top }: FinishContext): readonly ValueOf<typeof row>[] => {
    const verbs = [...state.map]
      .map(([verb, codes]) => ({ verb, codes, total: codes.reduce((sum, n) => sum + n, 0) }))
      .sort((a, b) => b.total - a.total || byText(a.verb, b.verb));
    return (top > 0 ? verbs.slice(0, top) : verbs).flatMap(({ verb, codes }) =>
      codes
        .map((count, code) => ({
          verb: verb === '' ? '(empty)' : verb,
          code: code === unanswered ? null : code,
          count,
        }))
        .filter((row) => row.count > 0),
    );
  },
};

function none(): number[] {
  return zeros(codeLimit + 1);
}
