/** Report formats as options and help name them. */

import { grouped } from '../reporters/format.ts';
import { reporters } from '../reporters/index.ts';
import { type ReporterEntry, type RowKind, rowKinds, usualTop } from '../reporters/reporter.ts';
import { chosen } from './choice.ts';

const ids = reporters.map((r) => r.id);

/** The format of this name; a {@link UsageError} if there is none. */
export function formatOf(name: string): ReporterEntry {
  const id = chosen('format', name, ids);
  return reporters.find((r) => r.id === id) as ReporterEntry;
}

const lists = reporters.filter((r) => r.rows !== undefined);

/** Formats that are lists of rows: `ndjson and csv`. */
export const rowFormats: string = listed(lists.map((r) => r.id));

/** The rows that they hold where nobody asks for others: `all; csv: exchange`. */
export const rowDefaults: string = defaults(
  'all',
  lists.filter((r) => r.rows?.log.length !== rowKinds.length).map(({ id, rows }) => [id, listed(rows?.log ?? [])]),
);

/** The same of a saved report, which has none but these. */
export const savedRows = ['diagnosis', 'finding', 'summary'] as const satisfies readonly RowKind[];
export const savedDefaults: string = defaults(
  'all',
  lists.filter((r) => r.rows?.saved.length !== savedRows.length).map(({ id, rows }) => [id, listed(rows?.saved ?? [])]),
);

/** Rows per table where nobody asks for a number: `10; html: 200; json, ndjson: 10,000`. */
export const topDefaults: string = defaults(
  String(usualTop),
  reporters.flatMap(({ id, top }) => (top === undefined ? [] : [[id, grouped(top)] as const])),
);

/** What most have, then the formats that have something else. */
function defaults(usual: string, others: readonly (readonly [id: string, value: string])[]): string {
  const values = [...new Set(others.map(([, value]) => value))];
  const idsOf = (value: string): string => others.flatMap(([id, has]) => (has === value ? [id] : [])).join(', ');
  return [usual, ...values.map((value) => `${idsOf(value)}: ${value}`)].join('; ');
}

/** `a, b and c`. */
export function listed(words: readonly string[], last = 'and'): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}
