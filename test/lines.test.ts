/** The lines of a stream, however its octets come in pieces. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineText, tidy } from '../src/io/decode.ts';
import { readLines } from '../src/io/lines.ts';

const line = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('USER alice', '230 Login successful.', '', 'RETR /pub/a b.txt\r') },
  { weight: 2, arbitrary: fc.constantFrom('STOR /Übung.txt', '550 äöü…', '257 "/ファイル" created', 'X\r') },
  { weight: 1, arbitrary: fc.string({ maxLength: 40 }).map((text) => text.replaceAll('\n', '')) },
);
/** Pieces that end anywhere, also within a character; lines before them reach over the blocks of a piece. */
const cuts = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 40 });

async function read(octets: Buffer, lengths: readonly number[]): Promise<readonly string[]> {
  const lines: string[] = [];
  const pieces: Buffer[] = [];
  for (let at = 0, i = 0; at < octets.length; i++) {
    const length = lengths[i % lengths.length] ?? 1;
    pieces.push(octets.subarray(at, at + length));
    at += length;
  }
  await readLines(
    pieces,
    1 << 20,
    (text) => lines.push(text),
    () => undefined,
  );
  return lines;
}

describe('lines', () => {
  it('are the same however the stream is cut, in UTF-8 and Latin-1 at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 5, maxLength: 300 }),
        cuts,
        fc.nat(),
        async (texts, lengths, odd) => {
          const octets = Buffer.concat(
            texts.map((text, i) =>
              Buffer.from(`${text}\n`, i % 7 === odd % 7 && !/[^\xff]/.test(text) ? 'latin1' : 'utf8'),
            ),
          );
          // Without NULs in it the first line does not look like UTF-16.
          const whole = Buffer.concat([Buffer.from(`${'-'.repeat(70)}\n`), octets]);
          const want = whole.toString('latin1').split('\n').slice(0, -1);
          expect(await read(whole, lengths)).toEqual(want.map((text) => lineText(tidy(text))));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('beyond ASCII are decoded at both ends of a block and of a piece', async () => {
    for (const before of [1022, 1023, 1024, 65_534, 65_535, 65_536, 65_537, 131_071]) {
      const head = `${'a'.repeat(before - 1)}\n`;
      expect(await read(Buffer.from(`${head}ä\nb\n`), [1 << 18])).toEqual([head.slice(0, -1), 'ä', 'b']);
    }
  });
});
