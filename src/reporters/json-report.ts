/** The report as the JSON object of `--format json`, and back. */
import type { Aspect, Cell, EvidenceRole, Row, RuleMeta, Subject, Tally } from '../model.ts';
import {
  type BaselineSection,
  PlainMap,
  type Report,
  type SourceRow,
  type TableExtent,
  type TableLayout,
  type Uncounted,
} from '../report.ts';
import type { FindingRow, SuppressedRow } from '../rows/finding-row.ts';
import { type LoginRow, loginRow } from '../rows/login-row.ts';
import { severities } from '../severity.ts';

/** The object that `--format json` writes, in a fixed order of keys: the same report gives the same bytes. */
export function jsonReport(report: Report): Record<string, unknown> {
  const { schemaVersion, tool, sources, tally, tables, findings, rules, assumptions, suppressed, baseline } = report;
  const { extents, uncounted } = report;
  const sections: Record<string, unknown> = {};
  for (const [id, rows] of tables) sections[id] = id === 'overview' ? (rows[0] ?? {}) : rows;
  const reviewed = {
    ...(suppressed === undefined ? {} : { suppressed }),
    ...(baseline === undefined ? {} : { baseline }),
  };
  const bounds = { extents: Object.fromEntries(extents), uncounted };
  return { schemaVersion, tool, sources, tally, ...sections, ...bounds, findings, ...reviewed, rules, assumptions };
}

/** The JSON is not a report: what is wrong, and where. */
export class ReportFormatError extends Error {}

/**
 * The report that {@link jsonReport} wrote. Keys it does not know are left out: a later version may have added them.
 * `layouts`: the tables there are, since the JSON holds their rows only.
 */
export function reportFromJson(json: unknown, layouts: readonly TableLayout[]): Report {
  const top = record(json, 'the report');
  const version = top['schemaVersion'];
  if (version === undefined) throw new ReportFormatError("no report of ftplog: it has no 'schemaVersion'");
  if (version !== 1)
    throw new ReportFormatError(`schemaVersion is ${JSON.stringify(version)}, this version of ftplog reads 1`);
  const tool = record(top['tool'], 'tool');
  if (tool['name'] !== 'ftplog') throw new ReportFormatError('no report of ftplog: tool.name is something else');
  return {
    schemaVersion: 1,
    tool: { name: 'ftplog', version: text(tool['version'], 'tool.version') },
    sources: list(top['sources'], 'sources', sourceOf),
    tally: tallyOf(top['tally']),
    tables: new PlainMap(layouts.map(({ id }) => [id, rowsOf(top[id], id)])),
    layouts,
    extents: extentsOf(top['extents']),
    uncounted: top['uncounted'] === undefined ? [] : list(top['uncounted'], 'uncounted', uncountedOf),
    rules: list(top['rules'], 'rules', ruleOf),
    findings: list(top['findings'], 'findings', findingOf),
    assumptions: list(top['assumptions'], 'assumptions', text),
    ...(top['suppressed'] === undefined ? {} : { suppressed: list(top['suppressed'], 'suppressed', suppressedOf) }),
    ...(top['baseline'] === undefined ? {} : { baseline: baselineOf(top['baseline'], 'baseline') }),
  };
}

type Json = Readonly<Record<string, unknown>>;

function rowsOf(value: unknown, id: string): readonly Row[] {
  if (value === undefined) return [];
  return id === 'overview' ? [rowOf(value, id)] : list(value, id, rowOf);
}

function rowOf(value: unknown, where: string): Row {
  return Object.fromEntries(
    Object.entries(record(value, where)).map(([key, cell]) => [key, cellOf(cell, `${where}.${key}`)]),
  );
}

function cellOf(value: unknown, where: string): Cell {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  throw wrong(where, 'a plain value', value);
}

