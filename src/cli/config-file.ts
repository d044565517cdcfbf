/** Finds and reads the configuration file. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, relative, resolve } from 'node:path';
import { type Config, emptyConfig } from '../config/config.ts';
import { readConfig } from '../config/read.ts';
import { readJsonTree } from '../config/read-json.ts';
import { hasKey, type Mark, markAt, type Problem, type ReadTree, type Tree } from '../config/tree.ts';
import type { RegexCompiler } from '../config/values.ts';
import { suggestions } from '../explain/suggest.ts';
import { rules } from '../rules/index.ts';
import { printable } from '../text.ts';
import type { CliIo } from './io.ts';
import { readError } from './read-error.ts';
import { UsageError } from './usage-error.ts';

/** A configuration with what belongs to it. */
export interface LoadedConfig {
  readonly config: Config;
  /** Where it lies; '' if there is no file. */
  readonly path: string;
  /** As shown; '' if there is no file. */
  readonly file: string;
  /** Name without folders, for reports. */
  readonly name: string;
  /** Where a part stands in the file. */
  readonly markOf: (path: readonly (string | number)[]) => Mark | undefined;
  readonly regex: RegexCompiler | undefined;
}

const names = ['yaml', 'yml', 'json', 'toml'].map((extension) => `ftplog.config.${extension}`);
const largest = 1024 * 1024;

export const noConfig: LoadedConfig = {
  config: emptyConfig,
  path: '',
  file: '',
  name: '',
  markOf: () => undefined,
  regex: undefined,
};

/** The file named with --config, or the nearest one from the current folder upwards; none with --no-config. */
export async function loadConfig(
  { config, noConfig: none }: { readonly config: string | undefined; readonly noConfig: boolean },
  io: CliIo,
): Promise<LoadedConfig> {
  if (none) return noConfig;
  const cwd = io.cwd ?? process.cwd();
  const path = config === undefined ? nearest(cwd) : resolve(cwd, config);
  return path === undefined ? noConfig : loadFile(path, shownPath(path, cwd));
}

/** The nearest file upwards; the search ends at the root and at a folder that holds `.git`. */
function nearest(from: string): string | undefined {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const found = names.filter((name) => existsSync(join(folder, name)));
    if (found.length > 1)
      throw new UsageError(
        `two configurations in '${printable(folder)}': ${found.join(' and ')} — keep one, or name it with --config`,
      );
    const [name] = found;
    if (name !== undefined) return join(folder, name);
    if (existsSync(join(folder, '.git')) || dirname(folder) === folder) return undefined;
  }
}

async function loadFile(path: string, file: string): Promise<LoadedConfig> {
  const read = await readerOf(path, file);
  const parsed = read(textOf(path, file));
  if ('problems' in parsed) throw problemsError(file, parsed.problems);
  const { tree } = parsed;
  const regex = hasKey(tree, 'regex') ? (await import('../config/regex.ts')).regexTest : undefined;
  const name = printable(basename(path));
  const result = readConfig(tree, {
    rules: rules.map((rule) => rule.meta),
    regex,
    file: name,
    suggest: suggestions,
  });
  if ('problems' in result) throw problemsError(file, result.problems);
  return { config: result.config, path, file, name, regex, markOf: markFinderOf(tree) };
}

function markFinderOf(tree: Tree): LoadedConfig['markOf'] {
  return (path) => markAt(tree, path);
}

/** Each format is loaded when a file is written in it. */
async function readerOf(path: string, file: string): Promise<(text: string) => ReadTree> {
  switch (extname(path).toLowerCase()) {
    case '.yaml':
    case '.yml':
      return (await import('../config/read-yaml.ts')).readYamlTree;
    case '.json':
      return readJsonTree;
    case '.toml':
      return (await import('../config/read-toml.ts')).readTomlTree;
    default:
      throw new UsageError(`configuration '${file}' is in no known format — name it .yaml, .yml, .json or .toml`);
  }
}

function textOf(path: string, file: string): string {
  try {
    if (statSync(path).size > largest) throw new UsageError(`configuration '${file}' is larger than 1 MiB`);
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    if (error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      throw new UsageError(`configuration '${file}' is not UTF-8`);
    throw new UsageError(`configuration '${file}': ${readError(error)}`);
  }
}

/** All problems, each on a line of its own as `file:line:column: what`. */
function problemsError(file: string, problems: readonly Problem[]): UsageError {
  return new UsageError(problems.map(({ at, message }) => `${file}:${at.line}:${at.column}: ${message}`));
}

function shownPath(path: string, cwd: string): string {
  const short = relative(cwd, path);
  return printable(short === '' || short.length > path.length ? path : short);
}
