/** What differs between two reports: findings by fingerprint, numbers by name. Worst first, and only what changed. */
import type { Row, Severity } from '../model.ts';
import type { Report } from '../report.ts';
import type { FindingRow } from '../rows/finding-row.ts';
import type { LoginRow } from '../rows/login-row.ts';
import { byText } from '../text.ts';
import { newPairs } from './baseline.ts';

/** A number before and after. What a log does not tell, or a report does not list, is no change. */
export interface Change {
  readonly key: string;
  readonly before: number;
  readonly after: number;
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

/** A table of which a report lists only a part: what one report lists and the other does not, may be in both. */
export interface PartlyCompared {
  readonly table: ComparedTable;
  readonly old: Listed;
  readonly new: Listed;
  /** Names that only one report lists, and that are left out here. */
  readonly left: number;
}

/** Rows listed, and rows there were; null if the report does not say. */
export interface Listed {
  readonly listed: number;
  readonly rows: number | null;
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
  /** Tables that could not be compared in full. */
  readonly partly: readonly PartlyCompared[];
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

export type ComparedTable = 'codes' | 'commands' | 'clients' | 'users';

/** Columns of a table that are compared; the first is the one that tells how much. */
const compared: Readonly<Record<ComparedTable, readonly [name: string, ...keys: string[]]>> = {
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
  const partly: PartlyCompared[] = [];
  const rows = (id: ComparedTable): readonly RowChange[] => rowChanges(id, before, after, partly);
  const [codes, commands, clients, users] = [rows('codes'), rows('commands'), rows('clients'), rows('users')];
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
    codes,
    commands,
    clients,
    users,
    partly,
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

/** What a complete table does not list was not there: 0. Of what a cut table does not list nothing is known. */
function rowChanges(id: ComparedTable, before: Report, after: Report, partly: PartlyCompared[]): readonly RowChange[] {
  const [nameKey, ...keys] = compared[id];
  const [old, next] = [rowsByName(before, id, nameKey), rowsByName(after, id, nameKey)];
  const [oldIsWhole, nextIsWhole] = [isWhole(before, id), isWhole(after, id)];
  const none = Object.fromEntries(keys.map((key) => [key, 0]));
  const changed: RowChange[] = [];
  let left = 0;
  for (const name of new Set([...old.keys(), ...next.keys()])) {
    const was = old.get(name) ?? (oldIsWhole ? none : undefined);
    const is = next.get(name) ?? (nextIsWhole ? none : undefined);
    if (was === undefined || is === undefined) {
      left++;
      continue;
    }
    const changes = changesOf(keys, was, is);
    if (changes.length > 0) changed.push({ name, changes });
  }
  if (!oldIsWhole || !nextIsWhole)
    partly.push({ table: id, old: listedOf(before, id), new: listedOf(after, id), left });
  return changed.sort((a, b) => harm(id, b) - harm(id, a) || size(b) - size(a) || byText(a.name, b.name));
}

function rowsByName({ tables }: Report, id: ComparedTable, nameKey: string): ReadonlyMap<string, Row> {
  return new Map((tables.get(id) ?? []).map((row) => [String(row[nameKey]), row]));
}

/** The report says that it lists all of the table, and nothing was kept out of it. */
function isWhole(report: Report, id: ComparedTable): boolean {
  const { listed, rows } = listedOf(report, id);
  return rows !== null && listed >= rows && !report.uncounted.some(({ where }) => where === id);
}

function listedOf({ tables, extents }: Report, id: ComparedTable): Listed {
  return { listed: tables.get(id)?.length ?? 0, rows: extents.get(id)?.rows ?? null };
}

function changesOf(keys: readonly string[], before: Row, after: Row): readonly Change[] {
  const changes: Change[] = [];
  for (const key of keys) {
    const [was, is] = [before[key], after[key]];
    if (typeof was === 'number' && typeof is === 'number' && was !== is) changes.push({ key, before: was, after: is });
  }
  return changes;
}

/** How many more failures there are. */
function harm(id: ComparedTable, { name, changes }: RowChange): number {
  if (id === 'codes') return /^[45]/.test(name) ? Math.max(0, by(changes[0])) : 0;
  return changes.filter((change) => bad.has(change.key)).reduce((sum, change) => sum + Math.max(0, by(change)), 0);
}

function size({ changes }: RowChange): number {
  return Math.abs(by(changes[0]));
}

/** After less before. */
export function by(change: Change | undefined): number {
  return change === undefined ? 0 : change.after - change.before;
}
