/**
 * The finished report: deterministic, all that a reporter sees. Plain data, but for Maps that become
 * objects in JSON, so that `JSON.stringify(report)` loses nothing.
 */

import type { Aspect, Column, Row, RuleMeta, Tally } from './model.ts';
import { diagnosisShape } from './rows/diagnosis-row.ts';
import { findingShape, type SuppressedRow, suppressedShape } from './rows/finding-row.ts';
import { loginShape } from './rows/login-row.ts';
import { severities } from './severity.ts';
import {
  about,
  added,
  addedFreely,
  amount,
  byName,
  count,
  listOf,
  maybe,
  named,
  objectOf,
  oneOf,
  optional,
  type Shape,
  some,
  text,
  type ValueOf,
} from './shapes.ts';

const dialectShape = objectOf({
  id: text,
  wrappers: listOf(text),
  program: text,
  lines: count,
  lacks: about(
    'What no log in this format tells.',
    addedFreely(listOf(oneOf<Aspect>(['commands', 'replies', 'logins', 'transfers'])), []),
  ),
});

/** A source as the report names it; `dialects`: what it is written in, most lines first. */
const sourceShape = objectOf({
  name: about('As given on the command line; `-` is standard input.', text),
  lines: count,
  bytes: count,
  blank: count,
  noise: count,
  unparsed: count,
  understood: count,
  dialects: listOf(dialectShape),
  samples: about('The first lines that were not understood.', listOf(objectOf({ line: some, text }))),
  error: about('Why it was not, or only in part, read; empty if it was.', text),
});

export type SourceRow = ValueOf<typeof sourceShape>;

const tallyShape: Shape<Readonly<Tally>> = objectOf({
  lines: count,
  blank: count,
  noise: count,
  unparsed: count,
  understood: count,
  bytes: count,
  clippedLines: count,
  clippedTexts: count,
  droppedCommands: count,
  evictedSessions: count,
  ambiguous: about(
    'Of those understood: records that can be read in more than one way, from which nothing was taken.',
    added(count, 0),
  ),
});

const groups: readonly RuleMeta['group'][] = [
  'authentication',
  'reconnaissance',
  'confidentiality',
  'integrity',
  'exfiltration',
  'availability',
  'protocol-conformance',
];

const ruleShape: Shape<RuleMeta> = objectOf({
  id: text,
  status: oneOf<RuleMeta['status']>(['trial', 'stable']),
  severity: oneOf(severities),
  // Later versions may have more of them.
  group: { ...oneOf(groups), schema: text.schema },
  title: text,
  why: text,
  advice: text,
  falseAlarms: text,
  references: listOf(text),
  attack: listOf(text),
  cwe: listOf(text),
  verbs: optional(listOf(text)),
  thresholds: optional(byName(amount)),
});

/** How much of a table is listed, and how many rows there are. */
const extentShape = objectOf({ listed: count, rows: count });

/** What was there before. */
const baselineShape = objectOf({
  file: text,
  known: about('Findings that are in both.', count),
  new: count,
  gone: about('Findings of the baseline that are no longer there.', count),
  newPairs: about(
    'Users at clients that the baseline does not know; null where it, or this report, cannot list them.',
    maybe(listOf(named('login', loginShape))),
  ),
});

export type BaselineSection = ValueOf<typeof baselineShape>;

/** What of the report is JSON as it stands. */
export const reportShape = objectOf({
  sources: listOf(named('source', sourceShape)),
  tally: named('tally', about('What became of the input: lines = blank + noise + unparsed + understood.', tallyShape)),
  extents: about('By table: rows listed here, and rows there are.', added(byName(extentShape), {})),
  uncounted: about(
    'Events that a bound kept out of a table, or out of the findings of a rule (rule:<id>).',
    added(listOf(objectOf({ where: text, events: some })), []),
  ),
  diagnoses: about(
    'Why something failed, the most certain first.',
    added(listOf(named('diagnosis', diagnosisShape)), []),
  ),
  findings: listOf(named('finding', findingShape)),
  suppressed: about(
    'Findings that the allow-list covers, worst first; absent without one.',
    optional(listOf(named('suppressed', suppressedShape))),
  ),
  baseline: about('Absent without --baseline.', optional(baselineShape)),
  rules: about('The rules that ran.', listOf(named('rule', ruleShape))),
  assumptions: listOf(text),
});

/** Layout of a table, for reporters. Not part of the JSON report. */
export interface TableLayout {
  readonly id: string;
  readonly title: string;
  readonly columns: readonly Column[];
}

/** A Map that is an object in JSON. */
export class PlainMap<V> extends Map<string, V> {
  toJSON(): Readonly<Record<string, V>> {
    return Object.fromEntries(this);
  }
}

export interface Report extends Omit<ValueOf<typeof reportShape>, 'extents' | 'suppressed'> {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'ftplog'; readonly version: string };
  /** Rows by table id, `overview` among them. */
  readonly tables: ReadonlyMap<string, readonly Row[]>;
  /** By table id. Absent for a table of a report that an earlier version saved: it may be cut, or not. */
  readonly extents: ReadonlyMap<string, ValueOf<typeof extentShape>>;
  readonly layouts: readonly TableLayout[];
  readonly suppressed?: readonly SuppressedRow[];
}
