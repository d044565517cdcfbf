/** Reads fixtures, and rewrites expected files under `npm run test:update`. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { expect } from 'vitest';
import { readLines } from '../../src/io/lines.ts';

const updating = process.env['UPDATE_FIXTURES'] === '1';

/** Names in a folder, sorted; empty if there is no such folder. */
export function names(folder: string): readonly string[] {
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => !name.startsWith('.'))
        .sort()
    : [];
}

/** Byte-exact comparison with the expected file; a missing one fails unless expectations are being rewritten. */
export function expectFile(path: string, actual: string): void {
  if (updating) {
    writeFileSync(path, actual);
    return;
  }
  if (!existsSync(path)) throw new Error(`${path} is missing: npm run test:update writes it`);
  const stale = `${path} is not what the code makes: mend the code, or npm run test:update and read the diff`;
  expect(actual, stale).toBe(readFileSync(path, 'utf8'));
}

/** The same for the one part of a page that fits the pattern: the rest is written by hand. */
export function expectPart(path: string, part: RegExp, actual: string): void {
  const page = readFileSync(path, 'utf8');
  expect(page.match(new RegExp(part, `${part.flags}g`))?.length, `${path} has one part that fits ${part}`).toBe(1);
  expectFile(
    path,
    page.replace(part, () => actual),
  );
}

/** The lines of some octets as the tool reads them, in chunks of this size (0: whole). */
export async function linesOf(octets: Buffer, chunkSize = 0): Promise<readonly string[]> {
  const lines: string[] = [];
  await readLines(
    chunked(octets, chunkSize),
    65_536,
    (line) => lines.push(line),
    () => undefined,
  );
  return lines;
}

/** A stream that gives the octets in chunks. */
export function chunked(octets: Buffer, chunkSize: number): Readable {
  const size = chunkSize === 0 ? Math.max(1, octets.length) : chunkSize;
  const chunks: Buffer[] = [];
  for (let at = 0; at < octets.length; at += size) chunks.push(Buffer.from(octets.subarray(at, at + size)));
  return Readable.from(chunks, { objectMode: true });
}
