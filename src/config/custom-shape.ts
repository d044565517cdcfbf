/** How a rule of one's own is written down. */
import type { Outcome, RuleMeta } from '../model.ts';
import { severities } from '../severity.ts';
import type { Conditions, CustomRule } from './config.ts';
import { either, listOf, mapOf, mapped, named, numberIn, oneOf, type Shape, textOf } from './shape.ts';
import { clientShape, type Known, patternShape } from './values.ts';

const groups: readonly RuleMeta['group'][] = [
  'authentication',
  'reconnaissance',
  'confidentiality',
  'integrity',
  'exfiltration',
  'availability',
  'protocol-conformance',
];

const outcomes: readonly Outcome[] = [
  'completed',
  'intermediate',
  'transient',
  'permanent',
  'unanswered',
  'preliminary',
];

/** Ids of rules. */
export const idPattern = '^[a-z][a-z0-9]*(-[a-z0-9]+)*$';

/** Matches counted per client, user or session: no more than this can be asked for. */
const countLimit = 1_000_000;

export function customShape(known: Known): Shape<CustomRule> {
  const builtIn = known.rules.map((meta) => meta.id);
  const idShape = textOf(
    'an id in kebab-case',
    (text) => {
      if (!new RegExp(idPattern).test(text) || text.length > 64)
        return 'lower case letters, digits and single dashes, at most 64';
      if (builtIn.includes(text)) return 'a rule of ftplog has this id';
      return known.customIds.filter((id) => id === text).length > 1 ? 'two rules of this file have it' : '';
    },
    { pattern: idPattern },
  );
  const texts = listOf(textOf('a text'), { single: true });
  const shape = mapOf(
    {
      id: { shape: idShape, help: 'In kebab-case; not that of a rule of ftplog.', required: true },
      title: { shape: textOf('a sentence'), help: 'What was seen.', required: true },
      severity: { shape: named('severity', oneOf(severities)), help: 'Default: medium.' },
      group: { shape: oneOf(groups), help: 'Default: integrity.' },
      why: { shape: textOf('a sentence'), help: 'Why it matters.' },
      advice: { shape: textOf('a sentence'), help: 'What to do.' },
      falseAlarms: { shape: textOf('a sentence'), help: 'When it fires without harm.' },
      references: { shape: texts, help: 'Tickets, documents.' },
      attack: { shape: texts, help: 'ATT&CK technique ids.' },
      cwe: { shape: texts, help: 'CWE ids.' },
      match: { shape: matchShape(known), help: 'What is looked for; all conditions must fit.', required: true },
      except: { shape: conditionsShape(known), help: 'Events that fit all of this are left out.' },
      count: { shape: numberIn(1, countLimit, true), help: 'Fires from this many matches on; default: 1.' },
      window: { shape: windowShape, help: 'Within this time, as 30s, 10m, 2h, 7d or seconds; default: the whole log.' },
      per: {
        shape: oneOf(['client', 'user', 'session'] as const),
        help: 'Whose matches are counted together; default: client.',
      },
    },
    ({ window = 0, count = 1 }, at, to, where) => {
      if (window === 0 || count > 1) return true;
      to.problem(at, `${where} has a 'window' but no 'count' above 1`);
      return false;
    },
  );
  return mapped(shape, (v): CustomRule => {
    const { login, transfer, ...match } = v.match ?? { login: undefined, transfer: undefined, ...noConditions };
    const events = login !== undefined ? 'login' : transfer !== undefined ? 'transfer' : 'command';
    const result = login ?? transfer ?? 'any';
    return {
      meta: {
        id: v.id ?? '',
        status: 'stable',
        severity: v.severity ?? 'medium',
        group: v.group ?? 'integrity',
        title: v.title ?? '',
        why: v.why ?? 'A rule of the configuration looks for this.',
        advice: v.advice ?? 'See the configuration for what this rule is for.',
        falseAlarms: v.falseAlarms ?? 'Known to whoever wrote the rule.',
        references: v.references ?? [],
        attack: v.attack ?? [],
        cwe: v.cwe ?? [],
        ...(events === 'command' && match.verbs.length > 0 ? { verbs: match.verbs } : {}),
      },
      events,
      result: result === 'any' ? '' : result,
      match,
      except: v.except,
      count: v.count ?? 1,
      windowMs: v.window ?? 0,
      per: v.per ?? 'client',
    };
  });
}

const noConditions: Conditions = {
  verbs: [],
  codes: [],
  outcomes: [],
  argument: undefined,
  paths: [],
  clients: [],
  users: [],
};

type Match = Conditions & {
  readonly login: 'ok' | 'failed' | 'any' | undefined;
  readonly transfer: 'download' | 'upload' | 'any' | undefined;
};