/** Reports of before did not say how much they list. */
function extentsOf(value: unknown): ReadonlyMap<string, TableExtent> {
  const extents = Object.entries(value === undefined ? {} : record(value, 'extents'));
  return new PlainMap(
    extents.map(([id, extent]) => {
      const at = `extents.${id}`;
      const { listed, rows } = record(extent, at);
      return [id, { listed: count(listed, `${at}.listed`), rows: count(rows, `${at}.rows`) }];
    }),
  );
}

function uncountedOf(value: unknown, at: string): Uncounted {
  const { where, events } = record(value, at);
  return { where: text(where, `${at}.where`), events: count(events, `${at}.events`) };
}

function sourceOf(value: unknown, where: string): SourceRow {
  const s = record(value, where);
  const n = (key: string): number => count(s[key], `${where}.${key}`);
  return {
    name: text(s['name'], `${where}.name`),
    lines: n('lines'),
    bytes: n('bytes'),
    blank: n('blank'),
    noise: n('noise'),
    unparsed: n('unparsed'),
    understood: n('understood'),
    dialects: list(s['dialects'], `${where}.dialects`, (item, at) => {
      const d = record(item, at);
      return {
        id: text(d['id'], `${at}.id`),
        wrappers: list(d['wrappers'], `${at}.wrappers`, text),
        program: text(d['program'], `${at}.program`),
        lines: count(d['lines'], `${at}.lines`),
        lacks: d['lacks'] === undefined ? [] : list(d['lacks'], `${at}.lacks`, aspectOf),
      };
    }),
    samples: list(s['samples'], `${where}.samples`, (item, at) => {
      const sample = record(item, at);
      return { line: count(sample['line'], `${at}.line`), text: text(sample['text'], `${at}.text`) };
    }),
    error: text(s['error'], `${where}.error`),
  };
}

const aspects: readonly Aspect[] = ['commands', 'replies', 'logins', 'transfers'];

function aspectOf(value: unknown, where: string): Aspect {
  return oneOf(aspects, value, where);
}

function tallyOf(value: unknown): Tally {
  const t = record(value, 'tally');
  const n = (key: keyof Tally): number => count(t[key], `tally.${key}`);
  return {
    lines: n('lines'),
    blank: n('blank'),
    noise: n('noise'),
    unparsed: n('unparsed'),
    understood: n('understood'),
    bytes: n('bytes'),
    clippedLines: n('clippedLines'),
    clippedTexts: n('clippedTexts'),
    droppedCommands: n('droppedCommands'),
    evictedSessions: n('evictedSessions'),
    // Older reports do not have it.
    ambiguous: t['ambiguous'] === undefined ? 0 : n('ambiguous'),
  };
}

const roles: readonly EvidenceRole[] = ['trigger', 'sample'];
const groups: readonly RuleMeta['group'][] = [
  'authentication',
  'reconnaissance',
  'confidentiality',
  'integrity',
  'exfiltration',
  'availability',
  'protocol-conformance',
];
const states: readonly RuleMeta['status'][] = ['trial', 'stable'];

function ruleOf(value: unknown, where: string): RuleMeta {
  const r = record(value, where);
  const t = (key: string): string => text(r[key], `${where}.${key}`);
  const texts = (key: string): readonly string[] => list(r[key], `${where}.${key}`, text);
  return {
    id: t('id'),
    status: oneOf(states, r['status'], `${where}.status`),
    severity: oneOf(severities, r['severity'], `${where}.severity`),
    group: oneOf(groups, r['group'], `${where}.group`),
    title: t('title'),
    why: t('why'),
    advice: t('advice'),
    falseAlarms: t('falseAlarms'),
    references: texts('references'),
    attack: texts('attack'),
    cwe: texts('cwe'),
    ...(r['verbs'] === undefined ? {} : { verbs: texts('verbs') }),
    ...(r['thresholds'] === undefined ? {} : { thresholds: numbers(r['thresholds'], `${where}.thresholds`) }),
  };
}

