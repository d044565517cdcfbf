/** What a report format is. Writers are pure: no clock, no environment, no file; colour and width are told. */
import type { Exchange, Session, Transfer } from '../model.ts';
import type { Report } from '../report.ts';

/** Kinds of rows that `ndjson` and `csv` carry. */
export type RowKind = 'exchange' | 'session' | 'transfer' | 'finding' | 'summary';

export interface ReportContext {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
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
  session?(session: Session): string;
  end(report: Report): Iterable<string> | Promise<Iterable<string>>;
}

export interface Reporter {
  readonly extension: string;
  /** Rows per table where nobody asks for a number. Default: as `--top`. */
  readonly rows?: number;
  open(context: ReportContext): ReportWriter;
}
