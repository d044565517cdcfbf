/** `--print-config`: what is in force, and where each part comes from. */
import { hoursRule } from '../config/config.ts';
import { type Path, plainConfig, yamlText } from '../config/print.ts';
import { rules } from '../rules/index.ts';
import { chosen } from './choice.ts';
import { type LoadedConfig, loadConfig } from './config-file.ts';
import { configurable, type Options } from './flags.ts';
import type { CliIo } from './io.ts';
import { inForce } from './settings.ts';

/** Options that override a key of the file. */
const flagOf: ReadonlyMap<string, string> = new Map(configurable.map(({ key, name }) => [key, name]));

/** Prints the configuration; resolves to the exit status. */
export async function printConfig(options: Options, io: CliIo): Promise<number> {
  const { typed, format } = options;
  if (typed.has('format')) chosen('format of --print-config', format, ['yaml', 'json']);
  const loaded = await loadConfig(options, io);
  const config = plainConfig(
    inForce(loaded, options),
    rules.map((rule) => rule.meta),
  );
  const origin = (path: Path): string => originOf(path, loaded, typed);
  if (format === 'json') {
    const origins = Object.fromEntries(
      leafPaths(config)
        .map((path) => [path.join('.'), origin(path)])
        .filter(([, from]) => from !== ''),
    );
    io.stdout.write(`${JSON.stringify({ file: loaded.file === '' ? null : loaded.file, config, origins }, null, 2)}\n`);
    return 0;
  }
  io.stdout.write(`# ${loaded.file === '' ? 'no configuration file' : `configuration file: ${loaded.file}`}\n`);
  io.stdout.write(yamlText(config, origin));
  return 0;
}

/** `default`, `--top`, or `ftplog.config.yaml:4`; '' for parts of parts. */
function originOf(path: Path, loaded: LoadedConfig, typed: ReadonlySet<string>): string {
  const [section = '', id, key, threshold] = path;
  const flag = flagOf.get(String(section));
  if (flag !== undefined && typed.has(flag)) return `--${flag}`;
  if (path.length === 1) return section === 'rules' ? '' : placeOf(loaded, path) || 'default';
  if (section !== 'rules') return path.length === 2 && typeof id === 'number' ? placeOf(loaded, path) : '';
  if (key === undefined || (key === 'thresholds' && threshold === undefined)) return '';
  return ruleOrigin(path, loaded) || 'default';
}

/** `anonymous-login: off` says whether the rule runs, `anonymous-login: low` how severe it is. */
function ruleOrigin(path: Path, loaded: LoadedConfig): string {
  const [, id, key, threshold] = path;
  const { rules: settings, customRules } = loaded.config;
  const place = placeOf(loaded, path);
  if (place !== '') return place;
  const setting = settings.get(String(id));
  const word = key === 'enabled' ? setting?.enabled : key === 'severity' ? setting?.severity : undefined;
  if (word !== undefined) return placeOf(loaded, ['rules', String(id)]);
  const custom = customRules.findIndex((rule) => rule.meta.id === id);
  if (custom >= 0) return placeOf(loaded, ['customRules', custom]);
  if (id === hoursRule.id && (threshold === hoursRule.from || threshold === hoursRule.to))
    return placeOf(loaded, ['businessHours']);
  const trial = key === 'enabled' && rules.some((rule) => rule.meta.id === id && rule.meta.status === 'trial');
  return trial ? placeOf(loaded, ['trialRules']) : '';
}

function placeOf({ markOf, name }: LoadedConfig, path: Path): string {
  const mark = markOf(path);
  return mark === undefined ? '' : `${name}:${mark.line}`;
}

function leafPaths(value: unknown, path: Path = []): readonly Path[] {
  if (path.length === 1 && path[0] !== 'rules') return [path];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path];
  return Object.entries(value).flatMap(([key, part]) => leafPaths(part, [...path, key]));
}
