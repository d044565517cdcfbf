/** The options, each declared once: name, help and what its value must be. Parsing is here, the help text in `help.ts`. */
import { parseArgs } from 'node:util';
import type { Severity } from '../model.ts';
import { reporters } from '../reporters/index.ts';
import { zoneForm, zoneOffset } from '../zone.ts';
import { chosen, hint } from './choice.ts';
import { UsageError } from './usage-error.ts';

interface Flag {
  readonly short?: string;
  readonly value?: string;
  readonly repeatable?: boolean;
  /** What may stand behind `=` of an option that needs no value. */
  readonly choices?: readonly string[];
  readonly help: string;
}

/** In the order of the help. */
export const flags: Readonly<Record<string, Flag>> = {
  format: { short: 'f', value: 'NAME', help: 'report on standard output (default: table)' },
  output: {
    short: 'o',
    value: 'FORMAT=FILE',
    repeatable: true,
    help: 'also write this report to a file; repeatable, one pass for all',
  },
  rows: {
    value: 'LIST',
    help: 'rows of ndjson and csv: exchange,session,transfer,finding,summary (default: all; csv: exchange)',
  },
  dialect: { short: 'd', value: 'ID', help: 'skip the recognition of the log format; see ftplog dialects' },
  year: { value: 'Y', help: 'year of the first line, for logs that omit it' },
  timezone: { value: 'ZONE', help: 'zone of local times, such as Europe/Berlin or +02:00 (default: UTC)' },
  'fail-on': { value: 'WHAT', help: 'exit 1 on a finding of this severity or above, or of this rule (default: never)' },
  'max-unparsed': { value: 'PERCENT', help: 'exit 3 when more of the lines than this were not understood' },
  baseline: { value: 'FILE', help: 'a former JSON report: what it knows is marked and does not fail the run' },
  config: { value: 'FILE', help: 'configuration (default: the nearest ftplog.config.yaml, .yml, .json or .toml)' },
  'no-config': { help: 'do not look for a configuration' },
  'print-config': { help: 'print what is in force and where it comes from, and end' },
  top: { value: 'N', help: 'rows per table, 0 for all (default: 10; html: 200; json, ndjson: 10,000)' },
  color: {
    choices: ['always', 'never', 'auto'],
    help: 'colour even if standard output is no terminal; also --color=always, =never, =auto',
  },
  'no-color': { help: 'no colour; NO_COLOR does the same' },
  'no-progress': { help: 'no progress line on a terminal, however long it takes' },
  quiet: { short: 'q', help: 'no verdict line on standard error' },
  version: { short: 'V', help: 'print the version' },
  help: { short: 'h', help: 'print this help' },
};

/** Options as typed, checked one by one. */
export interface Options {
  readonly files: readonly string[];
  readonly format: string;
  readonly outputs: readonly { readonly format: string; readonly path: string }[];
  readonly rows: readonly string[];
  readonly dialect: string | undefined;
  readonly year: number | undefined;
  readonly timezone: string | undefined;
  readonly failOn: Severity | string;
  readonly maxUnparsed: number | undefined;
  readonly top: number | undefined;
  readonly baseline: string | undefined;
  readonly config: string | undefined;
  readonly noConfig: boolean;
  readonly printConfig: boolean;
  /** Names of the options that stood on the command line. */
  readonly typed: ReadonlySet<string>;
  readonly color: boolean | undefined;
  readonly progress: boolean;
  readonly quiet: boolean;
  readonly version: boolean;
  readonly help: boolean;
}

const rowKinds: readonly string[] = ['exchange', 'session', 'transfer', 'finding', 'summary'];

/** Reads the command line; a {@link UsageError} says what is wrong with it. */
export function parseFlags(argv: readonly string[]): Options {
  const { values, positionals } = parse(argv);
  const text = (name: string): string | undefined => values.get(name)?.at(-1);
  const rows = text('rows')
    ?.split(',')
    .map((row) => row.trim());
  if (values.has('config') && values.has('no-config'))
    throw new UsageError('--config and --no-config exclude each other');
  for (const row of rows ?? []) chosen('row kind', row, rowKinds);
  return {
    files: positionals,
    format: text('format') ?? 'table',
    outputs: (values.get('output') ?? []).map(outputOf),
    rows: rows ?? rowKinds,
    dialect: text('dialect'),
    year: wholeNumber('year', text('year'), 1970, 9999),
    timezone: zone(text('timezone')),
    failOn: text('fail-on') ?? 'never',
    maxUnparsed: percentage('max-unparsed', text('max-unparsed')),
    top: wholeNumber('top', text('top'), 0, 1_000_000),
    baseline: text('baseline'),
    config: text('config'),
    noConfig: values.has('no-config'),
    printConfig: values.has('print-config'),
    typed: new Set(values.keys()),
    color: values.has('no-color') ? false : colorOf(text('color')),
    progress: !values.has('no-progress') && !values.has('quiet'),
    quiet: values.has('quiet'),
    version: values.has('version'),
    help: values.has('help'),
  };
}

