/** What differs between two reports: findings by fingerprint, numbers by name. Worst first, and only what changed. */
import type { Row, Severity } from '../model.ts';
import type { Report } from '../report.ts';
import type { FindingRow } from '../rows/finding-row.ts';
import type { LoginRow } from '../rows/login-row.ts';
import { byText } from '../text.ts';
import { newPairs } from './baseline.ts';

/** A number before and after; null where the report does not list it. */
export interface Change {
  readonly key: string;
  readonly before: number | null;
  readonly after: number | null;
}

/** A code, a command, a client or a user, with its numbers that changed. */
export interface RowChange {
  readonly name: string;
  readonly changes: readonly Change[];
}

/** A finding of both reports, as it is now. */
export interface StillThere extends FindingRow {
  readonly countBefore: number;
  readonly severityBefore: Severity;
}

export interface Difference {
  readonly schemaVersion: 1;
  readonly old: Side;
  readonly new: Side;
  readonly findings: {
    readonly new: readonly FindingRow[];
    readonly gone: readonly FindingRow[];
    readonly still: readonly StillThere[];
  };
  readonly totals: readonly Change[];
  readonly codes: readonly RowChange[];
  readonly commands: readonly RowChange[];
  readonly clients: readonly RowChange[];
  readonly users: readonly RowChange[];
  /** Users at clients that are new; null where a report could not list them. */
  readonly newPairs: readonly LoginRow[] | null;
}

export interface Side {
  readonly file: string;
  readonly version: string;
  readonly sources: readonly string[];
  readonly firstTime: string | null;
  readonly lastTime: string | null;
}

/** Columns of a table that are compared; the first is the one that tells how much. */
const compared: Readonly<
  Record<'codes' | 'commands' | 'clients' | 'users', readonly [name: string, ...keys: string[]]>
> = {
  codes: ['code', 'count'],
  commands: ['verb', 'count', 'failed'],
  clients: ['client', 'commands', 'failures', 'failedLogins', 'logins', 'bytesDown', 'bytesUp'],
  users: ['user', 'commands', 'failures', 'failedLogins', 'logins', 'bytesDown', 'bytesUp'],
};

/** More of these is worse. */
const bad: ReadonlySet<string> = new Set(['failed', 'failures', 'failedLogins']);

/** Compares two reports. Pure. */
export function compareReports(before: Report, after: Report, files: readonly [old: string, next: string]): Difference {
  const known = new Map(before.findings.map((finding) => [finding.fingerprint, finding]));
  const now = new Set(after.findings.map((finding) => finding.fingerprint));
  const rows = (id: keyof typeof compared): readonly RowChange[] =>
    rowChanges(id, before.tables.get(id) ?? [], after.tables.get(id) ?? []);
  return {
    schemaVersion: 1,
    old: sideOf(before, files[0]),
    new: sideOf(after, files[1]),
    findings: {
      new: after.findings.filter((finding) => !known.has(finding.fingerprint)),
      gone: before.findings.filter((finding) => !now.has(finding.fingerprint)),
      still: after.findings.flatMap((finding) => {
        const old = known.get(finding.fingerprint);
        return old === undefined ? [] : [{ ...finding, countBefore: old.count, severityBefore: old.severity }];
      }),
    },
    totals: totalsOf(before, after),
    codes: rows('codes'),
    commands: rows('commands'),
    clients: rows('clients'),
    users: rows('users'),
    newPairs: newPairs(after, before),
  };
}

function sideOf({ tool, sources, tables }: Report, file: string): Side {
  const overview = tables.get('overview')?.[0] ?? {};
  const time = (key: string): string | null => (typeof overview[key] === 'string' ? overview[key] : null);
  return {
    file,
    version: tool.version,
    sources: sources.map((source) => source.name),
    firstTime: time('firstTime'),
    lastTime: time('lastTime'),
  };
}

function totalsOf(before: Report, after: Report): readonly Change[] {
  const tally = changesOf(
    ['lines', 'understood', 'unparsed'],
    { lines: before.tally.lines, understood: before.tally.understood, unparsed: before.tally.unparsed },
    { lines: after.tally.lines, understood: after.tally.understood, unparsed: after.tally.unparsed },
  );
  const old = before.tables.get('overview')?.[0] ?? {};
  const next = after.tables.get('overview')?.[0] ?? {};
  const keys = [...new Set([...Object.keys(old), ...Object.keys(next)])];
  return [
    ...tally,
    ...changesOf(
      keys.filter((key) => typeof (next[key] ?? old[key]) === 'number'),
      old,
      next,
    ),
  ];
}

function rowChanges(id: keyof typeof compared, before: readonly Row[], after: readonly Row[]): readonly RowChange[] {
  const [nameKey, ...keys] = compared[id];
  const old = new Map(before.map((row) => [String(row[nameKey]), row]));
  const next = new Map(after.map((row) => [String(row[nameKey]), row]));
  return [...new Set([...old.keys(), ...next.keys()])]
    .map((name) => ({ name, changes: changesOf(keys, old.get(name) ?? {}, next.get(name) ?? {}) }))
    .filter(({ changes }) => changes.length > 0)
    .sort((a, b) => harm(id, b) - harm(id, a) || size(b) - size(a) || byText(a.name, b.name));
}

function changesOf(keys: readonly string[], before: Row, after: Row): readonly Change[] {
  return keys
    .map((key) => ({ key, before: numberOf(before[key]), after: numberOf(after[key]) }))
    .filter(({ before: old, after: now }) => (old ?? 0) !== (now ?? 0));
}

function numberOf(cell: Row[string] | undefined): number | null {
  return typeof cell === 'number' ? cell : null;
}

/** How many more failures there are. */
function harm(id: keyof typeof compared, { name, changes }: RowChange): number {
  if (id === 'codes') return /^[45]/.test(name) ? Math.max(0, by(changes[0])) : 0;
  return changes.filter((change) => bad.has(change.key)).reduce((sum, change) => sum + Math.max(0, by(change)), 0);
}

function size({ changes }: RowChange): number {
  return Math.abs(by(changes[0]));
}

/** After less before. */
export function by(change: Change | undefined): number {
  return change === undefined ? 0 : (change.after ?? 0) - (change.before ?? 0);
}
