/** What failed, how often, where first, and what to do about it. */
import type { Exchange, FinishContext, Place, Table } from '../model.ts';
import { type BoundedMap, boundedMap, claim, firstOf, mergeBounded } from '../monoid.ts';
import { replyAdvice } from '../protocol/advice.ts';
import { about, count, objectOf, replyCode, text, type ValueOf } from '../shapes.ts';
import { byText, shortestNames, wellFormed } from '../text.ts';
import { column, columnsOf } from './columns.ts';

interface Failure {
  readonly verb: string;
  readonly code: number;
  count: number;
  first: Place;
}

/** Verbs come from the log: no more different pairs than this are kept. */
const pairLimit = 2000;

const row = objectOf({
  verb: column('Verb', text),
  code: column('Code', replyCode),
  count: column('Times', count),
  first: column('First', about('source:line', text), { expendable: 1 }),
  advice: column('What to do', text),
});

export const failures: Table<BoundedMap<Failure>> = {
  id: 'failures',
  title: 'Failures, and what to do',
  row,
  about: 'What failed: verb and code, where first, what to do.',
  columns: columnsOf(row),
  init: () => boundedMap(pairLimit),
  exchange: (state: BoundedMap<Failure>, x: Exchange): void => {
    if (x.code < 400 || x.code >= 600) return;
    const verb = x.asked ? x.verb : '';
    const key = `${verb} ${x.code}`;
    const failure = state.map.get(key) ?? claim(state, key, () => failureOf(x, verb));
    if (failure === undefined) return;
    failure.count++;
    // A command may complete long after later ones have.
    if (before(x, failure.first)) failure.first = { source: x.source, line: x.line };
  },
  size: ({ map }: BoundedMap<Failure>): number => map.size,
  uncounted: ({ overflow }: BoundedMap<Failure>): number => overflow,
  merge: (into: BoundedMap<Failure>, from: BoundedMap<Failure>): void =>
    mergeBounded(into, from, (a, b) => {
      a.count += b.count;
      if (before(b.first, a.first)) a.first = b.first;
    }),
  finish: (state: BoundedMap<Failure>, { top, sources }: FinishContext): readonly ValueOf<typeof row>[] => {
    const names = shortestNames(sources);
    return firstOf(state.map.values(), top, mostFrequent).map((f) => ({
      verb: f.verb === '' ? '(none)' : wellFormed(f.verb),
      code: f.code,
      count: f.count,
      first: place(f.first, sources, names),
      advice: replyAdvice(f.code, f.verb),
    }));
  },
};

function failureOf({ code, source, line }: Exchange, verb: string): Failure {
  return { verb, code, count: 0, first: { source, line } };
}

function mostFrequent(a: Failure, b: Failure): number {
  return b.count - a.count || byText(a.verb, b.verb) || a.code - b.code;
}

function before(a: Place, b: Place): boolean {
  return a.source < b.source || (a.source === b.source && a.line < b.line);
}

function place({ source, line }: Place, sources: readonly string[], names: ReadonlyMap<string, string>): string {
  const name = sources[source] ?? '';
  return wellFormed(`${names.get(name) ?? name}:${line}`);
}
