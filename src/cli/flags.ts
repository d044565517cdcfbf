/**
 * The options, each stated once. What a run goes by, help, the table in docs/contract.md and what the configuration may say
 * instead come from this list.
 */
import { type Config, emptyConfig } from '../config/config.ts';
import { topRange, yearRange } from '../limits.ts';
import { defaultFormat, reporters } from '../reporters/index.ts';
import { type RowKind, rowKinds } from '../reporters/reporter.ts';
import { severities } from '../severity.ts';
import { zoneForm, zoneOffset } from '../zone.ts';
import { chosen, hint } from './choice.ts';
import {
  type Asked,
  all,
  type Flag,
  flag,
  given,
  last,
  optionHint,
  parse,
  percentage,
  type Read,
  synonym,
  text,
  tokensOf,
  wholeNumber,
} from './flag.ts';
import { rowDefaults, rowFormats, topDefaults } from './formats.ts';
import { UsageError } from './usage-error.ts';

const formats: readonly string[] = reporters.map((r) => r.id);
const whenColored = ['always', 'never', 'auto'];

/** Some that commands have, too. */
export const format = flag('format', {
  short: 'f',
  value: 'NAME',
  help: `report on standard output (default: ${defaultFormat})`,
  contract: `report on stdout: ${formats.map((id) => `\`${id}\`${id === defaultFormat ? ' (default)' : ''}`).join(' ')}`,
  complete: async () => formats,
  settle: last(text, defaultFormat),
});

export const output = flag('output', {
  short: 'o',
  value: 'FORMAT=FILE',
  repeatable: true,
  help: 'also write this report to a file; repeatable, one pass for all',
  settle: all(outputOf),
});

export const color = flag('color', {
  choices: whenColored,
  help: 'colour even if standard output is no terminal; also --color=always, =never, =auto',
  contract:
    'colour even if standard output is no terminal; also `--color=always`, `=never`, `=auto`. The first of these that says something decides: `--color`, `NO_COLOR`, `FORCE_COLOR`, `CLICOLOR_FORCE`, `TERM=dumb`, `CLICOLOR=0`, whether stdout is a terminal',
  everywhere: true,
  complete: async () => whenColored,
  settle: (values) => colorOf(values.at(-1)),
});

export const noColor = synonym(
  'no-color',
  { name: 'color', value: 'never' },
  { help: 'no colour; NO_COLOR does the same', everywhere: true },
);

/** In the order of the help. */
const list = [
  format,
  output,
  flag('rows', {
    value: 'LIST',
    help: `rows of ${rowFormats}: ${rowKinds.join(', ')} (default: ${rowDefaults})`,
    complete: async () => rowKinds,
    settle: last(rowsOf(rowKinds)),
  }),
  flag('dialect', {
    short: 'd',
    value: 'ID',
    help: 'skip the recognition of the log format; see ftplog dialects',
    contract: 'skip the recognition of the log format; `ID=LAYOUT` states the fields where a dialect has a layout',
    complete: async () => (await import('../dialects/index.ts')).dialects.map((d) => d.id),
    settle: last(text),
  }),
  flag('year', {
    value: 'Y',
    help: 'year of the first line, for logs that omit it',
    contract:
      'year of the first line, for logs that omit it (default: derived); the assumption is stated in the report',
    settle: last(wholeNumber(yearRange)),
  }),
  flag('timezone', {
    value: 'ZONE',
    help: 'zone of local times, such as Europe/Berlin or +02:00 (default: UTC)',
    contract:
      'zone of local times, such as Europe/Berlin or +02:00 (default: UTC); the assumption is stated in the report',
    complete: async () => zoneNames(),
    settle: last(zoneOf),
  }),
  flag('fail-on', {
    value: 'WHAT',
    help: 'exit 1 on a finding of this severity or above, or of this rule (default: never)',
    complete: async () => [
      'never',
      ...severities,
      ...(await import('../rules/index.ts')).rules.map((rule) => rule.meta.id),
    ],
    settle: last(text, 'never'),
  }),
  flag('max-unparsed', {
    value: 'PERCENT',
    help: 'exit 3 when more of the lines than this were not understood',
    settle: last(percentage),
  }),
  flag('baseline', {
    value: 'FILE',
    help: 'a former JSON report: what it knows is marked and does not fail the run',
    complete: 'file',
    settle: last(text),
  }),
  flag('config', {
    value: 'FILE',
    help: 'configuration (default: the nearest ftplog.config.yaml, .yml, .json or .toml)',
    contract:
      'configuration: rules on and off, thresholds, allow-lists with reason and expiry (default: the nearest ftplog.config.yaml, .yml, .json or .toml)',
    excludes: 'no-config',
    complete: 'file',
    settle: last(text),
  }),
  flag('no-config', { help: 'do not look for a configuration', everywhere: true, settle: given }),
  flag('print-config', { help: 'print what is in force and where it comes from, and end', settle: given }),
  flag('top', {
    value: 'N',
    help: `rows per table, 0 for all (default: ${topDefaults})`,
    contract: `rows per table, 0 for all that are kept (default: ${topDefaults})`,
    settle: last(wholeNumber(topRange)),
  }),
  color,
  noColor,
  flag('no-progress', {
    help: 'no progress line on a terminal, however long it takes',
    everywhere: true,
    settle: given,
  }),
  flag('quiet', { short: 'q', help: 'no verdict line on standard error', everywhere: true, settle: given }),
  flag('version', { short: 'V', help: 'print the version', settle: given }),
  flag('help', { short: 'h', help: 'print this help', settle: given }),
] as const;

export const flags: readonly Flag[] = list;

type Configurable = Extract<(typeof list)[number], { readonly key: keyof Config }>;

/** Options that the configuration may say instead: it has a key of the same name. */
export const configurable: readonly Configurable[] = list.filter((one): one is Configurable =>
  Object.hasOwn(emptyConfig, one.key),
);

/** Options of the analysis that say nothing to a command, and may stand there: names and letters. */
export const general: ReadonlySet<string> = new Set(
  flags.filter((one) => one.everywhere).flatMap(({ name, short }) => (short === undefined ? [name] : [name, short])),
);

/** Options as typed, checked one by one, and the files. */
export type Options = Asked<typeof list>;

/** Reads the command line; a {@link UsageError} says what is wrong with it. */
export function parseFlags(argv: readonly string[]): Options {
  return parse(argv, list, {
    unknown: suggestion,
    missing: ({ value }) => ` — ${value}`,
    ignored: new Set(),
  });
}

/** Index of the first word that is neither an option nor the value of one: a command stands there. -1 if there is none. */
export function firstWord(argv: readonly string[]): number {
  for (const token of tokensOf(argv, flags)) {
    if (token.kind === 'option-terminator') return -1;
    if (token.kind === 'positional') return token.index;
  }
  return -1;
}

function suggestion(name: string): string {
  if (formats.includes(name)) return ` — did you mean --format ${name}?`;
  return optionHint(
    name,
    flags.map((one) => one.name),
    'ftplog --help',
  );
}

/** Whether to colour, as `--color` says it; undefined: as the terminal is. */
function colorOf(typed: string | undefined): boolean | undefined {
  return typed === undefined || typed === 'auto' ? undefined : typed !== 'never';
}

function outputOf(typed: string): { readonly format: string; readonly path: string } {
  const equals = typed.indexOf('=');
  if (equals < 1 || equals === typed.length - 1) throw new UsageError(`--output wants FORMAT=FILE, not '${typed}'`);
  return { format: typed.slice(0, equals), path: typed.slice(equals + 1) };
}

/** A list of these kinds of rows. */
export function rowsOf<K extends RowKind>(kinds: readonly K[]): Read<readonly K[]> {
  return (typed) => typed.split(',').map((row) => chosen('row kind', row.trim(), kinds));
}

function zoneOf(typed: string): string {
  if (zoneOffset(typed) !== undefined) return typed;
  throw new UsageError(
    `--timezone wants ${zoneForm}, not '${typed}'${hint(typed, zoneNames(), '')}`.replace(/ — $/, ''),
  );
}

function zoneNames(): readonly string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone')];
}
