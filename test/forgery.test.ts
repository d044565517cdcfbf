/**
 * What clients send must not become a fact about somebody else. In the fixtures of every dialect that names clients each text
 * a client chose (name, argument) is lengthened by pieces of other records of the same log, in which the client, the user and
 * the code are replaced by ones that stand nowhere else: none of them may come out.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dialects } from '../src/dialects/index.ts';
import { emptyTally } from '../src/limits.ts';
import type { Event } from '../src/model.ts';
import { SourceReader } from '../src/recognition/source-reader.ts';
import { wrappers } from '../src/wrappers/index.ts';
import { names } from './support/fixture.ts';

const root = 'fixtures/dialects';
const client = '198.51.100.66';
const user = 'mallory';
const code = '299';
const token = 'zq7zq';
const options = {
  offsetAt: () => 0,
  year: 0,
  reference: Date.UTC(2026, 11, 31),
  layout: '',
  assume: () => undefined,
};

function decode(lines: readonly string[]): readonly Event[] {
  const events: Event[] = [];
  const reader = new SourceReader({ dialects, wrappers, forced: undefined, options }, emptyTally(), () => ({
    emit: (e: Event) => void events.push(e),
    end: () => undefined,
  }));
  for (const [i, line] of lines.entries()) reader.line(line, i + 1);
  reader.end();
  return events;
}

interface Target {
  readonly line: number;
  readonly at: number;
}

/** Columns that a writer escapes, or that no client can fill (heads of packets; a text that is not sent as it stands). */
const escaping: Readonly<Record<string, (text: string) => string>> = {
  sharetru: (text) => text.replaceAll('"', '""').replaceAll(',', ' '),
  'tshark-fields': (text) => text.replaceAll('"', "'"),
};

/** How the writer of this line shows what a client sent. */
function written(dialect: string, line: string, text: string): string {
  const own = escaping[dialect];
  if (own !== undefined) return own(text);
  if (line.includes('{"')) return JSON.stringify(text).slice(1, -1);
  if (/w3c|titan|webstar/.test(dialect)) return text.replaceAll(' ', '+');
  if (/xferlog|ncftpd-xfer|pureftpd-stats/.test(dialect)) return text.replaceAll(' ', '_');
  return dialect.includes('tsv') ? text.replaceAll('\t', '\\x09') : text;
}

function replaced(lines: readonly string[], { line, at }: Target, length: number, by: string): readonly string[] {
  const text = lines[line - 1] ?? '';
  return lines.with(line - 1, text.slice(0, at) + by + text.slice(at + length));
}

/** Where what a client chose stands in these lines: there, another text comes out instead. */
function targetsOf(lines: readonly string[], events: readonly Event[], field: 'arg' | 'user'): readonly Target[] {
  const targets: Target[] = [];
  const forms = new Set<string>();
  for (const e of events) {
    const value = e[field];
    const text = lines[e.line - 1] ?? '';
    const at = value.length < 3 || value === '***' ? -1 : text.indexOf(value);
    const form = `${e.kind} ${e.verb} ${text.slice(Math.max(0, at - 12), at).replace(/\d/g, '')}`;
    if (at < 0 || text.length > 1000 || forms.has(form)) continue;
    forms.add(form);
    const probe = decode(replaced(lines, { line: e.line, at }, value.length, token));
    if (probe.some((p) => p.line === e.line && p[field].includes(token)))
      targets.push({ line: e.line, at: at + value.length });
  }
  return targets.slice(0, 5);
}

/** Pieces of the records, and what stands behind a name in them, of a client that was never there. */
function pieces(lines: readonly string[], events: readonly Event[]): readonly string[] {
  const found = new Set<string>();
  for (const e of events) {
    const text = lines[e.line - 1] ?? '';
    if (text.length > 1000) continue;
    let record = e.peer === '' ? text : text.replaceAll(e.peer, client);
    if (e.user.length > 2) record = record.replaceAll(e.user, user);
    const said = e.code > 0 ? String(e.code) : (/^\d{3}(?=[ -])/.exec(e.text)?.[0] ?? '');
    if (said !== '') record = record.replaceAll(said, code);
    if (record === text) continue;
    found.add(` ${record}`);
    for (const mark of [client, user, code]) {
      const at = record.indexOf(mark);
      for (const before of at < 0 ? [] : [1, 2, 3, 10]) found.add(record.slice(Math.max(0, at - before)));
    }
  }
  return [...found].slice(0, 24);
}

function isForged(e: Event): boolean {
  if (e.kind === 'ambiguous') return false;
  return e.peer === client || e.user === user || e.code === Number(code) || e.text.startsWith(code);
}

/** A log. Of a short one that is damaged as well (`cut-…`) a client may make that of another program. */
function isWhole(name: string): boolean {
  return !name.endsWith('.events') && name !== 'README.md' && !name.startsWith('cut-');
}

const sides: ReadonlySet<string> = new Set(['server', 'transfer', 'sensor']);

describe('a record in what a client sent states nothing', () => {
  for (const { id, side } of dialects) {
    if (!sides.has(side)) continue;
    it(id, () => {
      for (const log of names(`${root}/${id}`).filter(isWhole)) {
        const lines = readFileSync(`${root}/${id}/${log}`, 'utf8').split(/\r?\n/).slice(0, 16);
        const events = decode(lines);
        for (const field of ['user', 'arg'] as const)
          for (const target of targetsOf(lines, events, field))
            for (const piece of pieces(lines, events)) {
              const by = written(id, lines[target.line - 1] ?? '', piece);
              const forged = replaced(lines, target, 0, by);
              const facts = decode(forged).filter(isForged);
              expect(facts, `${log}: ${forged[target.line - 1]}`).toEqual([]);
            }
      }
    });
  }
});
