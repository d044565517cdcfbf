/** A difference as Markdown, for a comment in a pull request. */
import { markdownCode, markdownText } from '../reporters/escape.ts';
import { mainPlace, placeText, type ShortNames, subjectText } from '../reporters/finding-text.ts';
import { grouped } from '../reporters/format.ts';
import { cutEnd, cutMiddle } from '../reporters/width.ts';
import type { FindingRow } from '../rows/finding-row.ts';
import type { Change, Difference, RowChange } from './compare.ts';
import { amount, delta, nameOf, namesOf, partlyText, summaryOf } from './difference-text.ts';

/** `top`: rows per section, 0 for all. */
export function* differenceMarkdown(d: Difference, top: number): Iterable<string> {
  yield `## FTP log reports compared\n\n${code(d.old.file)} → ${code(d.new.file)}\n\n**Findings: ${summaryOf(d)}**\n`;
  const names = namesOf(d);
  yield* findingTable('New findings', d.findings.new, names, top);
  yield* findingTable('Gone', d.findings.gone, names, top);
  yield* findingTable('Still there', d.findings.still, names, top);
  if (d.newPairs !== null && d.newPairs.length > 0) {
    yield '\n### Users from clients that they did not log in from before\n\n| User | Client | Logins |\n| --- | --- | ---: |\n';
    for (const { user, client, count } of first(d.newPairs, top))
      yield `| ${code(user ?? '')} | ${code(client ?? '')} | ${grouped(count)} |\n`;
    yield* restOf(d.newPairs.length, top);
  }
  yield* changeTable(
    'Totals',
    d.totals.map((change): RowChange => ({ name: nameOf(change.key), changes: [change] })),
    0,
  );
  yield* changeTable('Reply codes', d.codes, top);
  yield* changeTable('Commands', d.commands, top);
  yield* changeTable('Clients', d.clients, top);
  yield* changeTable('Users', d.users, top);
  if (partlyText(d) !== '') yield `\n${markdownText(partlyText(d))}\n`;
}

function* findingTable(
  title: string,
  findings: readonly FindingRow[],
  names: ShortNames,
  top: number,
): Iterable<string> {
  if (findings.length === 0) return;
  yield `\n### ${title}\n\n| Severity | Rule | What was seen | Subject | Times | Where |\n| --- | --- | --- | --- | ---: | --- |\n`;
  for (const f of first(findings, top)) {
    const main = mainPlace(f);
    const place = main === undefined ? '' : code(placeText(main, names));
    yield `| ${f.severity} | ${code(f.rule)} | ${markdownText(cutEnd(f.message, 300))} | ${code(subjectText(f))} | ${grouped(f.count)} | ${place} |\n`;
  }
  yield* restOf(findings.length, top);
}

function* changeTable(title: string, rows: readonly RowChange[], top: number): Iterable<string> {
  if (rows.length === 0) return;
  yield `\n### ${title}\n\n| | what | before | after | change |\n| --- | --- | ---: | ---: | ---: |\n`;
  for (const { name, changes } of first(rows, top)) {
    for (const [i, change] of changes.entries())
      yield `| ${i === 0 ? code(name) : ''} | ${what(change, name)} | ${amount(change.key, change.before)} | ${amount(change.key, change.after)} | ${delta(change)} |\n`;
  }
  yield* restOf(rows.length, top);
}

function what(change: Change, name: string): string {
  return nameOf(change.key) === name ? '' : nameOf(change.key);
}

function* restOf(all: number, top: number): Iterable<string> {
  if (top > 0 && all > top) yield `\n… and ${grouped(all - top)} more\n`;
}

function first<T>(items: readonly T[], top: number): readonly T[] {
  return top > 0 ? items.slice(0, top) : items;
}

function code(text: string): string {
  return markdownCode(cutMiddle(text, 100));
}
