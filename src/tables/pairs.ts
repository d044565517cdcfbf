/** Which code answered which command, and how often: the heat map of the HTML report. */
import type { Exchange, FinishContext, Row, Table } from '../model.ts';
import { type BoundedMap, boundedMap, bump, claim, mergeBounded, mergeCounts } from '../monoid.ts';
import { byText } from '../text.ts';

/** Verbs come from the log: no more different ones than this are kept. */
const verbLimit = 256;

export const pairs: Table<BoundedMap<Map<number, number>>> = {
  id: 'pairs',
  title: 'Codes by command',
  columns: [],
  init: () => boundedMap(verbLimit),
  exchange: (state: BoundedMap<Map<number, number>>, x: Exchange): void => {
    if (!x.asked) return;
    const codes = claim(state, x.verb, none);
    if (codes !== undefined) codes.set(x.code, (codes.get(x.code) ?? 0) + 1);
  },
  merge: (into: BoundedMap<Map<number, number>>, from: BoundedMap<Map<number, number>>): void =>
    mergeBounded(into, from, mergeCounts),
  finish: (state: BoundedMap<Map<number, number>>, { top }: FinishContext): readonly Row[] => {
    const totals = new Map<string, number>();
    for (const [verb, codes] of state.map) for (const n of codes.values()) bump(totals, verb, n);
    const verbs = [...state.map].sort(
      (a, b) => (totals.get(b[0]) ?? 0) - (totals.get(a[0]) ?? 0) || byText(a[0], b[0]),
    );
    return (top > 0 ? verbs.slice(0, top) : verbs).flatMap(([verb, codes]) =>
      [...codes]
        .sort((a, b) => a[0] - b[0])
        .map(([code, count]) => ({ verb: verb === '' ? '(empty)' : verb, code: code > 0 ? code : null, count })),
    );
  },
};

function none(): Map<number, number> {
  return new Map();
}
