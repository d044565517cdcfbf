/** The analysis as a command: inputs in order, reports out, the exit status. */
import { statSync } from 'node:fs';
import { type Analyzer, type AnalyzerOptions, createAnalyzer, UnknownDialectError } from '../analyze.ts';
import { dialects } from '../dialects/index.ts';
import { feed, type Watcher } from '../feed.ts';
import type { Report, SourceRow } from '../report.ts';
import { rules } from '../rules/index.ts';
import { printable } from '../text.ts';
import { hint } from './choice.ts';
import { checkFailOn, isFailing } from './fail-on.ts';
import type { Options } from './flags.ts';
import { formatOf } from './formats.ts';
import { inputOf } from './input.ts';
import type { CliIo } from './io.ts';
import { missingHint } from './missing.ts';
import { Outputs } from './outputs.ts';
import { checkPlaces } from './places.ts';
import { createProgress, type Progress } from './progress.ts';
import { errorCode, isSystemError, readError } from './read-error.ts';
import { loadSettings, type Settings } from './settings.ts';
import { isDumb } from './terminal.ts';
import { holdsNoFtp, judgedUnread, noFtpText } from './unread.ts';
import { UsageError } from './usage-error.ts';

export async function analyse(typed: Options, io: CliIo): Promise<number> {
  const settings = await loadSettings(typed, io);
  const { options } = settings;
  checkFailOn(
    options.failOn,
    [...rules, ...settings.rules.map((r) => r.rule)].map((r) => r.meta),
  );
  const names = options.operands.length === 0 ? ['-'] : options.operands;
  checkInputs(names);
  const besides = [options.baseline ?? '', settings.configPath].filter((name) => name !== '');
  checkPlaces({ inputs: [...names, ...besides], outputs: options.output, format: options.format }, io);
  const interrupts = io.interrupts?.();
  const stop = interrupts?.signal;
  const outputs = await Outputs.open(options, io, names);
  const analyzer = makeAnalyzer(settings, outputs, names.length === 1);
  outputs.begin();
  const progress = progressOf(names, options, io);
  const inputs = names.map((name) => inputOf(name, io, stop));
  const octets = await feed(analyzer, inputs, readingOf(options), watcherOf(outputs, progress, io, stop));
  progress.clear();
  analyzer.end();
  await io.allRead?.(octets);
  if (stop?.aborted === true)
    io.stderr.write(`ftplog: ${String(stop.reason)}: the report holds what was read until then\n`);
  let noFtp: readonly SourceRow[] = [];
  const reports = new Map<number, Report>();
  const reportOf = (top: number): Report => {
    const known = reports.get(top);
    if (known !== undefined) return known;
    const plain = analyzer.report(top);
    noFtp = plain.sources.filter((source) => source.error === '' && holdsNoFtp(source));
    const report = settings.review(isStrict(options) ? judgedUnread(plain) : plain);
    reports.set(top, report);
    return report;
  };
  await outputs.end(options.top, reportOf);
  // Findings and sources do not depend on the rows of tables: any report will do.
  const [report = reportOf(1)] = reports.values();
  if (isStrict(options) || (!options.quiet && formatOf(options.format).tellsInputs !== true))
    for (const source of noFtp) io.stderr.write(`ftplog: ${shownName(source.name)}: ${noFtpText(source)}\n`);
  const status = verdict(report, options, outputs.unwritten, io);
  return stop?.aborted === true ? (interrupts?.status() ?? status) : status;
}

function progressOf(names: readonly string[], options: Options, io: CliIo): Progress {
  const wanted = !options.noProgress && !options.quiet && io.stderr.isTTY === true && !isDumb(io.env);
  return createProgress({
    stream: io.stderr,
    wanted,
    total: wanted ? names.reduce((sum, name) => sum + sizeOf(name), 0) : 0,
    now: () => performance.now(),
  });
}

function checkInputs(names: readonly string[]): void {
  if (names.filter((name) => name === '-').length > 1)
    throw new UsageError('standard input can be read once only: - stands there twice');
}

function makeAnalyzer({ options, rules: choices }: Settings, outputs: Outputs, alone: boolean): Analyzer {
  try {
    return createAnalyzer({
      ...readingOf(options),
      rules: choices,
      observer: outputs.observer(),
      alone,
    });
  } catch (error) {
    if (!(error instanceof UnknownDialectError)) throw error;
    const ids = dialects.map((d) => d.id);
    throw new UsageError(`unknown dialect '${error.id}'${hint(error.id, ids, 'see ftplog dialects')}`);
  }
}

/** How lines are to be read. */
function readingOf({ dialect, year, timezone }: Options): Pick<AnalyzerOptions, 'dialect' | 'year' | 'timezone'> {
  return {
    ...(dialect === undefined ? {} : { dialect }),
    ...(year === undefined ? {} : { year }),
    ...(timezone === undefined ? {} : { timezone }),
  };
}

/** What was wrong with an input is said on stderr, and in the report; the others are read. */
function watcherOf(outputs: Outputs, progress: Progress, io: CliIo, stop: AbortSignal | undefined): Watcher {
  return {
    skips: () => (stop?.aborted === true ? `not read: ${String(stop.reason)} came before` : undefined),
    begun: () => progress.source(),
    pause: (octets) => {
      progress.read(octets);
      return outputs.pause();
    },
    fault: (name, error) => {
      progress.clear();
      return stop?.aborted === true ? `${String(stop.reason)} came: read only in part` : said(name, error, io);
    },
  };
}

/** Says on stderr why an input is not read, or only in part; returns it for the report. */
function said(name: string, error: unknown, io: CliIo): string {
  const reason = readError(error);
  const hint = errorCode(error) === 'ENOENT' ? missingHint(name) : '';
  io.stderr.write(`ftplog: ${shownName(name)}: ${reason}${hint}\n`);
  return reason;
}

/** A name as it is shown in a message. */
function shownName(name: string): string {
  if (name === '-') return 'standard input';
  return name === '' ? "''" : printable(name);
}

/** Octets of a plain file, for the progress line only; 0 if that is not known before it is read. */
function sizeOf(name: string): number {
  if (name === '-' || /\.(gz|xz|zst|bz2)$/.test(name)) return 0;
  try {
    return statSync(name).size;
  } catch (error) {
    // Said where the file is opened.
    if (!isSystemError(error)) throw error;
    return 0;
  }
}

/** The run is to judge the logs: what holds no FTP was not judged. */
function isStrict({ failOn, format, output }: Options): boolean {
  return failOn !== 'never' || [{ format }, ...output].some((wanted) => formatOf(wanted.format).judges === true);
}

function verdict(report: Report, options: Options, unwritten: boolean, io: CliIo): number {
  const unread = report.sources.filter((source) => source.error !== '').length;
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
    const inputs = report.sources.length;
    const where = unread === 0 ? '' : `, with ${unread} of ${inputs} inputs not read, or only in part`;
    const judged = report.tally.understood > 0 || unread === 0;
    io.stderr.write(
      judged
        ? `ftplog: ${count} ${what}${failing === 1 ? '' : 's'} for --fail-on ${options.failOn}${setAside(report)}${where}\n`
        : `ftplog: nothing was read that --fail-on ${options.failOn} could judge\n`,
    );
  }
  if (unread > 0 || unwritten || tooMuch) return 3;
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
