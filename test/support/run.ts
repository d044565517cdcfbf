/** Runs the whole analysis on octets, as the command does, and gives its outputs as text. */
import { type AnalyzerOptions, createAnalyzer } from '../../src/analyze.ts';
import { InputError } from '../../src/io/input-error.ts';
import { type LinesRead, readLines } from '../../src/io/lines.ts';
import { openStream } from '../../src/io/source.ts';
import type { Exchange, Remark, Session, Transfer } from '../../src/model.ts';
import type { Report } from '../../src/report.ts';
import { reporters } from '../../src/reporters/index.ts';
import { type RowKind, rowKinds } from '../../src/reporters/reporter.ts';
import { chunked } from './fixture.ts';

const everyRow: ReadonlySet<RowKind> = new Set(rowKinds);
/** Logs without a year were written in 2026. */
const reference = Date.UTC(2026, 11, 31);

export interface Output {
  readonly report: Report;
  /** What each format printed, by its id. */
  readonly printed: ReadonlyMap<string, string>;
}

/** One source, in chunks of this size (0: whole), to these formats. */
export function run(octets: Buffer, { name = 'a.log', ...how }: { name?: string } & How = {}): Promise<Output> {
  return runAll([{ name, octets }], how);
}

interface How {
  readonly chunkSize?: number;
  readonly formats?: readonly string[];
  readonly options?: AnalyzerOptions;
  readonly width?: number;
}

/** What a source gives, in chunks of this size: each line to `take`, then what is said at its end. An analysis gets no more. */
export async function readOctets(
  octets: Buffer,
  chunkSize: number,
  take: (line: string) => void,
): Promise<LinesRead & { readonly error?: string }> {
  const input = await openStream(chunked(octets, chunkSize), reference);
  const read = await readLines(input.chunks, 65_536, take, () => undefined);
  // Data that end too early are a fault of the input, which the report names.
  if (read.fault !== undefined && !(read.fault instanceof InputError)) throw read.fault;
  return read.fault === undefined ? read : { ...read, error: read.fault.message };
}

/** Several sources, one after the other. */
export async function runAll(
  inputs: readonly { readonly name: string; readonly octets: Buffer }[],
  { chunkSize = 0, formats = ['ndjson'], options = {}, width = 80 }: How = {},
): Promise<Output> {
  const context = { color: false, width, rows: everyRow, sources: inputs.map((i) => i.name) };
  const writers = await Promise.all(
    formats.map(async (id) => {
      const reporter = await reporters.find((r) => r.id === id)?.load();
      if (reporter === undefined) throw new Error(`no format ${id}`);
      const writer = reporter.open(context);
      return { id, writer, text: writer.begin?.() ?? '' };
    }),
  );
  const add = (
    what: 'exchange' | 'transfer' | 'remark' | 'session',
    row: Exchange & Transfer & Remark & Session,
  ): void => {
    for (const w of writers) w.text += w.writer[what]?.(row) ?? '';
  };
  const analyzer = createAnalyzer({
    ...options,
    observer: {
      exchange: (x) => add('exchange', x as Exchange & Transfer & Remark & Session),
      transfer: (t) => add('transfer', t as Exchange & Transfer & Remark & Session),
      remark: (r) => add('remark', r as Exchange & Transfer & Remark & Session),
      session: (s) => add('session', s as Exchange & Transfer & Remark & Session),
    },
  });
  for (const { name, octets } of inputs) {
    analyzer.source({ name, reference });
    analyzer.endSource(await readOctets(octets, chunkSize, (line) => analyzer.line(line)));
  }
  const report = analyzer.report(0);
  const printed = new Map<string, string>();
  for (const { id, writer, text } of writers) {
    let all = text;
    for (const piece of await writer.end(report)) all += piece;
    printed.set(id, all);
  }
  return { report, printed };
}

/** Every format there is. */
export const formats: readonly string[] = reporters.map((r) => r.id);
