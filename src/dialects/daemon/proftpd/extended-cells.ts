/** Cuts lines of an unknown ExtendedLog into cells: what a LogFormat may have put between blanks, marks and quotes. */
import { numberIn } from '../../../number.ts';

/** A cell and the literal text before it. */
export interface Cell {
  readonly before: string;
  readonly value: string;
  readonly kind: 'clf' | 'iso' | 'quoted' | 'tail' | 'word';
  /** Name, where the line has `name=value` or JSON. */
  readonly name: string;
}

/** A line as cells, and the literal behind the last one. */
export interface Cut {
  readonly cells: readonly Cell[];
  readonly after: string;
}

const clf = /^\d{2}\/[A-Z][a-z]{2}\/\d{4}:\d{2}:\d{2}:\d{2}(?: [+-]\d{4})?/;
const iso = /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}(?:[.,]\d+)?(?:Z| ?[+-]\d{2}:?\d{2}(?!\d)| UTC\b| GMT\b)?/;

/** How columns are parted: a mark such as `,`, or `''` for blanks and brackets. */
export function separatorOf(lines: readonly string[]): string {
  for (const mark of [',', '\t', ';', '|']) {
    const columns = lines.map((line) => cutAt(line, mark).cells.length);
    const most = numberIn(modeOf(columns.map(String)));
    if (most >= 4 && columns.filter((n) => n === most).length >= lines.length * 0.7) return mark;
  }
  return '';
}

/** The value that occurs most; the first of several. */
export function modeOf(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best = '';
  let most = 0;
  for (const [value, n] of counts) {
    if (n <= most) continue;
    best = value;
    most = n;
  }
  return best;
}

/** Columns parted by one mark; quoted ones may hold it. */
export function cutAt(line: string, mark: string): Cut {
  const cells: Cell[] = [];
  let at = 0;
  let before = '';
  for (;;) {
    const quoted = line[at] === '"';
    const close = quoted ? closing(line, at + 1, mark) : -1;
    const from = quoted && close > 0 ? at + 1 : at;
    const end = quoted && close > 0 ? close : endAt(line, at, mark);
    const value = line.slice(from, end);
    cells.push({ before: before + line.slice(at, from), value, kind: kindOf(value, quoted && close > 0), name: '' });
    const behind = quoted && close > 0 ? close + 1 : end;
    if (behind >= line.length) return { cells, after: line.slice(end) };
    before = line.slice(end, behind + 1);
    at = behind + 1;
  }
}

function endAt(line: string, at: number, mark: string): number {
  // The comma of `11:38:45,221` parts no columns.
  const time = iso.exec(line.slice(at, at + 40));
  const end = line.indexOf(mark, time === null ? at : at + time[0].length);
  return end < 0 ? line.length : end;
}

/** The first quote that is followed by the mark or the end; -1 if there is none. */
function closing(line: string, from: number, mark: string): number {
  for (let i = line.indexOf('"', from); i >= 0; i = line.indexOf('"', i + 1)) {
    if (i + 1 === line.length || line.startsWith(mark, i + 1)) return i;
  }
  return -1;
}

function kindOf(value: string, quoted: boolean): Cell['kind'] {
  if (iso.exec(value)?.[0] === value) return 'iso';
  return quoted ? 'quoted' : 'word';
}

/** Cells parted by blanks, brackets, quotes and `ip:port`. */
export function cutWords(line: string): Cut {
  const cells: Cell[] = [];
  let before = '';
  let at = 0;
  while (at < line.length) {
    const c = line[at] ?? '';
    const rest = line.slice(at, at + 48);
    const time = clf.exec(rest) ?? iso.exec(rest);
    if (time !== null) {
      cells.push({ before, value: time[0], kind: time[0][2] === '/' ? 'clf' : 'iso', name: '' });
      before = '';
      at += time[0].length;
    } else if (c === '"') {
      const end = quoteEnd(line, at + 1);
      if (end < 0) return { cells, after: before + line.slice(at) };
      cells.push({ before: `${before}"`, value: line.slice(at + 1, end), kind: 'quoted', name: '' });
      before = '"';
      at = end + 1;
    } else if (' []()<>,;|\t'.includes(c)) {
      before += c;
      at++;
    } else {
      const word = /^[^ \]")>\t]+/.exec(line.slice(at))?.[0] ?? c;
      const port = /^([^:/]+):(\d{1,5})$/.exec(word);
      if (port === null) cells.push({ before, value: word, kind: 'word', name: '' });
      else {
        cells.push({ before, value: port[1] ?? '', kind: 'word', name: '' });
        cells.push({ before: ':', value: port[2] ?? '', kind: 'word', name: '' });
      }
      before = '';
      at += word.length;
    }
  }
  return { cells, after: before };
}

/** The first quote from `from` on behind which a blank, a bracket or the end follows. */
function quoteEnd(line: string, from: number): number {
  for (let i = line.indexOf('"', from); i >= 0; i = line.indexOf('"', i + 1)) {
    const next = line[i + 1];
    if (next === undefined || ' ])>,;|\t'.includes(next)) return i;
  }
  return -1;
}

const key = /(^|[ \t,;|{(])("?)([A-Za-z_@][\w.@-]{0,31})\2(=|: ?)/g;

/** Names that stand before a value, in order. */
export function namesOf(line: string): readonly string[] {
  const json = line.startsWith('{');
  return [...line.matchAll(key)].filter((m) => (m[4] === '=') !== json).map((m) => m[3] ?? '');
}

/** `name=value` or JSON, cut at the names that all lines have. */
export function cutNames(line: string, names: readonly string[]): Cut | undefined {
  const json = line.startsWith('{');
  const found: { readonly name: string; readonly at: number; readonly value: number }[] = [];
  for (const m of line.matchAll(key)) {
    if ((m[4] === '=') === json || m[3] !== names[found.length]) continue;
    const at = (m.index ?? 0) + (m[1] ?? '').length;
    found.push({ name: m[3] ?? '', at, value: (m.index ?? 0) + m[0].length });
  }
  const first = found[0];
  if (first === undefined || found.length !== names.length) return undefined;
  const head = cutWords(line.slice(0, first.at));
  const cells: Cell[] = [...head.cells];
  let before = head.after;
  let last = first.at;
  for (let i = 0; i < found.length; i++) {
    const one = found[i] ?? first;
    const next = found[i + 1]?.at ?? line.length;
    const quoted = line[one.value] === '"';
    const from = quoted ? one.value + 1 : one.value;
    const end = Math.max(
      from,
      quoted ? line.lastIndexOf('"', next - (i + 1 < found.length ? 2 : 1)) : bareEnd(line, next, from, json),
    );
    cells.push({
      before: before + line.slice(last, from),
      value: line.slice(from, end),
      kind: kindOf(line.slice(from, end), quoted),
      name: one.name.toLowerCase(),
    });
    before = '';
    last = end;
  }
  return { cells, after: line.slice(last) };
}

function bareEnd(line: string, next: number, from: number, json: boolean): number {
  let end = next;
  const marks = json ? ' \t,}' : ' \t,;|';
  while (end > from && marks.includes(line[end - 1] ?? '\n')) end--;
  return end;
}
