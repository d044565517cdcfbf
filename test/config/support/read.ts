/** Reads configurations as the command does, without files. */
import { readFileSync } from 'node:fs';
import type { Config } from '../../../src/config/config.ts';
import { readConfig } from '../../../src/config/read.ts';
import { readJsonTree } from '../../../src/config/read-json.ts';
import { readTomlTree } from '../../../src/config/read-toml.ts';
import { readYamlTree } from '../../../src/config/read-yaml.ts';
import { regexTest } from '../../../src/config/regex.ts';
import type { ReadTree } from '../../../src/config/tree.ts';
import { suggestions } from '../../../src/explain/suggest.ts';
import { rules } from '../../../src/rules/index.ts';

export const metas = rules.map((rule) => rule.meta);

const readers = new Map([
  ['yaml', readYamlTree],
  ['json', readJsonTree],
  ['toml', readTomlTree],
]);

export function treeOf(text: string, format: string): ReadTree {
  const read = readers.get(format);
  if (read === undefined) throw new Error(`no reader for ${format}`);
  return read(text);
}

/** The configuration, or its problems as `line:column: message`. */
export function read(text: string, format = 'yaml', file = `ftplog.config.${format}`): Config | readonly string[] {
  const parsed = treeOf(text, format);
  const shown = (found: { readonly problems: readonly { at: { line: number; column: number }; message: string }[] }) =>
    found.problems.map(({ at, message }) => `${at.line}:${at.column}: ${message}`);
  if ('problems' in parsed) return shown(parsed);
  const result = readConfig(parsed.tree, { rules: metas, regex: regexTest, file, suggest: suggestions });
  return 'problems' in result ? shown(result) : result.config;
}

/** The configuration; throws if there are problems. */
export function config(text: string, format = 'yaml'): Config {
  const result = read(text, format);
  if ('rules' in result) return result;
  throw new Error(result.join('\n'));
}

export function fixture(name: string): string {
  return readFileSync(`fixtures/config/${name}`, 'utf8');
}
