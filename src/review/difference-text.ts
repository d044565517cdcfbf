/** A difference as text for a terminal of any width. */
import { mainPlace, placeText, type ShortNames, subjectText } from '../reporters/finding-text.ts';
import { byteSize, grouped } from '../reporters/format.ts';
import { cutEnd, cutMiddle, displayWidth, wrap } from '../reporters/width.ts';
import type { FindingRow } from '../rows/finding-row.ts';
import { printable, shortestNames } from '../text.ts';
import { by, type Change, type Difference, type Listed, type RowChange } from './compare.ts';

export interface TextOptions {
  readonly width: number;
  /** Rows per section; 0 for all. */
  readonly top: number;
}

/** The names of numbers, as people say them. */
const words: ReadonlyMap<string, string> = new Map([
  ['unparsed', 'not understood'],
  ['loginsOk', 'logins'],
  ['loginsFailed', 'refused logins'],
  ['failedLogins', 'refused logins'],
  ['bytesDown', 'downloaded'],
  ['bytesUp', 'uploaded'],
  ['endedQuit', 'ended with QUIT'],
  ['endedServiceClosing', 'closed by the server'],
  ['endedDropped', 'dropped'],
  ['endedEvicted', 'given up'],
  ['endedEndOfInput', 'end not in the log'],
  ['unsizedDownloads', 'downloads without size'],
  ['unsizedUploads', 'uploads without size'],
]);

/** `incompleteTransfers` is `incomplete transfers`. */
export function nameOf(key: string): string {
  return words.get(key) ?? key.replace(/[A-Z]/g, (c) => ` ${c.toLowerCase()}`);
}

/** A number as people read it. */
export function amount(key: string, n: number): string {
  return key.startsWith('bytes') ? byteSize(n) : grouped(n);
}

/** `+3`. */
export function delta(change: Change): string {
  const n = by(change);
  return `${n > 0 ? '+' : '-'}${amount(change.key, Math.abs(n))}`;
}

/** One line that says it all. */
export function summaryOf({ findings, newPairs }: Difference): string {
  const count = (n: number, what: string): string => `${grouped(n)} ${what}`;
  const parts = [
    count(findings.new.length, 'new'),
    count(findings.gone.length, 'gone'),
    count(findings.still.length, 'still there'),
  ];
  const pairs = newPairs?.length ?? 0;
  return `${parts.join(', ')}${pairs === 0 ? '' : `; ${grouped(pairs)} new ${pairs === 1 ? 'pair' : 'pairs'} of user and client`}`;
}

/** The text, in pieces that end with a line end. */
export function* differenceText(d: Difference, { width, top }: TextOptions): Iterable<string> {
  yield `${cutEnd(`${cutMiddle(printable(d.old.file), 36)} → ${cutMiddle(printable(d.new.file), 36)}`, width)}\n`;
  yield `Findings: ${summaryOf(d)}\n`;
  const names = namesOf(d);
  yield* findingSection('New findings', d.findings.new, names, { width, top });
  yield* findingSection('Gone', d.findings.gone, names, { width, top });
  yield* findingSection('Still there', d.findings.still, names, { width, top }, (f) => {
    const before = d.findings.still.find((still) => still.fingerprint === f.fingerprint)?.countBefore ?? f.count;
    return before === f.count ? times(f.count) : `${grouped(before)} → ${times(f.count)}`;
  });
  yield* pairSection(d, { width, top });
  yield* changeSection(
    'Totals',
    d.totals.map((change): RowChange => ({ name: nameOf(change.key), changes: [change] })),
    { width, top: 0 },
  );
  yield* changeSection('Reply codes', d.codes, { width, top });
  yield* changeSection('Commands', d.commands, { width, top });
  yield* changeSection('Clients', d.clients, { width, top });
  yield* changeSection('Users', d.users, { width, top });
  const partly = partlyText(d);
  if (partly !== '') yield `\n${wrap(partly, width, 8).join('\n')}\n`;
}

