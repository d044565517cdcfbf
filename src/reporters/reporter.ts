/** What a report format is. Writers are pure: no clock, no environment, no file; colour and width are told. */
import type { Exchange, Remark, Session, Transfer } from '../model.ts';
import type { Report } from '../report.ts';

/** Kinds of rows, for formats that are lists of them. */
export const rowKinds = ['exchange', 'session', 'transfer', 'statement', 'diagnosis', 'finding', 'summary'] as const;

export type RowKind = (typeof rowKinds)[number];

export interface ReportContext {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** Kinds of rows that are asked for. */
  readonly rows: ReadonlySet<RowKind>;
  /** Names of the sources, by index; all are known before the first row. */
  readonly sources: readonly string[];
}

/**
 * Writes one report. The row functions are called as things complete, `end` once. `corroborates`: the session in which
 * another log told it before, and in which it is counted; '' if none did.
 */
export interface ReportWriter {
  begin?(): string;
  exchange?(exchange: Exchange, corroborates?: string): string;
  transfer?(transfer: Transfer, corroborates?: string): string;
  remark?(remark: Remark): string;
  session?(session: Session): string;
  end(report: Report): Iterable<string> | Promise<Iterable<string>>;
}

export interface Reporter {
  open(context: ReportContext): ReportWriter;
}

/** A format as the registry has it: all that is known of it before a report is written. */
export interface ReporterEntry {
  readonly id: string;
  /** For whom it is, and what it holds: its row in docs/reports.md. */
  readonly for: string;
  readonly holds: string;
  /** What others read it as; `text` has a grammar of its own. */
  readonly syntax: Syntax;
  /** Of its files. */
  readonly extension: string;
  /** Rows per table where nobody asks for a number; default: {@link usualTop}. */
  readonly top?: number;
  /** It is a list of rows. These where nobody asks for others: of a log, and of a saved report, which has fewer. */
  readonly rows?: { readonly log: readonly RowKind[]; readonly saved: readonly RowKind[] };
  /** A check passes or fails in it. */
  readonly judges?: true;
  /** Who reads it on standard output is told there of inputs without FTP. */
  readonly tellsInputs?: true;
  /** How it is known when it is given as a log; without it nothing can tell. */
  readonly mark?: Mark;
  load(): Promise<Reporter>;
}

export type Syntax = 'text' | 'json' | 'json-lines' | 'csv' | 'markdown' | 'html' | 'xml';

export interface Mark {
  /** Fits the first kilobyte; that of JSON is without blanks. */
  readonly fits: RegExp;
  /** With its article, behind "is". */
  readonly what: string;
  /** What to do; FILE stands for its name. Default: to give the log that it was made of. */
  readonly help?: string;
}

/** Rows per table of reports for people. */
export const usualTop = 10;
