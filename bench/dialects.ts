/**
 * How fast each decoder is, by itself: its own fixtures, over and over, events thrown away. Printed as Markdown.
 * `npm run bench:dialects -- wing cerberus`: only these.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dialects } from '../src/dialects/index.ts';
import type { DecoderOptions, Dialect, Envelope } from '../src/model.ts';
import { unwrap } from '../src/recognition/recognise.ts';
import { wrappers } from '../src/wrappers/index.ts';
import { bare } from '../src/wrappers/wrapper.ts';

const options: DecoderOptions = { offsetAt: () => 0, year: 2026, reference: 0, layout: '', assume: () => undefined };
const wantedLines = 60_000;
const rounds = 5;

interface Line {
  readonly text: string;
  readonly envelope: Envelope;
}

function linesOf(dialect: Dialect): readonly Line[] {
  const folder = `fixtures/dialects/${dialect.id}`;
  const logs = readdirSync(folder).filter((name) => !name.endsWith('.events') && !name.endsWith('.md'));
  return logs.flatMap((name) => {
    const texts = readFileSync(`${folder}/${name}`, 'utf8').split(/\r?\n/);
    const layers = unwrap(wrappers, texts, options);
    const best = layers[layers.length - 1];
    return (best?.texts ?? texts).map((text, i) => ({ text, envelope: best?.envelopes[i] ?? bare }));
  });
}

/** Nanoseconds per line, the best of some rounds, and the mean length of a line. */
function measure(dialect: Dialect): { readonly nsPerLine: number; readonly chars: number } {
  const own = linesOf(dialect);
  const repeats = Math.max(1, Math.ceil(wantedLines / Math.max(1, own.length)));
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const began = process.cpuUsage();
    const decoder = dialect.open(options, () => undefined);
    let number = 0;
    for (let r = 0; r < repeats; r++) for (const { text, envelope } of own) decoder.line(text, ++number, envelope);
    decoder.end?.();
    const { user, system } = process.cpuUsage(began);
    best = Math.min(best, ((user + system) * 1000) / (repeats * own.length));
  }
  return { nsPerLine: best, chars: own.reduce((sum, l) => sum + l.text.length, 0) / Math.max(1, own.length) };
}

const reference = dialects.find((d) => d.id === 'vsftpd-protocol');
if (reference === undefined) throw new Error('vsftpd-protocol is gone');
const base = measure(reference);
console.log('| dialect | ns a line | characters a line | × vsftpd, a line of the same length |');
console.log('| --- | --- | --- | --- |');
const wanted = process.argv.slice(2);
for (const dialect of [...dialects].sort((a, b) => (a.id < b.id ? -1 : 1))) {
  if (wanted.length > 0 && !wanted.includes(dialect.id)) continue;
  const { nsPerLine, chars } = measure(dialect);
  // A line has a fixed cost and one that grows with its length; vsftpd's half is each.
  const expected = base.nsPerLine * (0.5 + (0.5 * chars) / base.chars);
  console.log(
    `| ${dialect.id} | ${nsPerLine.toFixed(0)} | ${chars.toFixed(0)} | ${(nsPerLine / expected).toFixed(2)} |`,
  );
}
