/** `ftplog render REPORT.json`: any format from a saved JSON report. */
import { FileSink, type Sink, StreamSink } from '../io/sink.ts';
import type { Report } from '../report.ts';
import { printable } from '../text.ts';
import { parseFlags } from './flags.ts';
import { formatOf } from './formats.ts';
import type { CliIo } from './io.ts';
import { checkPlaces, targetOf } from './places.ts';
import { ReportFileError, readReport } from './report-file.ts';
import { terminalWidth, wantsColor } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { writeError } from './write-error.ts';

const usage = `Usage: ftplog render REPORT.json [-f FORMAT] [-o FORMAT=FILE]…

Writes a report again in other formats. REPORT.json is what --format json or
-o json=FILE wrote; - is standard input. A saved report holds no exchanges:
csv carries the findings, ndjson findings and summary.

Exit status: 0 written, 2 wrong use, 3 not read or not written.
`;

/** Runs the command; resolves to the exit status. */
export async function runRender(argv: readonly string[], io: CliIo): Promise<number> {
  const options = parseFlags(argv);
  if (options.help) {
    io.stdout.write(usage);
    return 0;
  }
  const [name, ...others] = options.files;
  if (name === undefined || others.length > 0)
    throw new UsageError('render wants one file — ftplog render report.json -o html=report.html');
  const wanted = [{ format: options.format, path: undefined }, ...options.output];
  for (const { format } of wanted) formatOf(format);
  checkPlaces({ inputs: [name], outputs: options.output, format: options.format }, io);
  endOnSignal(io);
  const report = await loadReport(name, io);
  if (report === undefined) return 3;
  let status = 0;
  for (const { format, path } of wanted) {
    const width = path === undefined ? terminalWidth(io) : 80;
    const color = path === undefined && wantsColor(options.color, io);
    if (!(await writeReport(report, { format, path, width, color }, io))) status = 3;
  }
  return status;
}

/** A signal ends the process, but takes away what is half written. */
function endOnSignal(io: CliIo): void {
  const interrupts = io.interrupts?.();
  interrupts?.signal.addEventListener('abort', () => interrupts.end());
}

/** The report of a file; undefined, and said why, if there is none. */
async function loadReport(name: string, io: CliIo): Promise<Report | undefined> {
  try {
    return await readReport(name, io);
  } catch (error) {
    if (!(error instanceof ReportFileError)) throw error;
    io.stderr.write(`ftplog: ${error.message} — write one with ftplog -o json=FILE\n`);
    return undefined;
  }
}

interface Target {
  readonly format: string;
  readonly path: string | undefined;
  readonly width: number;
  readonly color: boolean;
}

async function writeReport(report: Report, { format, path, width, color }: Target, io: CliIo): Promise<boolean> {
  const entry = formatOf(format);
  const reporter = await entry.load();
  const rows = new Set(entry.rows?.saved);
  const writer = reporter.open({ color, width, rows, sources: report.sources.map((s) => s.name) });
  try {
    const sink: Sink = path === undefined ? new StreamSink(io.stdout) : new FileSink(path, targetOf(path));
    sink.write(writer.begin?.() ?? '');
    for (const piece of await writer.end(report)) {
      sink.write(piece);
      const held = sink.pause();
      if (held !== undefined) await held;
    }
    await sink.close(true);
    return true;
  } catch (error) {
    const reason = writeError(error);
    io.stderr.write(`ftplog: ${printable(path ?? 'standard output')}: ${reason}\n`);
    return false;
  }
}
