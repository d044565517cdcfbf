/** Command line, configuration and baseline together: what one run goes by. */
import { allowList, type ChosenRule, chosenRules, current, expired } from '../config/apply.ts';
import type { AllowEntry, Config } from '../config/config.ts';
import type { Report } from '../report.ts';
import { againstBaseline } from '../review/baseline.ts';
import { suppress } from '../review/suppress.ts';
import { rules } from '../rules/index.ts';
import { printable } from '../text.ts';
import { type LoadedConfig, loadConfig } from './config-file.ts';
import { configurable, type Options } from './flags.ts';
import type { CliIo } from './io.ts';
import { ReportFileError, readReport } from './report-file.ts';
import { UsageError } from './usage-error.ts';

/** What a run goes by. */
export interface Settings {
  /** The command line, completed by the configuration. */
  readonly options: Options;
  readonly rules: readonly ChosenRule[];
  /** The configuration file, named or found; '' if there is none. */
  readonly configPath: string;
  /** Says what the allow-list and the baseline change of a finished report. */
  readonly review: (report: Report) => Report;
}

/** Reads configuration and baseline; a {@link UsageError} says what is wrong with them. */
export async function loadSettings(options: Options, io: CliIo): Promise<Settings> {
  const loaded = await loadConfig(options, io);
  const config = current(loaded.config, io.now);
  for (const entry of loaded.config.allow.filter((each) => expired(each, io.now))) io.stderr.write(expiredNote(entry));
  const baseline = options.baseline === undefined ? undefined : await loadBaseline(options.baseline, io);
  const cover = config.allow.length === 0 ? undefined : allowList(config, loaded);
  return {
    options: completed(options, config),
    configPath: loaded.path,
    rules: chosenRules(config, rules, loaded),
    review: (report) => {
      const rest = cover === undefined ? report : suppress(report, cover);
      return baseline === undefined ? rest : againstBaseline(rest, baseline, options.baseline ?? '');
    },
  };
}

/** Options that were not typed come from the configuration. */
export function completed(options: Options, config: Config): Options {
  const said = configurable
    .filter(({ name, key }) => !options.typed.has(name) && config[key] !== undefined)
    .map(({ key }) => [key, config[key]]);
  return { ...options, ...Object.fromEntries(said) };
}

function expiredNote({ place, expires, reason }: AllowEntry): string {
  return `ftplog: ${place}: allow-list entry expired on ${expires} and does not apply — '${printable(reason)}'\n`;
}

async function loadBaseline(name: string, io: CliIo): Promise<Report> {
  try {
    return await readReport(name, io);
  } catch (error) {
    if (!(error instanceof ReportFileError)) throw error;
    throw new UsageError(`baseline ${error.message} — write one with -o json=FILE`);
  }
}

/** The loaded configuration with what the command line says instead. */
export function inForce({ config }: LoadedConfig, options: Options): Config {
  const settled = completed(options, config);
  return { ...config, ...Object.fromEntries(configurable.map(({ key }) => [key, settled[key]])) };
}
