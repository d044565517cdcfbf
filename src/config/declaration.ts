/** The declaration of the configuration file: keys, values, help. Reading and the JSON Schema come from here. */
import { topRange, yearRange } from '../limits.ts';
import type { RuleMeta, Severity } from '../model.ts';
import { parseNetwork } from '../protocol/host-port.ts';
import { severities } from '../severity.ts';
import { zoneForm, zoneOffset } from '../zone.ts';
import type { AllowEntry, Config, Hours, RuleSetting } from './config.ts';
import { customShape, idPattern } from './custom-shape.ts';
import {
  type Definitions,
  either,
  type JsonSchema,
  listOf,
  mapOf,
  mapped,
  named,
  numberIn,
  oneOf,
  recordOf,
  type Shape,
  textOf,
  yesOrNo,
} from './shape.ts';
import { clientShape, type Known, patternShape } from './values.ts';

/** An entry before it knows its place. */
type RawAllow = Omit<AllowEntry, 'place'>;

/** What the file says, as far as it says something. */
export type RawConfig = Omit<Partial<Config>, 'allow'> & { readonly allow?: readonly RawAllow[] };

const schemaKey = '$schema';

/** The shape of the whole file, for these rules and the ids of the file's own. */
export function configShape(known: Known): Shape<RawConfig> {
  const ids = [...new Set([...known.rules.map((meta) => meta.id), ...known.customIds])];
  const metas = new Map(known.rules.map((meta) => [meta.id, meta]));
  const ruleId = named('ruleId', withOwnIds(oneOf(ids, 'the id of a rule'), ids));
  const shape = mapOf({
    [schemaKey]: {
      shape: textOf('the address of the JSON Schema'),
      help: 'The address of the JSON Schema, for editors.',
    },
    rules: {
      shape: recordOf(
        'rule',
        ids,
        (id) => (ids.includes(id) ? ruleShape(metas.get(id)) : undefined),
        ruleShape(undefined),
      ),
      help: 'Rules by id: off, on, a severity, or a map of enabled, severity and thresholds.',
    },
    trialRules: {
      shape: either<boolean, readonly string[]>(
        yesOrNo,
        listOf(trialShape(known.rules)),
        (tree) => tree.kind !== 'list',
      ),
      help: 'Run trial rules: all of them (true), or those listed.',
    },
    allow: {
      shape: listOf(allowShape(known, ruleId)),
      help: 'Findings that are known to be harmless; see docs/configuration.md.',
    },
    businessHours: { shape: hoursShape, help: 'Working hours of the day, for off-hours-login.' },
    ownNetworks: {
      shape: listOf(networkShape, { single: true, empty: true }),
      help: "Networks of one's own (CIDR), meant by the client 'own'.",
    },
    failOn: { shape: failOnShape(ids), help: 'As --fail-on: never, a severity or a rule.' },
    top: { shape: numberIn(topRange.least, topRange.most, true), help: 'As --top: rows per table, 0 for all.' },
    timezone: {
      shape: textOf('a time zone', (text) => (zoneOffset(text) === undefined ? zoneForm : '')),
      help: 'As --timezone: zone of local times.',
    },
    year: {
      shape: numberIn(yearRange.least, yearRange.most, true),
      help: 'As --year: year of the first line, for logs that omit it.',
    },
    customRules: {
      shape: listOf(customShape(known), { most: 200 }),
      help: "Rules of one's own; see docs/configuration.md.",
    },
  });
  return mapped(shape, (values) =>
    Object.fromEntries(Object.entries(values).filter(([key, value]) => key !== schemaKey && value !== undefined)),
  );
}

/** The JSON Schema of the file (draft 2020-12). */
export function configSchema(known: Known): JsonSchema {
  const defs: Definitions = new Map();
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:ftplog:schema:config:1',
    title: 'Configuration of ftplog',
    ...configShape(known).schema(defs),
    $defs: Object.fromEntries(defs),
  };
}

const severity: Shape<Severity> = named('severity', oneOf(severities));
const settingWord: Shape<boolean | string> = named(
  'setting',
  either<boolean, string>(
    yesOrNo,
    oneOf(['off', 'on', ...severities]),
    (tree) => tree.kind === 'leaf' && typeof tree.value === 'boolean',
  ),
);

