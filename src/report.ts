/**
 * The finished report: deterministic, all that a reporter sees. Plain data, but for Maps that become
 * objects in JSON, so that `JSON.stringify(report)` loses nothing.
 */
import type { Aspect, Column, Row, RuleMeta, Tally } from './model.ts';
import type { FindingRow, SuppressedRow } from './rows/finding-row.ts';
import type { LoginRow } from './rows/login-row.ts';

/** A source as the report names it. */
export interface SourceRow {
  readonly name: string;
  readonly lines: number;
  readonly bytes: number;
  readonly blank: number;
  readonly noise: number;
  readonly unparsed: number;
  readonly understood: number;
  /** What it is written in, most lines first. */
  readonly dialects: readonly {
    readonly id: string;
    readonly wrappers: readonly string[];
    readonly program: string;
    readonly lines: number;
    /** What no log in this format tells. */
    readonly lacks: readonly Aspect[];
  }[];
  /** The first lines that were not understood. */
  readonly samples: readonly { readonly line: number; readonly text: string }[];
  /** Why it was not, or only in part, read; '' if it was. */
  readonly error: string;
}

/** Layout of a table, for reporters. Not part of the JSON report. */
export interface TableLayout {
  readonly id: string;
  readonly title: string;
  readonly columns: readonly Column[];
}

/** How much of a table is listed. */
export interface TableExtent {
  readonly listed: number;
  /** Rows there are. */
  readonly rows: number;
}

/** Events that a bound kept out of a table, or out of the findings of a rule (`rule:<id>`). */
export interface Uncounted {
  readonly where: string;
  readonly events: number;
}

/** What was there before. */
export interface BaselineSection {
  /** Name of the file. */
  readonly file: string;
  /** Findings that are in both. */
  readonly known: number;
  readonly new: number;
  /** Findings of the baseline that are no longer there. */
  readonly gone: number;
  /** Users at clients that the baseline does not know; null where it, or this report, cannot list them. */
  readonly newPairs: readonly LoginRow[] | null;
}

/** A Map that is an object in JSON. */
export class PlainMap<V> extends Map<string, V> {
  toJSON(): Readonly<Record<string, V>> {
    return Object.fromEntries(this);
  }
}

export interface Report {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'ftplog'; readonly version: string };
  readonly sources: readonly SourceRow[];
  readonly tally: Readonly<Tally>;
  /** Rows by table id, `overview` among them. */
  readonly tables: ReadonlyMap<string, readonly Row[]>;
  /** By table id. Absent for a table of a report that an earlier version saved: it may be cut, or not. */
  readonly extents: ReadonlyMap<string, TableExtent>;
  /** Where there were more different names than are kept; mostly empty. */
  readonly uncounted: readonly Uncounted[];
  readonly layouts: readonly TableLayout[];
  /** Rules that ran. */
  readonly rules: readonly RuleMeta[];
  readonly findings: readonly FindingRow[];
  readonly assumptions: readonly string[];
  /** Findings that the allow-list covers, worst first; absent without an allow-list. */
  readonly suppressed?: readonly SuppressedRow[];
  /** Absent without `--baseline`. */
  readonly baseline?: BaselineSection;
}
