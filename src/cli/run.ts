/** The analysis as a command: inputs in order, reports out, the exit status. */
import { type Analyzer, createAnalyzer, rank, UnknownDialectError } from '../analyze.ts';
import { dialects } from '../dialects/index.ts';
import { readLines } from '../io/lines.ts';
import { FileSink, type Sink, StreamSink } from '../io/sink.ts';
import { type OpenInput, openFile, openStream } from '../io/source.ts';
import { defaultLimits } from '../limits.ts';
import type { Exchange, Session, Severity, Transfer } from '../model.ts';
import type { Report } from '../report.ts';
import { reporters } from '../reporters/index.ts';
import type { ReportContext, ReportWriter, RowKind } from '../reporters/reporter.ts';
import { rules } from '../rules/index.ts';
import type { Observer } from '../session/observer.ts';
import { printable } from '../text.ts';
import { type Options, UsageError } from './flags.ts';
import type { CliIo } from './io.ts';
import { readError } from './read-error.ts';
import { loadSettings, type Settings } from './settings.ts';
import { terminalWidth, wantsColor } from './terminal.ts';
import { zoneOffset } from './zone.ts';

interface Output {
  readonly writer: ReportWriter;
  readonly sink: Sink;
}

const severities: readonly string[] = ['info', 'low', 'medium', 'high', 'critical'];

export async function analyse(typed: Options, io: CliIo): Promise<number> {
  const settings = await loadSettings(typed, io);
  const { options } = settings;
  checkFailOn(options.failOn, settings);
  const names = options.files.length === 0 ? ['-'] : options.files;
  const outputs = await openOutputs(options, io, names);
  const analyzer = makeAnalyzer(settings, outputs);
  for (const { writer, sink } of outputs) sink.write(writer.begin?.() ?? '');
  let unread = false;
  for (const name of names) unread = !(await readOne(name, analyzer, outputs, io)) || unread;
  const report = settings.review(analyzer.report(options.top));
  for (const { writer, sink } of outputs) {
    for (const piece of await writer.end(report)) {
      sink.write(piece);
      const held = sink.pause();
      if (held !== undefined) await held;
    }
    await sink.close(true);
  }
  return verdict(report, options, unread, io);
}

function checkFailOn(what: string, settings: Settings): void {
  if (what === 'never' || severities.includes(what)) return;
  if ([...rules, ...settings.rules.map((r) => r.rule)].some((r) => r.meta.id === what)) return;
  throw new UsageError(`--fail-on wants never, a severity (${severities.join(', ')}) or a rule, not '${what}'`);
}

async function openOutputs(options: Options, io: CliIo, sources: readonly string[]): Promise<readonly Output[]> {
  const rows = new Set(options.rows as readonly RowKind[]);
  const wanted = [{ format: options.format, path: undefined }, ...options.outputs];
  for (const { format } of wanted) {
    if (!reporters.some((r) => r.id === format))
      throw new UsageError(`unknown format '${format}' — one of ${reporters.map((r) => r.id).join(', ')}`);
  }
  return Promise.all(
    wanted.map(async ({ format, path }): Promise<Output> => {
      const context: ReportContext = {
        color: path === undefined && wantsColor(options.color, io),
        width: path === undefined ? terminalWidth(io) : 80,
        rows,
        sources,
      };
      const reporter = await reporters.find((r) => r.id === format)?.load();
      if (reporter === undefined) throw new UsageError(`unknown format '${format}'`);
      return {
        writer: reporter.open(context),
        sink: path === undefined ? new StreamSink(io.stdout) : new FileSink(path),
      };
    }),
  );
}

function makeAnalyzer({ options, rules: choices }: Settings, outputs: readonly Output[]): Analyzer {
  try {
    return createAnalyzer({
      ...(options.dialect === undefined ? {} : { dialect: options.dialect }),
      ...(options.year === undefined ? {} : { year: options.year }),
      ...(options.timezone === undefined ? {} : { timezone: options.timezone, offsetAt: zoneOffset(options.timezone) }),
      rules: choices,
      observer: rowObserver(outputs),
    });
  } catch (error) {
    if (!(error instanceof UnknownDialectError)) throw error;
    const near = dialects.filter((d) => d.id.includes(error.id) || error.id.includes(d.id)).map((d) => d.id);
    throw new UsageError(
      `unknown dialect '${error.id}' — ${near.length > 0 ? `did you mean ${near.join(', ')}?` : 'see ftplog dialects'}`,
    );
  }
}

