/** Prints how well ftplog reads the recorded sessions: one line per file, totals per dialect. Arguments choose dialects, or files by a part of their path with `/`. */
import { type Comparison, compareFile, isExact, manifest } from './truth.ts';

const wanted = process.argv.slice(2).filter((arg) => !arg.startsWith('-'));
const verbose = process.argv.includes('-v');
const unfinished = process.argv.includes('-u');

const columns = ['carried', 'equal', 'missing', 'extra', 'code', 'session', 'time', 'unclear', 'left out', 'unparsed'];

function numbers(list: readonly Comparison[]): readonly number[] {
  const sum = (of: (c: Comparison) => number): number => list.reduce((total, c) => total + of(c), 0);
  return [
    sum((c) => c.carried),
    sum((c) => c.equal),
    sum((c) => c.missing.length),
    sum((c) => c.extra.length),
    sum((c) => c.wrongCode.length),
    sum((c) => c.wrongSession.length),
    sum((c) => c.wrongTimes),
    sum((c) => c.unclear.length),
    sum((c) => c.leftOut),
    sum((c) => c.unparsed),
  ];
}

function row(name: string, cells: readonly (number | string)[], tail: string): string {
  return `${name.padEnd(44)}${cells.map((cell) => String(cell).padStart(9)).join('')}  ${tail}`;
}

const files = manifest.files
  .filter((f) => wanted.length === 0 || wanted.some((w) => f.dialect === w || (w.includes('/') && f.file.includes(w))))
  .sort((a, b) => (a.dialect < b.dialect ? -1 : a.dialect > b.dialect ? 1 : a.file < b.file ? -1 : 1));
const results: Comparison[] = [];
for (const f of files) results.push(await compareFile(f));

console.log(row('', columns, 'recognised as'));
for (const name of [...new Set(results.map((r) => r.dialect))]) {
  const own = results.filter((r) => r.dialect === name);
  if (unfinished && own.every(isExact)) continue;
  console.log(
    row(name, numbers(own), own.every(isExact) ? 'ok' : `${own.filter(isExact).length} of ${own.length} files`),
  );
  for (const r of own) {
    if (unfinished && isExact(r)) continue;
    console.log(row(`  ${r.file}`, numbers([r]), r.recognised));
    if (!verbose || (r.equal === 0 && wanted.length === 0)) continue;
    for (const kind of ['missing', 'extra', 'wrongCode', 'wrongSession'] as const) {
      for (const text of r[kind]) console.log(`      ${kind}: ${JSON.stringify(text)}`);
    }
  }
}
console.log(row('total', numbers(results), `${results.filter(isExact).length} of ${results.length} files are exact`));
