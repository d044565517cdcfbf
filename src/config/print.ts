/** The configuration in force, as a file that would give it again, with where each part comes from. */
import type { RuleMeta } from '../model.ts';
import { runs, thresholdsOf } from './apply.ts';
import type { AllowEntry, Conditions, Config, CustomRule, TextPattern } from './config.ts';

/** A value of a file. */
export type Plain = string | number | boolean | readonly Plain[] | { readonly [key: string]: Plain };

type PlainMap = Readonly<Record<string, Plain>>;

export type Path = readonly (string | number)[];

/** What is in force, as a file would say it. `config` holds what the command line overrode, too. */
export function plainConfig(config: Config, rules: readonly RuleMeta[]): PlainMap {
  const { allow, businessHours, ownNetworks, failOn = 'never', top = 10, timezone = 'UTC', year, customRules } = config;
  const custom = customRules.map((rule) => rule.meta);
  return {
    rules: Object.fromEntries([...rules, ...custom].map((meta) => [meta.id, plainRule(meta, config)])),
    trialRules: config.trialRules,
    allow: allow.map(plainEntry),
    ...(businessHours === undefined
      ? {}
      : { businessHours: { from: hour(businessHours.from), to: hour(businessHours.to) } }),
    ownNetworks,
    failOn,
    top,
    timezone,
    ...(year === undefined ? {} : { year }),
    customRules: customRules.map(plainCustom),
  };
}

function plainRule(meta: RuleMeta, config: Config): PlainMap {
  const thresholds = thresholdsOf(meta, config);
  return {
    enabled: runs(meta, config),
    severity: config.rules.get(meta.id)?.severity ?? meta.severity,
    ...(Object.keys(thresholds).length === 0 ? {} : { thresholds }),
  };
}

function plainEntry({ clients, users, paths, rules, reason, expires }: AllowEntry): PlainMap {
  return {
    ...(clients.length === 0 ? {} : { client: clients }),
    ...(users.length === 0 ? {} : { user: users.map(plainPattern) }),
    ...(paths.length === 0 ? {} : { path: paths.map(plainPattern) }),
    ...(rules.length === 0 ? {} : { rules }),
    reason,
    ...(expires === '' ? {} : { expires }),
  };
}

function plainPattern({ kind, source, ignoreCase }: TextPattern): Plain {
  if (kind === 'glob' && !ignoreCase) return source;
  return { [kind]: source, ...(ignoreCase ? { ignoreCase } : {}) };
}

function plainCustom({ meta, events, result, match, except, count, windowMs, per }: CustomRule): PlainMap {
  const { id, title, severity, group, why, advice, falseAlarms, references, attack, cwe } = meta;
  return {
    id,
    title,
    severity,
    group,
    why,
    advice,
    falseAlarms,
    ...(references.length === 0 ? {} : { references }),
    ...(attack.length === 0 ? {} : { attack }),
    ...(cwe.length === 0 ? {} : { cwe }),
    match: { ...(events === 'command' ? {} : { [events]: result === '' ? 'any' : result }), ...plainConditions(match) },
    ...(except === undefined ? {} : { except: plainConditions(except) }),
    count,
    ...(windowMs === 0 ? {} : { window: windowMs / 1000 }),
    per,
  };
}

function plainConditions({ verbs, codes, outcomes, argument, paths, clients, users }: Conditions): PlainMap {
  return {
    ...(verbs.length === 0 ? {} : { verb: verbs }),
    ...(codes.length === 0
      ? {}
      : { code: codes.map((code) => (code.length === 3 ? Number(code) : `${code}${'yz'.slice(code.length - 1)}`)) }),
    ...(outcomes.length === 0 ? {} : { outcome: outcomes }),
    ...(argument === undefined ? {} : { argument: plainPattern(argument) }),
    ...(paths.length === 0 ? {} : { path: paths.map(plainPattern) }),
    ...(clients.length === 0 ? {} : { client: clients }),
    ...(users.length === 0 ? {} : { user: users.map(plainPattern) }),
  };
}

function hour(n: number): string {
  return `${String(n).padStart(2, '0')}:00`;
}

/** The file in YAML; `origin` gives the remark behind a part, or ''. */
export function yamlText(value: PlainMap, origin: (path: Path) => string): string {
  return mapLines(value, [], '', origin).join('');
}

function mapLines(map: PlainMap, path: Path, indent: string, origin: (path: Path) => string): readonly string[] {
  return Object.entries(map).flatMap(([key, value]) =>
    entryLines(`${indent}${key}:`, value, [...path, key], `${indent}  `, origin),
  );
}

function entryLines(
  head: string,
  value: Plain,
  path: Path,
  indent: string,
  origin: (path: Path) => string,
): readonly string[] {
  const remark = origin(path);
  const behind = remark === '' ? '' : `  # ${remark}`;
  if (isFlat(value)) return [`${head} ${flat(value)}${behind}\n`];
  if (isMap(value)) return [`${head}${behind}\n`, ...mapLines(value, path, indent, origin)];
  if (!isList(value)) return [];
  return [`${head}${behind}\n`, ...value.flatMap((item, i) => itemLines(item, [...path, i], indent, origin))];
}

function itemLines(item: Plain, path: Path, indent: string, origin: (path: Path) => string): readonly string[] {
  if (isFlat(item) || !isMap(item)) return [`${indent}- ${flat(item)}\n`];
  const lines = mapLines(item, path, `${indent}  `, origin);
  const remark = origin(path);
  const first = (lines[0] ?? '').slice(indent.length + 2);
  const marked = remark === '' ? first : `${first.trimEnd()}  # ${remark}\n`;
  return [`${indent}- ${marked}`, ...lines.slice(1)];
}

function isList(value: Plain): value is readonly Plain[] {
  return Array.isArray(value);
}

function isMap(value: Plain): value is PlainMap {
  return typeof value === 'object' && !isList(value);
}

/** Stands on one line: no map, and no list that holds one. */
function isFlat(value: Plain): boolean {
  if (isList(value)) return value.every(isFlat);
  return typeof value !== 'object' || Object.keys(value).length === 0;
}

function flat(value: Plain): string {
  if (isList(value)) return `[${value.map(flat).join(', ')}]`;
  if (typeof value === 'object') return '{}';
  if (typeof value !== 'string') return String(value);
  return /^[a-z][a-z-]*$/.test(value) && !/^(?:true|false|null|yes|no|y|n)$/.test(value)
    ? value
    : JSON.stringify(value);
}
