/** The analysis as a command: inputs in order, reports out, the exit status. */
import { statSync } from 'node:fs';
import { type Analyzer, createAnalyzer, UnknownDialectError } from '../analyze.ts';
import { dialects } from '../dialects/index.ts';
import { suggestions } from '../explain/suggest.ts';
import { readLines } from '../io/lines.ts';
import { type OpenInput, openFile, openStream } from '../io/source.ts';
import { defaultLimits } from '../limits.ts';
import type { Report } from '../report.ts';
import { rules } from '../rules/index.ts';
import { printable } from '../text.ts';
import { commands } from './commands.ts';
import { checkFailOn, isFailing } from './fail-on.ts';
import { type Options, UsageError } from './flags.ts';
import type { CliIo } from './io.ts';
import { Outputs } from './outputs.ts';
import { createProgress, type Progress } from './progress.ts';
import { readError } from './read-error.ts';
import { loadSettings, type Settings } from './settings.ts';

export async function analyse(typed: Options, io: CliIo): Promise<number> {
  const settings = await loadSettings(typed, io);
  const { options } = settings;
  checkFailOn(
    options.failOn,
    [...rules, ...settings.rules.map((r) => r.rule)].map((r) => r.meta),
  );
  const names = options.files.length === 0 ? ['-'] : options.files;
  const outputs = await Outputs.open(options, io, names);
  const analyzer = makeAnalyzer(settings, outputs);
  outputs.begin();
  const progress = createProgress({
    stream: io.stderr,
    wanted: options.progress,
    total: names.reduce((sum, name) => sum + sizeOf(name), 0),
    now: () => performance.now(),
  });
  let unread = false;
  for (const name of names) unread = !(await readOne(name, analyzer, outputs, progress, io)) || unread;
  progress.clear();
  const reports = new Map<number, Report>();
  const reportOf = (top: number): Report => {
    const known = reports.get(top) ?? settings.review(analyzer.report(top));
    reports.set(top, known);
    return known;
  };
  await outputs.end(options.top, reportOf);
  // Findings do not depend on the rows of tables: any report will do.
  const [report = reportOf(1)] = reports.values();
  return verdict(report, options, unread || outputs.unwritten, io);
}

function makeAnalyzer({ options, rules: choices }: Settings, outputs: Outputs): Analyzer {
  try {
    return createAnalyzer({
      ...(options.dialect === undefined ? {} : { dialect: options.dialect }),
      ...(options.year === undefined ? {} : { year: options.year }),
      ...(options.timezone === undefined ? {} : { timezone: options.timezone }),
      rules: choices,
      observer: outputs.observer(),
    });
  } catch (error) {
    if (!(error instanceof UnknownDialectError)) throw error;
    const near = dialects.filter((d) => d.id.includes(error.id) || error.id.includes(d.id)).map((d) => d.id);
    throw new UsageError(
      `unknown dialect '${error.id}' — ${near.length > 0 ? `did you mean ${near.join(', ')}?` : 'see ftplog dialects'}`,
    );
  }
}

/** Reads one input to its end; false if it could not be read, or only in part. */
async function readOne(
  name: string,
  analyzer: Analyzer,
  outputs: Outputs,
  progress: Progress,
  io: CliIo,
): Promise<boolean> {
  let input: OpenInput;
  try {
    input = name === '-' ? await openStream(io.stdin, io.now) : await openFile(name);
  } catch (error) {
    analyzer.source({ name });
    progress.clear();
    return failed(name, error, analyzer, io);
  }
  analyzer.source({ name, reference: input.modified });
  progress.source();
  try {
    const read = await readLines(
      input.stream,
      defaultLimits.lineOctets,
      (line) => analyzer.line(line),
      (bytes) => {
        progress.read(bytes);
        return outputs.pause();
      },
    );
    analyzer.endSource(read);
    return true;
  } catch (error) {
    progress.clear();
    return failed(name, error, analyzer, io);
  }
}

/** Octets of a plain file; 0 if that is not known before it is read (a stream, gzip, nothing there). */
function sizeOf(name: string): number {
  if (name === '-' || name.endsWith('.gz')) return 0;
  return statSync(name, { throwIfNoEntry: false })?.size ?? 0;
}

/** An input that cannot be read is said on stderr and in the report; anything else is a bug and stays one. */
function failed(name: string, error: unknown, analyzer: Analyzer, io: CliIo): false {
  const reason = readError(error);
  analyzer.endSource({ error: reason });
  io.stderr.write(`ftplog: ${printable(name)}: ${reason}${meant(name)}\n`);
  return false;
}

/** A mistyped command is taken for a file. */
function meant(name: string): string {
  if (name === 'help' || name === 'version') return ` — did you mean ftplog --${name}?`;
  const near = suggestions(
    name,
    commands.map((c) => c.name),
  )[0];
  return near === undefined ? '' : ` — did you mean ftplog ${near}?`;
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
  const failing = report.findings.filter((f) => f.known !== true && isFailing(f, options.failOn)).length;
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