/** Index of the first word that is neither an option nor the value of one: a command stands there. -1 if there is none. */
export function firstWord(argv: readonly string[]): number {
  for (const token of tokensOf(argv)) {
    if (token.kind === 'option-terminator') return -1;
    if (token.kind === 'positional') return token.index;
  }
  return -1;
}

function tokensOf(argv: readonly string[]): ReturnType<typeof parseArgs>['tokens'] & object {
  const options = Object.fromEntries(
    Object.entries(flags).map(([name, flag]) => [
      name,
      {
        type: flag.value === undefined ? ('boolean' as const) : ('string' as const),
        multiple: true,
        ...(flag.short === undefined ? {} : { short: flag.short }),
      },
    ]),
  );
  return parseArgs({ args: [...argv], options, allowPositionals: true, strict: false, tokens: true }).tokens;
}

function parse(argv: readonly string[]): {
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly positionals: readonly string[];
} {
  const tokens = tokensOf(argv);
  const values = new Map<string, string[]>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const flag = Object.hasOwn(flags, token.name) ? flags[token.name] : undefined;
    if (flag === undefined) throw new UsageError(`unknown option '${token.rawName}'${suggestion(token.name)}`);
    if (flag.value !== undefined && token.value === undefined)
      throw new UsageError(`option '${token.rawName}' needs a value — ${flag.value}`);
    if (flag.value === undefined && token.value !== undefined) {
      if (flag.choices === undefined) throw new UsageError(`option '${token.rawName}' takes no value`);
      chosen(`value of '${token.rawName}'`, token.value, flag.choices);
    }
    values.set(token.name, [...(values.get(token.name) ?? []), token.value ?? '']);
  }
  return { values, positionals };
}

function suggestion(name: string): string {
  if (reporters.some((r) => r.id === name)) return ` — did you mean --format ${name}?`;
  return optionHint(name, Object.keys(flags), 'ftplog --help');
}

/** What is said of an option that there is not. `help`: the command that lists those there are. */
export function optionHint(name: string, known: readonly string[], help: string): string {
  const words = known.map((option) => `--${option}`);
  const begin = words.filter((word) => name.length > 2 && word.startsWith(`--${name.slice(0, 3)}`));
  const near = hint(`--${name}`, words, '');
  if (near !== ' — ') return near;
  return begin[0] === undefined ? ` — see ${help}` : ` — did you mean ${begin[0]}?`;
}

/** Whether to colour, as `--color` says it; undefined: as the terminal is. */
export function colorOf(text: string | undefined): boolean | undefined {
  return text === undefined || text === 'auto' ? undefined : text !== 'never';
}

function outputOf(text: string): { readonly format: string; readonly path: string } {
  const equals = text.indexOf('=');
  if (equals < 1 || equals === text.length - 1) throw new UsageError(`--output wants FORMAT=FILE, not '${text}'`);
  return { format: text.slice(0, equals), path: text.slice(equals + 1) };
}

function wholeNumber(name: string, text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined) return undefined;
  const n = Number(text);
  if (!/^\d+$/.test(text) || n < least || n > most)
    throw new UsageError(`--${name} wants a whole number from ${least} to ${most}, not '${text}'`);
  return n;
}

function zone(text: string | undefined): string | undefined {
  if (text === undefined || zoneOffset(text) !== undefined) return text;
  const names = ['UTC', ...Intl.supportedValuesOf('timeZone')];
  throw new UsageError(`--timezone wants ${zoneForm}, not '${text}'${hint(text, names, '')}`.replace(/ — $/, ''));
}

function percentage(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const n = Number(text.replace(/%$/, ''));
  if (text.trim() === '' || !(n >= 0 && n <= 100))
    throw new UsageError(`--${name} wants a percentage from 0 to 100, not '${text}'`);
  return n;
}