function fieldsOf(known: Known): {
  readonly verb: { readonly shape: Shape<readonly string[]>; readonly help: string };
  readonly code: { readonly shape: Shape<readonly string[]>; readonly help: string };
  readonly outcome: { readonly shape: Shape<Conditions['outcomes']>; readonly help: string };
  readonly argument: { readonly shape: Shape<NonNullable<Conditions['argument']>>; readonly help: string };
  readonly path: { readonly shape: Shape<Conditions['paths']>; readonly help: string };
  readonly client: { readonly shape: Shape<readonly string[]>; readonly help: string };
  readonly user: { readonly shape: Shape<Conditions['users']>; readonly help: string };
} {
  const pattern = patternShape(known);
  return {
    verb: { shape: listOf(verbShape, { single: true }), help: 'Commands, as STOR or [MKD, RMD].' },
    code: { shape: listOf(codeShape, { single: true }), help: 'Reply codes, as 550 or 5yz.' },
    outcome: {
      shape: listOf(oneOf(outcomes), { single: true }),
      help: 'How a command ended, also where the log has no codes.',
    },
    argument: { shape: pattern, help: 'Argument as sent (glob or regex).' },
    path: { shape: listOf(pattern, { single: true }), help: 'Path of a command or transfer (glob or regex).' },
    client: {
      shape: listOf(clientShape(known), { single: true }),
      help: 'Address, network, name of a host (glob), or own.',
    },
    user: { shape: listOf(pattern, { single: true }), help: 'User names (glob or regex).' },
  };
}

interface Given {
  readonly verb: readonly string[] | undefined;
  readonly code: readonly string[] | undefined;
  readonly outcome: Conditions['outcomes'] | undefined;
  readonly argument: Conditions['argument'];
  readonly path: Conditions['paths'] | undefined;
  readonly client: readonly string[] | undefined;
  readonly user: Conditions['users'] | undefined;
}

function conditionsOf({
  verb = [],
  code = [],
  outcome = [],
  argument,
  path = [],
  client = [],
  user = [],
}: Given): Conditions {
  return { verbs: verb, codes: code, outcomes: outcome, argument, paths: path, clients: client, users: user };
}

function conditionsShape(known: Known): Shape<Conditions> {
  return mapped(
    mapOf(fieldsOf(known), (value, at, to, where) => {
      if (Object.values(value).some((part) => part !== undefined)) return true;
      to.problem(at, `${where} holds no condition`);
      return false;
    }),
    conditionsOf,
  );
}

function matchShape(known: Known): Shape<Match> {
  const shape = mapOf(
    {
      ...fieldsOf(known),
      login: { shape: oneOf(['ok', 'failed', 'any'] as const), help: 'Looks at logins instead of commands.' },
      transfer: {
        shape: oneOf(['download', 'upload', 'any'] as const),
        help: 'Looks at files that moved instead of commands.',
      },
    },
    (value, at, to, where) => {
      const { login, transfer, verb, code, outcome, argument, path } = value;
      const command = verb !== undefined || argument !== undefined || outcome !== undefined;
      const excluded: readonly (readonly [boolean, string])[] = [
        [login !== undefined && transfer !== undefined, "'login' and 'transfer' exclude each other"],
        [
          login !== undefined && (command || path !== undefined),
          "a login has no 'verb', 'outcome', 'argument' or 'path'",
        ],
        [
          transfer !== undefined && (command || code !== undefined),
          "a transfer has no 'verb', 'code', 'outcome' or 'argument'",
        ],
        [Object.values(value).every((part) => part === undefined), 'there is no condition'],
      ];
      const wrong = excluded.find(([applies]) => applies);
      if (wrong === undefined) return true;
      to.problem(at, `${where} cannot match — ${wrong[1]}`);
      return false;
    },
  );
  return mapped(shape, ({ login, transfer, ...given }) => ({ ...conditionsOf(given), login, transfer }));
}

const verbShape: Shape<string> = mapped(
  textOf(
    'a command such as STOR',
    (text) => (/^[A-Za-z]{1,16}$/.test(text) ? '' : 'letters only; SITE subcommands are in the argument'),
    {
      pattern: '^[A-Za-z]{1,16}$',
    },
  ),
  (text) => text.toUpperCase(),
);

const codeShape: Shape<string> = either<string, string>(
  mapped(numberIn(100, 699, true), String),
  mapped(
    textOf(
      'a class such as 5yz',
      (text) => (/^[1-6]([0-9][0-9]|[0-9][xz]|[xy][xz])$/i.test(text) ? '' : '550, 53z or 5yz'),
      {
        pattern: '^[1-6]([0-9][0-9]|[0-9][xzXZ]|[xyXY][xzXZ])$',
      },
    ),
    (text) => text.toLowerCase().replace(/[xyz]+$/, ''),
  ),
  (tree) => tree.kind === 'leaf' && typeof tree.value === 'number',
);

const units: ReadonlyMap<string, number> = new Map([
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
]);
const longestSeconds = 366 * 86_400;

const windowShape: Shape<number> = either<number, number>(
  mapped(numberIn(1, longestSeconds, true), (seconds) => seconds * 1000),
  mapped(
    textOf('a time such as 10m', (text) => (Number.isNaN(windowMs(text)) ? '30s, 10m, 2h or 7d' : ''), {
      pattern: '^[0-9]{1,8}[smhd]$',
    }),
    windowMs,
  ),
  (tree) => tree.kind === 'leaf' && typeof tree.value === 'number',
);

function windowMs(text: string): number {
  const ms = /^\d{1,8}[smhd]$/.test(text) ? Number(text.slice(0, -1)) * (units.get(text.slice(-1)) ?? 0) : Number.NaN;
  return ms >= 1000 && ms <= longestSeconds * 1000 ? ms : Number.NaN;
}
