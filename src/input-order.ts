/**
 * In which order files are read, which is not always that in which they are named. The shell names the parts of a rotated
 * log newest first; sessions that cross a border need the oldest first. What two logs tell is counted in the first: that is
 * the one that knows the connections, and not a list of transfers.
 */
import { dialects } from './dialects/index.ts';
import { headOf, isPlainFile } from './io/head.ts';
import { defaultLimits, emptyTally } from './limits.ts';
import type { Dialect, Event } from './model.ts';
import { SourceReader } from './recognition/source-reader.ts';
import { isDated } from './timestamp.ts';
import { wrappers } from './wrappers/index.ts';
import { zoneOffset } from './zone.ts';

export interface OrderOptions {
  readonly dialect?: string;
  readonly year?: number;
  readonly timezone?: string;
  readonly offsetAt?: (localMs: number) => number;
}

interface Head {
  readonly index: number;
  readonly dialect: string;
  readonly rank: number;
  /** First time with a date, ms since the epoch; NaN if there is none. */
  readonly time: number;
  /** What the parts of a rotated log have in common. */
  readonly log: string;
}

/** Lines that are looked at. */
const headLines = 250;

/** Indices of the inputs in the order in which to read them; as they are named where one is not a plain file. */
export async function readingOrder(paths: readonly string[], options: OrderOptions = {}): Promise<readonly number[]> {
  const given = paths.map((_, i) => i);
  if (paths.length < 2 || !paths.every(isPlainFile)) return given;
  const heads: Head[] = [];
  for (const [index, path] of paths.entries()) {
    const { lines, modified } = await headOf(path, defaultLimits.lineOctets, headLines);
    heads.push(lookAt(index, path, lines, modified, options));
  }
  return orderOf(heads);
}

function lookAt(
  index: number,
  path: string,
  lines: readonly string[],
  reference: number,
  { dialect: named = '', year = 0, timezone, offsetAt = zoneOffset(timezone ?? 'UTC') ?? utc }: OrderOptions,
): Head {
  let time = Number.NaN;
  const emit = (event: Event): void => {
    if (Number.isNaN(time) && isDated(event.time)) time = event.time;
  };
  const [id, layout = ''] = named.split('=', 2);
  const reader = new SourceReader(
    {
      dialects,
      wrappers,
      forced: dialects.find((d) => d.id === id),
      options: { offsetAt, year, reference, layout, assume: () => undefined },
    },
    emptyTally(),
    () => ({ emit, end: () => undefined }),
  );
  for (const [i, line] of lines.entries()) reader.line(line, i + 1);
  reader.end();
  const known = reader.recognised
    .filter((r) => r.lines > 0)
    .map((r) => dialects.find((d) => d.id === r.dialect))
    .filter((d) => d !== undefined);
  const rank = known.length === 0 ? 0 : Math.min(...known.map(rankOf));
  return { index, dialect: known[0]?.id ?? '', rank, time, log: logName(path) };
}

function utc(): number {
  return 0;
}

/** Servers and captures know connections and clients, clients only their own; transfer logs know neither. */
function rankOf({ side }: Dialect): number {
  if (side === 'transfer') return 2;
  return side === 'client' || side === 'wire' ? 1 : 0;
}

/** `/var/log/vsftpd.log` of `/var/log/vsftpd.log.2.gz` and `/var/log/vsftpd.log-20260301`; digits elsewhere are all one. */
function logName(path: string): string {
  return path
    .replace(/\.(gz|xz|zst|bz2|lz4|Z)$/, '')
    .replace(/[-._](\d[-\d_.T]*|old|bak)$/, '')
    .replace(/\d+/g, '#');
}

function orderOf(heads: readonly Head[]): readonly number[] {
  const logs = new Map<string, Head[]>();
  for (const head of heads) {
    const key = `${head.dialect}\n${head.log}`;
    logs.set(key, [...(logs.get(key) ?? []), head]);
  }
  const ordered = [...heads];
  for (const parts of logs.values()) {
    if (parts.length < 2 || parts.some((p) => p.dialect === '' || Number.isNaN(p.time))) continue;
    const places = parts.map((p) => ordered.indexOf(p));
    const oldestFirst = [...parts].sort((a, b) => a.time - b.time || a.index - b.index);
    for (const [i, part] of oldestFirst.entries()) ordered[places[i] as number] = part;
  }
  return ordered.sort((a, b) => a.rank - b.rank).map((h) => h.index);
}