/** What could not be compared, and why; '' if everything was. */
export function partlyText({ partly }: Difference): string {
  if (partly.length === 0) return '';
  const listed = ({ listed, rows }: Listed): string =>
    rows === null ? `${grouped(listed)}, perhaps not all` : `${grouped(listed)} of ${grouped(rows)}`;
  const parts = partly.map(
    ({ table, old, new: next, left }) =>
      `${table} (the old report lists ${listed(old)}, the new one ${listed(next)}; ${grouped(left)} only in one of them)`,
  );
  return `Compared in part: ${parts.join('; ')}. What a cut table leaves out is no difference. Reports without --top list more.`;
}

/** Short names of the sources of both reports. */
export function namesOf({ old, new: next }: Difference): ShortNames {
  return shortestNames([...old.sources, ...next.sources]);
}

function* findingSection(
  title: string,
  findings: readonly FindingRow[],
  names: ShortNames,
  { width, top }: TextOptions,
  countText: (f: FindingRow) => string = (f) => times(f.count),
): Iterable<string> {
  if (findings.length === 0) return;
  yield `\n${title}\n`;
  for (const f of top > 0 ? findings.slice(0, top) : findings) {
    const main = mainPlace(f);
    const place = main === undefined ? '' : printable(placeText(main, names));
    const left = `  ${f.severity.padEnd(8)}  ${f.rule}`;
    const right = [printable(subjectText(f)), countText(f)].filter((part) => part !== '').join(', ');
    const room = width - displayWidth(left) - 2;
    yield room < 12
      ? `${cutEnd(left, width)}\n${cutEnd(`            ${right}`, width)}\n`
      : `${left}  ${cutMiddle(right, room)}\n`;
    const at = place === '' ? '' : `  ${cutMiddle(place, 24)}`;
    yield `            ${cutEnd(printable(f.message), Math.max(20, width - 12 - displayWidth(at)))}${at}\n`;
  }
  yield* restOf(findings.length, top);
}

function* pairSection({ newPairs }: Difference, { width, top }: TextOptions): Iterable<string> {
  if (newPairs === null) {
    yield '\nNew pairs of user and client: too many in one of the reports to tell\n';
    return;
  }
  if (newPairs.length === 0) return;
  yield '\nUsers from clients that they did not log in from before\n';
  for (const { client, user, count, first } of top > 0 ? newPairs.slice(0, top) : newPairs) {
    const when = first === null ? '' : `, first ${first.slice(0, 19).replace('T', ' ')}`;
    yield `${cutEnd(`  ${cutMiddle(printable(user ?? ''), 24)} from ${cutMiddle(printable(client ?? ''), 24)}, ${times(count)}${when}`, width)}\n`;
  }
  yield* restOf(newPairs.length, top);
}

function* changeSection(title: string, rows: readonly RowChange[], { width, top }: TextOptions): Iterable<string> {
  if (rows.length === 0) return;
  yield `\n${title}\n`;
  const shown = top > 0 ? rows.slice(0, top) : rows;
  const nameWidth = Math.min(24, Math.max(...shown.map(({ name }) => displayWidth(printable(name)))));
  for (const { name, changes } of shown) {
    const text = cutMiddle(printable(name), nameWidth);
    const cells = changes.map((change) => changeText(change, changes.length > 1 || !(nameOf(change.key) === name)));
    const indent = ' '.repeat(nameWidth + 4);
    let line = `  ${text}${' '.repeat(nameWidth - displayWidth(text))}`;
    for (const cell of cells) {
      if (displayWidth(line) > indent.length && displayWidth(line) + 2 + cell.length > width) {
        yield `${line}\n`;
        line = indent.slice(2);
      }
      line += `  ${cell}`;
    }
    yield `${cutEnd(line, width)}\n`;
  }
  yield* restOf(rows.length, top);
}

function changeText(change: Change, named: boolean): string {
  const name = named && change.key !== 'count' ? `${nameOf(change.key)} ` : '';
  return `${name}${amount(change.key, change.before)} → ${amount(change.key, change.after)} (${delta(change)})`;
}

function* restOf(all: number, top: number): Iterable<string> {
  if (top > 0 && all > top) yield `  … and ${grouped(all - top)} more\n`;
}

function times(n: number): string {
  return n === 1 ? 'once' : `${grouped(n)} times`;
}
