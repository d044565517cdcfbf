/** What failed, how often, where first, and what to do about it. */
import type { Exchange, FinishContext, Place, Row, Table } from '../model.ts';
import { replyAdvice } from '../protocol/advice.ts';
import { byText, wellFormed } from '../text.ts';

interface Failure {
  readonly verb: string;
  readonly code: number;
  count: number;
  first: Place;
}

/** Verbs come from the log: beyond this many pairs the rest is left to the table of commands. */
const pairLimit = 2000;

export const failures: Table<Map<string, Failure>> = {
  id: 'failures',
  title: 'Failures, and what to do',
  columns: [
    { key: 'verb', title: 'Verb', align: 'left' },
    { key: 'code', title: 'Code', align: 'right' },
    { key: 'count', title: 'Times', align: 'right', format: 'count' },
    { key: 'first', title: 'First', align: 'left' },
    { key: 'advice', title: 'What to do', align: 'left' },
  ],
  init: () => new Map(),
  exchange: (state: Map<string, Failure>, x: Exchange): void => {
    if (x.code < 400 || x.code >= 600) return;
    const verb = x.asked ? x.verb : '';
    const key = `${verb} ${x.code}`;
    const known = state.get(key);
    if (known !== undefined) {
      known.count++;
      // A command may complete long after later ones have.
      if (before(x, known.first)) known.first = { source: x.source, line: x.line };
    } else if (state.size < pairLimit)
      state.set(key, { verb, code: x.code, count: 1, first: { source: x.source, line: x.line } });
  },
  merge: (into: Map<string, Failure>, from: Map<string, Failure>): void => {
    for (const [key, failure] of from) {
      const known = into.get(key);
      if (known === undefined) {
        if (into.size < pairLimit) into.set(key, { ...failure });
        continue;
      }
      known.count += failure.count;
      if (before(failure.first, known.first)) known.first = failure.first;
    }
  },
  finish: (state: Map<string, Failure>, { top, sources }: FinishContext): readonly Row[] => {
    const all = [...state.values()].sort((a, b) => b.count - a.count || byText(a.verb, b.verb) || a.code - b.code);
    return (top > 0 ? all.slice(0, top) : all).map((f) => ({
      verb: f.verb === '' ? '(none)' : wellFormed(f.verb),
      code: f.code,
      count: f.count,
      first: place(f.first, sources),
      advice: replyAdvice(f.code, f.verb),
    }));
  },
};

function before(a: Place, b: Place): boolean {
  return a.source < b.source || (a.source === b.source && a.line < b.line);
}

function place({ source, line }: Place, sources: readonly string[]): string {
  const name = sources[source] ?? '';
  return wellFormed(`${name.slice(name.lastIndexOf('/') + 1)}:${line}`);
}
