/** Values that are one of a list: what a mistyped one is told. */
import { suggestions } from '../explain/suggest.ts';
import { UsageError } from './usage-error.ts';

/** What formats are called elsewhere. */
const otherNames: Readonly<Record<string, string>> = {
  md: 'markdown',
  text: 'table',
  txt: 'table',
  jsonl: 'ndjson',
  xml: 'junit',
  htm: 'html',
  codequality: 'gitlab',
  warn: 'medium',
  warning: 'medium',
  error: 'high',
  none: 'never',
};

/** ` — did you mean X?`, or what else there is to say. */
export function hint(typed: string, known: readonly string[], otherwise = `one of ${known.join(', ')}`): string {
  const other = otherNames[typed.toLowerCase()];
  const near = other !== undefined && known.includes(other) ? [other] : nearest(typed, known);
  return near.length > 0 ? ` — did you mean ${near.join(', ')}?` : ` — ${otherwise}`;
}

/** At most three values that differ in a few letters; where there is none, those that begin with what was typed, or hold it. */
export function nearest(typed: string, known: readonly string[]): readonly string[] {
  const near = suggestions(typed, [...new Set(known)]);
  if (near.length > 0 || typed.length < 3) return near;
  const word = typed.toLowerCase();
  const begin = known.filter((value) => value.toLowerCase().startsWith(word));
  return (begin.length > 0 ? begin : known.filter((value) => value.toLowerCase().includes(word))).slice(0, 3);
}

/** The value if it is in the list, a {@link UsageError} that names the nearest ones otherwise. `what`: of what kind it is. */
export function chosen<T extends string>(what: string, typed: string, known: readonly T[], otherwise?: string): T {
  const found = known.find((value) => value === typed);
  if (found === undefined) throw new UsageError(`unknown ${what} '${typed}'${hint(typed, known, otherwise)}`);
  return found;
}
