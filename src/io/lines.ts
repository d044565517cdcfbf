/** The lines of a stream of octets: clip, one-byte characters, split2 with the consumer as its mapper. */
import { isAscii } from 'node:buffer';
import type { Readable } from 'node:stream';
import split2 from 'split2';
import { LineClip } from './clip.ts';
import { lineText, sniff, tidy, Utf16 } from './decode.ts';

/** What was taken from a stream. */
export interface LinesRead {
  readonly bytes: number;
  readonly clippedLines: number;
}

const carriageReturn = 13;
const lineFeed = 10;

/**
 * Calls `take` with each line, without its end. split2 gets Latin-1 strings (a byte that is not UTF-8 would be lost for
 * good otherwise) and its mapper returns nothing, so no object stream stands behind it: 1.5 times as fast as 'data'
 * events, twice as fast as `for await`. `pause` is asked after each chunk and may hold the reading up.
 */
export async function readLines(
  input: Readable,
  lineOctets: number,
  take: (line: string) => void,
  pause: (bytes: number) => Promise<void> | undefined,
): Promise<LinesRead> {
  const clip = new LineClip(lineOctets);
  let bytes = 0;
  // What the chunk may hold beside plain ASCII lines; most chunks need no second look at any line.
  let wide = false;
  let unclean = false;
  // The same for the part of the first line that came with the chunks before.
  let wideBefore = false;
  let uncleanBefore = false;
  let returnsOnly: boolean | undefined;
  let utf16: Utf16 | undefined;
  let failure: Error | undefined;

  const splitter = split2(
    '\n',
    (line: string): void => {
      const clean = unclean || uncleanBefore ? tidy(line) : line;
      const text = wide || wideBefore ? lineText(clean) : clean;
      wideBefore = false;
      uncleanBefore = false;
      take(text);
    },
    { decodeStrings: false },
  );
  splitter.on('error', (error: Error) => {
    failure = error;
  });
  splitter.resume();

  const write = async (chunk: Buffer): Promise<void> => {
    if (returnsOnly === undefined && (chunk.includes(lineFeed) || chunk.includes(carriageReturn))) returnsOnly = !chunk.includes(lineFeed);
    const lines = returnsOnly === true ? returnsToFeeds(chunk) : chunk;
    for (const part of clip.take(lines)) {
      wide = !isAscii(part);
      unclean = part.includes(carriageReturn) || part.includes(0);
      const drained = splitter.write(part.toString('latin1'));
      wideBefore ||= wide;
      uncleanBefore ||= unclean;
      if (failure !== undefined) throw failure;
      if (!drained) await new Promise((resolve) => splitter.once('drain', resolve));
    }
  };

  let sniffed = false;
  for await (const piece of input) {
    let chunk = piece as Buffer;
    bytes += chunk.length;
    if (!sniffed) {
      sniffed = true;
      const { encoding, skip } = sniff(chunk);
      if (encoding !== 'utf8') utf16 = new Utf16(encoding);
      chunk = chunk.subarray(skip);
    }
    await write(utf16 === undefined ? chunk : utf16.take(chunk));
    const held = pause(bytes);
    if (held !== undefined) await held;
  }
  if (utf16 !== undefined) await write(utf16.end());
  await new Promise<void>((resolve) => {
    splitter.once('close', resolve);
    splitter.end();
  });
  if (failure !== undefined) throw failure;
  return { bytes, clippedLines: clip.clippedLines };
}

/** Lines that end in a lone CR (classic Mac OS) as lines that end in LF. */
function returnsToFeeds(chunk: Buffer): Buffer {
  const copy = Buffer.from(chunk);
  for (let at = copy.indexOf(carriageReturn); at >= 0; at = copy.indexOf(carriageReturn, at + 1)) {
    if (copy[at + 1] !== lineFeed) copy[at] = lineFeed;
  }
  return copy;
}
