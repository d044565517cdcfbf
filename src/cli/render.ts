/** `ftplog render REPORT.json`: any format from a saved JSON report. */
import { FileSink, type Sink, StreamSink } from '../io/sink.ts';
import type { Report } from '../report.ts';
import type { ReportContext, ReporterEntry, RowKind } from '../reporters/reporter.ts';
import { printable } from '../text.ts';
import { command } from './command.ts';
import { flag, last } from './flag.ts';
import { color, format, noColor, output, rowsOf } from './flags.ts';
import { formatOf, rowFormats, savedDefaults, savedRows } from './formats.ts';
import type { CliIo } from './io.ts';
import { checkPlaces, targetOf } from './places.ts';
import { ReportFileError, readReport } from './report-file.ts';
import { terminalWidth, wantsColor } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { writeError } from './write-error.ts';

const rows = flag('rows', {
  value: 'LIST',
  help: `rows of ${rowFormats}: ${savedRows.join(', ')} (default: ${savedDefaults})`,
  complete: async () => savedRows,
  settle: last(rowsOf(savedRows)),
});

export const render = command({
  name: 'render',
  usage: 'REPORT.json [-f FORMAT] [-o FORMAT=FILE]…',
  about: `Writes a report again in other formats. REPORT.json is what --format json or
-o json=FILE wrote; - is standard input. A saved report holds no rows of
exchanges, transfers, sessions and statements.`,
  flags: [format, output, rows, color, noColor],
  more: 'Exit status: 0 written, 2 wrong use, 3 not read or not written.',
  async run(asked, io): Promise<number> {
    const [name, ...others] = asked.operands;
    if (name === undefined || others.length > 0)
      throw new UsageError('render wants one file — ftplog render report.json -o html=report.html');
    const wanted = [{ format: asked.format, path: undefined }, ...asked.output].map((one) => ({
      entry: formatOf(one.format),
      path: one.path,
    }));
    checkPlaces({ inputs: [name], outputs: asked.output, format: asked.format }, io);
    endOnSignal(io);
    const report = await loadReport(name, io);
    if (report === undefined) return 3;
    let status = 0;
    for (const { entry, path } of wanted) {
      const context = {
        width: path === undefined ? terminalWidth(io) : 80,
        color: path === undefined && wantsColor(asked.color, io),
        rows: new Set<RowKind>(asked.rows ?? entry.rows?.saved),
        sources: report.sources.map((source) => source.name),
      };
      if (!(await writeReport(report, { entry, path, context }, io))) status = 3;
    }
    return status;
  },
});

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
  readonly entry: ReporterEntry;
  readonly path: string | undefined;
  readonly context: ReportContext;
}

async function writeReport(report: Report, { entry, path, context }: Target, io: CliIo): Promise<boolean> {
  const writer = (await entry.load()).open(context);
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