function ruleShape(meta: RuleMeta | undefined): Shape<RuleSetting> {
  const thresholds = meta?.thresholds ?? {};
  const names = Object.keys(thresholds);
  const word = mapped(
    settingWord,
    (value): RuleSetting => ({
      enabled: value !== false && value !== 'off',
      severity: severities.find((name) => name === value),
      thresholds: new Map(),
    }),
  );
  const map = mapped(
    mapOf({
      enabled: { shape: yesOrNo, help: 'Whether the rule runs.' },
      severity: { shape: severity, help: `Default: ${meta?.severity ?? 'its own'}.` },
      thresholds: {
        shape: recordOf(`threshold of ${meta?.id ?? 'this rule'}`, names, (name) =>
          names.includes(name) ? thresholdShape(thresholds[name] ?? 0) : undefined,
        ),
        help: names.length === 0 ? 'The rule has none.' : 'Numbers that the rule compares with.',
      },
    }),
    ({ enabled, severity, thresholds: own }): RuleSetting => ({ enabled, severity, thresholds: own ?? new Map() }),
  );
  const shape = either<RuleSetting, RuleSetting>(word, map, (tree) => tree.kind !== 'map');
  return meta === undefined
    ? shape
    : { ...shape, schema: (defs) => ({ description: meta.title, ...shape.schema(defs) }) };
}

const threshold: Shape<number> = named('threshold', numberIn(0, 1e15, false));

function thresholdShape(value: number): Shape<number> {
  const shape = threshold;
  return { ...shape, schema: (defs) => ({ ...shape.schema(defs), default: value }) };
}

function trialShape(rules: readonly RuleMeta[]): Shape<string> {
  const trial = rules.filter((meta) => meta.status === 'trial').map((meta) => meta.id);
  return oneOf(trial, trial.length === 0 ? 'the id of a trial rule (there are none)' : 'the id of a trial rule');
}

function failOnShape(ids: readonly string[]): Shape<string> {
  const names = ['never', ...severities, ...ids];
  return withOwnIds(oneOf(names, 'never, a severity or the id of a rule'), names);
}

/** The schema cannot know the ids of a file's own rules; it takes them and suggests the others. */
function withOwnIds(shape: Shape<string>, names: readonly string[]): Shape<string> {
  return { ...shape, schema: () => ({ anyOf: [{ enum: names }, { type: 'string', pattern: idPattern }] }) };
}

const networkShape: Shape<string> = textOf('a network such as 192.0.2.0/24', (text) =>
  parseNetwork(text) === undefined ? 'it is none' : '',
);

function allowShape(known: Known, ruleId: Shape<string>): Shape<RawAllow> {
  const pattern = patternShape(known);
  const shape = mapOf(
    {
      client: {
        shape: listOf(clientShape(known), { single: true }),
        help: 'Address, network, name of a host (glob), or own.',
      },
      user: { shape: listOf(pattern, { single: true }), help: 'User names (glob or regex).' },
      path: { shape: listOf(pattern, { single: true }), help: 'Paths as the log writes them (glob or regex).' },
      rules: { shape: listOf(ruleId, { single: true }), help: 'Only findings of these rules; default: all.' },
      reason: { shape: textOf('a sentence'), help: 'Why it is harmless; shown in the report.', required: true },
      expires: { shape: dayShape, help: 'Last day it applies, as 2026-12-31 (UTC).' },
    },
    ({ client, user, path }, at, to, where) => {
      if (client !== undefined || user !== undefined || path !== undefined) return true;
      to.problem(
        at,
        `${where} lacks 'client', 'user' or 'path' — to silence a rule altogether, turn it off under 'rules'`,
      );
      return false;
    },
  );
  return mapped(shape, ({ client = [], user = [], path = [], rules = [], reason = '', expires = '' }) => ({
    clients: client,
    users: user,
    paths: path,
    rules,
    reason,
    expires,
  }));
}

const dayShape: Shape<string> = textOf(
  'a day such as 2026-12-31',
  (text) => {
    const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
    if (Number.isNaN(time)) return 'year, month and day';
    return new Date(time).toISOString().startsWith(text) ? '' : 'the calendar has no such day';
  },
  { format: 'date' },
);

const hourText: Shape<number> = mapped(
  textOf(
    'a full hour such as 07:00',
    (text) => (/^([01]?\d|2[0-4]):00(:00(\.0+)?)?$/.test(text) ? '' : '00:00 to 24:00, minutes are not looked at'),
    {
      pattern: '^([01]?[0-9]|2[0-4]):00$',
    },
  ),
  (text) => Number(text.slice(0, text.indexOf(':'))),
);

const hoursShape: Shape<Hours> = mapped(
  mapOf(
    {
      from: { shape: hourText, help: 'First hour, as 06:00.', required: true },
      to: { shape: hourText, help: 'End of the last hour, as 22:00.', required: true },
    },
    ({ from = 0, to: end = 24 }, at, to, where) => {
      if (from < end) return true;
      to.problem(at, `${where} wants an end after its beginning — hours across midnight are not supported`);
      return false;
    },
  ),
  ({ from = 0, to = 24 }) => ({ from, to }),
);
