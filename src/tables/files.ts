/** Files that moved, most bytes first. */
import { defaultLimits } from '../limits.ts';
import type { FinishContext, Table, Transfer } from '../model.ts';
import { type BoundedMap, boundedMap, claim, firstOf, mergeBounded } from '../monoid.ts';
import { octetsOrNull } from '../rows/values.ts';
import { count, maybe, objectOf, octets, text, type ValueOf } from '../shapes.ts';
import { byText } from '../text.ts';
import { column, columnsOf } from './columns.ts';

interface FileStats {
  downloads: number;
  uploads: number;
  incomplete: number;
  bytes: number;
  unsized: number;
}

const row = objectOf({
  path: column('Path', text),
  downloads: column('Down', count, { expendable: 1 }),
  uploads: column('Up', count, { expendable: 2 }),
  incomplete: column('Broken', count, { expendable: 3 }),
  bytes: column('Bytes', maybe(octets)),
});

export const files: Table<BoundedMap<FileStats>> = {
  id: 'files',
  title: 'Files',
  row,
  columns: columnsOf(row),
  init: () => boundedMap(defaultLimits.distinctKeys),
  transfer: (state: BoundedMap<FileStats>, t: Transfer): void => {
    const stats = claim(state, t.path, none);
    if (stats === undefined) return;
    if (t.direction === 'download') stats.downloads++;
    else stats.uploads++;
    if (!t.complete) stats.incomplete++;
    if (t.bytes < 0) stats.unsized++;
    else stats.bytes += t.bytes;
  },
  size: ({ map }: BoundedMap<FileStats>): number => map.size,
  uncounted: ({ overflow }: BoundedMap<FileStats>): number => overflow,
  merge: (into: BoundedMap<FileStats>, from: BoundedMap<FileStats>): void => mergeBounded(into, from, add),
  finish: (state: BoundedMap<FileStats>, { top }: FinishContext): readonly ValueOf<typeof row>[] => {
    const order = (a: [string, FileStats], b: [string, FileStats]): number =>
      b[1].bytes - a[1].bytes || times(b[1]) - times(a[1]) || byText(a[0], b[0]);
    return firstOf(state.map, top, order).map(([path, { downloads, uploads, incomplete, bytes, unsized }]) => ({
      path,
      downloads,
      uploads,
      incomplete,
      bytes: octetsOrNull(bytes, downloads + uploads, unsized, false),
    }));
  },
};

function none(): FileStats {
  return { downloads: 0, uploads: 0, incomplete: 0, bytes: 0, unsized: 0 };
}

function times(s: FileStats): number {
  return s.downloads + s.uploads;
}

function add(into: FileStats, from: FileStats): void {
  into.downloads += from.downloads;
  into.uploads += from.uploads;
  into.incomplete += from.incomplete;
  into.bytes += from.bytes;
  into.unsized += from.unsized;
}