/** Rows go out as things complete, to the outputs that want them; who wants none is not asked. */
function rowObserver(outputs: readonly Output[]): Partial<Observer> {
  const observer: { -readonly [K in keyof Observer]?: Observer[K] } = {};
  for (const { writer, sink } of outputs) {
    const { exchange, transfer, session } = observer;
    if (writer.exchange !== undefined) {
      observer.exchange = (x: Exchange): void => {
        exchange?.(x);
        sink.write(writer.exchange?.(x) ?? '');
      };
    }
    if (writer.transfer !== undefined) {
      observer.transfer = (t: Transfer): void => {
        transfer?.(t);
        sink.write(writer.transfer?.(t) ?? '');
      };
    }
    if (writer.session !== undefined) {
      observer.session = (s: Session): void => {
        session?.(s);
        sink.write(writer.session?.(s) ?? '');
      };
    }
  }
  return observer;
}

/** Reads one input to its end; false if it could not be read, or only in part. */
async function readOne(name: string, analyzer: Analyzer, outputs: readonly Output[], io: CliIo): Promise<boolean> {
  let input: OpenInput;
  try {
    input = name === '-' ? await openStream(io.stdin, io.now) : await openFile(name);
  } catch (error) {
    analyzer.source({ name });
    return failed(name, error, analyzer, io);
  }
  analyzer.source({ name, reference: input.modified });
  try {
    const read = await readLines(
      input.stream,
      defaultLimits.lineOctets,
      (line) => analyzer.line(line),
      () => held(outputs),
    );
    analyzer.endSource(read);
    return true;
  } catch (error) {
    return failed(name, error, analyzer, io);
  }
}

function held(outputs: readonly Output[]): Promise<void> | undefined {
  const waits = outputs.map((o) => o.sink.pause()).filter((wait) => wait !== undefined);
  return waits.length === 0 ? undefined : Promise.all(waits).then(() => undefined);
}

/** An input that cannot be read is said on stderr and in the report; anything else is a bug and stays one. */
function failed(name: string, error: unknown, analyzer: Analyzer, io: CliIo): false {
  const reason = readError(error);
  analyzer.endSource({ error: reason });
  io.stderr.write(`ftplog: ${printable(name)}: ${reason}\n`);
  return false;
}

function verdict(report: Report, options: Options, unread: boolean, io: CliIo): number {
  const { unparsed, understood, noise } = report.tally;
  const counted = unparsed + understood + noise;
  const share = counted === 0 ? 0 : (unparsed / counted) * 100;
  const tooMuch = options.maxUnparsed !== undefined && share > options.maxUnparsed;
  if (tooMuch)
    io.stderr.write(
      `ftplog: ${share.toFixed(1)} % of the lines were not understood, more than ${options.maxUnparsed} %\n`,
    );
  const failing = report.findings.filter((f) => f.known !== true && fails(f.rule, f.severity, options.failOn)).length;
  if (!options.quiet && options.failOn !== 'never') {
    const count = failing === 0 ? 'no' : String(failing);
    const what = report.baseline === undefined ? 'finding' : 'new finding';
    io.stderr.write(
      `ftplog: ${count} ${what}${failing === 1 ? '' : 's'} for --fail-on ${options.failOn}${setAside(report)}\n`,
    );
  }
  if (unread || tooMuch) return 3;
  return failing > 0 ? 1 : 0;
}

/** What the baseline and the allow-list took out of the count. */
function setAside({ baseline, suppressed = [] }: Report): string {
  const parts = [
    ...(baseline === undefined || baseline.known === 0 ? [] : [`${baseline.known} known`]),
    ...(suppressed.length === 0 ? [] : [`${suppressed.length} suppressed`]),
  ];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function fails(rule: string, severity: Severity, failOn: string): boolean {
  if (failOn === 'never') return false;
  return severities.includes(failOn) ? rank(severity) >= severities.indexOf(failOn) : rule === failOn;
}
