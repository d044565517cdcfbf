/** What the report says of events that several logs told. */
import { byText, printable } from '../text.ts';
import type { Apart } from './apart.ts';
import type { Joins } from './corroboration.ts';

/** Sentences, in the order of the sources. Without a second source there is nothing to say. */
export function joinNotes(
  { joined, numbered, undecided, unkept, late, overlaps, equal, back }: Joins,
  apart: Apart,
  sources: readonly string[],
): readonly string[] {
  const name = (source: number): string => printable(sources[source] ?? '');
  const notes: string[] = [];
  for (const [[source, first], n] of byPair(overlaps))
    notes.push(`${name(source)} begins with the last ${n} lines of ${name(first)}: counted once`);
  for (const [[source, first], n] of byPair(equal))
    notes.push(
      `${name(source)} begins with ${n === 1 ? 'the line' : `${n} equal lines`} that ${name(first)} ends with: counted twice, which is wrong if the two overlap`,
    );
  for (const [[source, first], kinds] of pairs(joined))
    notes.push(
      source === first
        ? `${name(source)} tells ${kinds} in two log formats: counted once`
        : `${name(source)} tells ${kinds} that ${name(first)} tells too: counted once`,
    );
  for (const [[source, first], kinds] of pairs(numbered))
    notes.push(
      `${name(source)} tells ${kinds} by the number, client and second of ${name(first)}, and one of them names no host: taken for a copy; analyse them apart if they are of two servers`,
    );
  for (const [[source, first], kinds] of pairs(apart.joined))
    notes.push(
      `${name(source)} tells ${kinds} that ${name(first)} tells too: counted twice, since the two were analysed apart`,
    );
  if (apart.unknown)
    notes.push('parts that were analysed apart could not be compared: what logs of two parts tell counts twice');
  for (const [[source, first], kinds] of [...pairs(undecided), ...pairs(apart.undecided)])
    notes.push(
      `${name(source)} tells ${kinds} exactly as ${name(first)} does, and neither names connections: taken for another server and counted twice; leave one out if it is a copy`,
    );
  for (const [source, n] of [...late].sort((a, b) => a[0] - b[0]))
    notes.push(
      `${name(source)}: ${n.toLocaleString('en')} events of one log format in it come too late to be compared with another; what both tell counts twice, unless they are given as two files`,
    );
  for (const [source, line] of [...back].sort((a, b) => a[0] - b[0]))
    notes.push(
      `${name(source)}: its times go back at line ${line.toLocaleString('en')}, as where one log stands behind another: what two of them tell counts twice`,
    );
  if (sources.filter((s) => s !== undefined).length < 2) return notes;
  for (const [source, n] of [...unkept].sort((a, b) => a[0] - b[0]))
    notes.push(
      `${name(source)}: ${n.toLocaleString('en')} events were too many to compare with other logs; what those tell of them counts twice`,
    );
  return notes;
}

const order = ['logins', 'transfers', 'commands', 'sessions'];

/** By the two sources, in their order. */
function byPair(counts: ReadonlyMap<string, number>): readonly (readonly [readonly [number, number], number])[] {
  return [...counts]
    .map(([pair, n]) => {
      const [source = 0, first = 0] = pair.split('\n').map(Number);
      return [[source, first], n] as const;
    })
    .sort((a, b) => a[0][0] - b[0][0] || a[0][1] - b[0][1]);
}

/** By the two sources: `3 logins and 12 transfers`. */
function pairs(counts: ReadonlyMap<string, number>): readonly (readonly [readonly [number, number], string])[] {
  const found = new Map<string, [kind: string, n: number][]>();
  for (const [key, n] of counts) {
    const [kind = '', ...sources] = key.split('\n');
    const pair = sources.join('\n');
    const known = found.get(pair);
    if (known === undefined) found.set(pair, [[kind, n]]);
    else known.push([kind, n]);
  }
  return [...found]
    .map(([pair, kinds]) => {
      const [source = 0, first = 0] = pair.split('\n').map(Number);
      const told = kinds
        .sort((a, b) => order.indexOf(a[0]) - order.indexOf(b[0]) || byText(a[0], b[0]))
        .map(([kind, n]) => `${n.toLocaleString('en')} ${n === 1 ? kind.slice(0, -1) : kind}`);
      return [[source, first], listOf(told)] as const;
    })
    .sort((a, b) => a[0][0] - b[0][0] || a[0][1] - b[0][1]);
}

function listOf(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
