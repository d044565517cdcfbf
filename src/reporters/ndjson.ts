/** `ndjson`: one JSON object a line, as things complete (schema version 1). */
import type { Exchange, Remark, Session, Transfer } from '../model.ts';
import type { Report } from '../report.ts';
import { exchangeRow } from '../rows/exchange-row.ts';
import { sessionRow } from '../rows/session-row.ts';
import { statementRow } from '../rows/statement-row.ts';
import { transferRow } from '../rows/transfer-row.ts';
import { version } from '../version.ts';
import { escapeJson } from './escape.ts';
import { jsonReport } from './json-report.ts';
import type { ReportContext, Reporter, ReportWriter } from './reporter.ts';

function open({ rows, sources }: ReportContext): ReportWriter {
  return {
    begin: (): string => line({ type: 'header', schemaVersion: 1, tool: 'ftplog', version, sources }),
    ...(rows.has('exchange')
      ? { exchange: (x: Exchange, corroborates?: string): string => line(exchangeRow(x, sources, corroborates)) }
      : {}),
    ...(rows.has('transfer')
      ? { transfer: (t: Transfer, corroborates?: string): string => line(transferRow(t, sources, corroborates)) }
      : {}),
    ...(rows.has('statement') ? { remark: (r: Remark): string => line(statementRow(r, sources)) } : {}),
    ...(rows.has('session')
      ? { session: (s: Session): string => line({ type: 'session', ...sessionRow(s, sources) }) }
      : {}),
    *end(report: Report): Iterable<string> {
      if (rows.has('diagnosis')) for (const row of report.diagnoses) yield line({ type: 'diagnosis', ...row });
      if (rows.has('finding')) for (const finding of report.findings) yield line({ type: 'finding', ...finding });
      if (rows.has('summary')) yield line({ type: 'summary', ...jsonReport(report) });
    },
  };
}

function line(row: object): string {
  return `${escapeJson(row)}\n`;
}

export const ndjson: Reporter = {
  open,
};
