/** `csv` (RFC 4180): one line a row, the header always. */
import type { Cell, Exchange, Remark, Session, Transfer } from '../model.ts';
import type { Report } from '../report.ts';
import { type DiagnosisRow, diagnosisShape } from '../rows/diagnosis-row.ts';
import { exchangeRow, exchangeShape } from '../rows/exchange-row.ts';
import { type FindingRow, findingShape } from '../rows/finding-row.ts';
import { sessionRow, sessionRowShape } from '../rows/session-row.ts';
import { statementRow, statementShape } from '../rows/statement-row.ts';
import { transferRow, transferShape } from '../rows/transfer-row.ts';
import type { Fields, ObjectShape } from '../shapes.ts';
import { cureTexts } from './diagnosis-text.ts';
import { escapeCsv } from './escape.ts';
import type { ReportContext, Reporter, ReportWriter, RowKind } from './reporter.ts';

/** Columns are fixed, and keep their order; they never depend on what the rows hold. */
const fixed: Readonly<Record<RowKind, readonly string[]>> = {
  exchange: [
    'source',
    'dialect',
    'session',
    'client',
    'clientPort',
    'user',
    'verb',
    'argument',
    'line',
    'time',
    'code',
    'class',
    'kind',
    'outcome',
    'legal',
    'latencyMs',
    'bytes',
    'inferred',
    'deviations',
    'replies',
    'text',
    'corroborates',
  ],
  session: [
    'source',
    'dialect',
    'session',
    'key',
    'client',
    'clientPort',
    'server',
    'user',
    'opened',
    'closed',
    'durationMs',
    'firstLine',
    'lastLine',
    'end',
    'commands',
    'replyCount',
    'unanswered',
    'failures',
    'failedLogins',
    'loggedIn',
    'encrypted',
    'downloads',
    'uploads',
    'bytesDown',
    'bytesUp',
    'serverPort',
    'corroborates',
  ],
  transfer: [
    'source',
    'dialect',
    'session',
    'client',
    'user',
    'direction',
    'path',
    'bytes',
    'durationMs',
    'complete',
    'line',
    'time',
    'corroborates',
  ],
  finding: [
    'rule',
    'severity',
    'message',
    'client',
    'user',
    'network',
    'session',
    'count',
    'firstTime',
    'lastTime',
    'evidence',
    'fingerprint',
    'known',
  ],
  summary: ['measure', 'value'],
  statement: ['source', 'dialect', 'session', 'client', 'user', 'line', 'time', 'meaning', 'about', 'code'],
  diagnosis: [
    'id',
    'certainty',
    'who',
    'title',
    'cause',
    'cure',
    'settle',
    'client',
    'server',
    'session',
    'count',
    'firstTime',
    'lastTime',
    'evidence',
  ],
};

/** What stands under other names: the kind of row, whom a finding or diagnosis is about, how many replies a session has. */
const elsewhere: ReadonlySet<string> = new Set(['type', 'subject', 'replies']);

/** Cells that came later stand behind them. */
const columns: Readonly<Record<RowKind, readonly string[]>> = {
  exchange: withLater(fixed.exchange, exchangeShape),
  session: withLater(fixed.session, sessionRowShape),
  transfer: withLater(fixed.transfer, transferShape),
  finding: withLater(fixed.finding, findingShape),
  summary: fixed.summary,
  statement: withLater(fixed.statement, statementShape),
  diagnosis: withLater(fixed.diagnosis, diagnosisShape),
};

function withLater(known: readonly string[], { fields }: ObjectShape<Fields>): readonly string[] {
  return [...new Set([...known, ...Object.keys(fields).filter((key) => !elsewhere.has(key))])];
}

const order: readonly RowKind[] = ['exchange', 'transfer', 'session', 'finding', 'summary', 'statement', 'diagnosis'];

function open({ rows: kinds, sources }: ReportContext): ReportWriter {
  const header = ['type', ...new Set(order.filter((kind) => kinds.has(kind)).flatMap((kind) => columns[kind]))];
  const line = (type: RowKind, row: Readonly<Record<string, unknown>>): string =>
    `${header.map((name) => escapeCsv(name === 'type' ? type : cellOf(row[name]))).join(',')}\r\n`;
  return {
    begin: (): string => `${header.join(',')}\r\n`,
    ...(kinds.has('exchange')
      ? { exchange: (x: Exchange, c?: string): string => line('exchange', exchangeCells(x, sources, c)) }
      : {}),
    ...(kinds.has('transfer')
      ? { transfer: (t: Transfer, c?: string): string => line('transfer', transferRow(t, sources, c)) }
      : {}),
    ...(kinds.has('session') ? { session: (s: Session): string => line('session', sessionCells(s, sources)) } : {}),
    ...(kinds.has('statement') ? { remark: (r: Remark): string => line('statement', statementRow(r, sources)) } : {}),
    *end(report: Report): Iterable<string> {
      if (kinds.has('diagnosis')) for (const row of report.diagnoses) yield line('diagnosis', diagnosisCells(row));
      if (kinds.has('finding')) for (const finding of report.findings) yield line('finding', findingCells(finding));
      if (kinds.has('summary'))
        for (const [measure, value] of measures(report)) yield line('summary', { measure, value });
    },
  };
}

function cellOf(value: unknown): Cell {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

function exchangeCells(
  x: Exchange,
  sources: readonly string[],
  corroborates?: string,
): Readonly<Record<string, unknown>> {
  const row = exchangeRow(x, sources, corroborates);
  return {
    ...row,
    deviations: row.deviations.join(' '),
    replies: row.replies.map((r) => r.code).join(' '),
    text: row.replies.at(-1)?.text ?? null,
  };
}

function sessionCells(s: Session, sources: readonly string[]): Readonly<Record<string, unknown>> {
  const row = sessionRow(s, sources);
  return { ...row, replyCount: row.replies };
}

function findingCells(f: FindingRow): Readonly<Record<string, unknown>> {
  return { ...f, ...f.subject, evidence: placesOf(f) };
}

/** Cures a line each, as people read them in a cell. */
function diagnosisCells(row: DiagnosisRow): Readonly<Record<string, unknown>> {
  return { ...row, ...row.subject, cure: cureTexts(row).join('\n'), evidence: placesOf(row) };
}

function placesOf({ evidence }: FindingRow | DiagnosisRow): string {
  return evidence.map((place) => `${place.source}:${place.line}`).join(' ');
}

function measures(report: Report): readonly (readonly [string, Cell])[] {
  const overview = report.tables.get('overview')?.[0] ?? {};
  return [
    ...Object.entries(report.tally),
    ...Object.entries(overview),
    ['findings', report.findings.length],
    ['diagnoses', report.diagnoses.length],
  ];
}

export const csv: Reporter = { open };