function findingOf(value: unknown, where: string): FindingRow {
  const f = record(value, where);
  return {
    rule: text(f['rule'], `${where}.rule`),
    severity: oneOf(severities, f['severity'], `${where}.severity`),
    message: text(f['message'], `${where}.message`),
    subject: subjectOf(f['subject'], `${where}.subject`),
    count: count(f['count'], `${where}.count`),
    firstTime: timeOf(f['firstTime'], `${where}.firstTime`),
    lastTime: timeOf(f['lastTime'], `${where}.lastTime`),
    evidence: list(f['evidence'], `${where}.evidence`, (item, at) => {
      const place = record(item, at);
      return {
        source: text(place['source'], `${at}.source`),
        line: count(place['line'], `${at}.line`),
        // Reports of before said no role.
        role: place['role'] === undefined ? 'sample' : oneOf(roles, place['role'], `${at}.role`),
        session: (place['session'] ?? null) === null ? null : text(place['session'], `${at}.session`),
      };
    }),
    fingerprint: text(f['fingerprint'], `${where}.fingerprint`),
    ...(f['known'] === undefined ? {} : { known: f['known'] === true }),
  };
}

function suppressedOf(value: unknown, where: string): SuppressedRow {
  const s = record(value, where);
  return {
    ...findingOf(value, where),
    reason: text(s['reason'], `${where}.reason`),
    allowed: text(s['allowed'], `${where}.allowed`),
    expires: s['expires'] === null ? null : text(s['expires'], `${where}.expires`),
  };
}

function baselineOf(value: unknown, where: string): BaselineSection {
  const b = record(value, where);
  const n = (key: string): number => count(b[key], `${where}.${key}`);
  return {
    file: text(b['file'], `${where}.file`),
    known: n('known'),
    new: n('new'),
    gone: n('gone'),
    newPairs: b['newPairs'] === null ? null : list(b['newPairs'], `${where}.newPairs`, loginOf),
  };
}

function loginOf(value: unknown, where: string): LoginRow {
  const r = record(value, where);
  const name = (key: string): string => (r[key] === null ? '' : text(r[key], `${where}.${key}`));
  const time = (key: string): number => Date.parse(timeOf(r[key], `${where}.${key}`) ?? '');
  return loginRow(name('client'), name('user'), {
    count: count(r['count'], `${where}.count`),
    first: time('first'),
    last: time('last'),
  });
}

function subjectOf(value: unknown, where: string): Subject {
  const s = record(value, where);
  const part = (key: keyof Subject): Subject =>
    s[key] === undefined ? {} : { [key]: text(s[key], `${where}.${key}`) };
  return { ...part('client'), ...part('user'), ...part('session'), ...part('network') };
}

function numbers(value: unknown, where: string): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(record(value, where)).map(([key, n]) => [key, count(n, `${where}.${key}`)]));
}

function timeOf(value: unknown, where: string): string | null {
  if (value === null) return null;
  const time = text(value, where);
  if (Number.isNaN(Date.parse(time))) throw wrong(where, 'a time', value);
  return time;
}

function oneOf<T extends string>(allowed: readonly T[], value: unknown, where: string): T {
  const found = allowed.find((name) => name === value);
  if (found === undefined) throw wrong(where, `one of ${allowed.join(', ')}`, value);
  return found;
}

function record(value: unknown, where: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(where, 'an object', value);
  return value as Json;
}

function list<T>(value: unknown, where: string, item: (value: unknown, where: string) => T): readonly T[] {
  if (!Array.isArray(value)) throw wrong(where, 'a list', value);
  return value.map((each, i) => item(each, `${where}[${i}]`));
}

function text(value: unknown, where: string): string {
  if (typeof value !== 'string') throw wrong(where, 'a text', value);
  return value;
}

function count(value: unknown, where: string): number {
  if (typeof value !== 'number' || !(value >= 0)) throw wrong(where, 'a number', value);
  return value;
}

function wrong(where: string, wanted: string, value: unknown): ReportFormatError {
  const got = value === undefined ? 'is missing' : `is ${(JSON.stringify(value) ?? String(value)).slice(0, 40)}`;
  return new ReportFormatError(`${where} ${got}, ${wanted} is wanted`);
}
