/** gzip (RFC 1952), member by member, so that what was unpacked before a fault is passed on. */
import { createInflateRaw, crc32 as nodeCrc32 } from 'node:zlib';
import { InputError } from '../input-error.ts';
import { type Chunks, Octets, skipZeros, stepOctets } from './octets.ts';

const chunkSize = 64 * 1024;
const smallestStep = 64;
/** Longer names and comments are no gzip header. */
const longestText = 64 * 1024;

const hasHeaderCheck = 2;
const hasExtra = 4;
const hasName = 8;
const hasComment = 16;

/** What the members hold, one behind the other. */
export async function* gunzip(chunks: Chunks): AsyncGenerator<Buffer> {
  const input = new Octets(chunks);
  try {
    for (let first = true; ; first = false) {
      if (!first && !(await skipZeros(input))) return;
      await input.fill(2);
      if (!first && (input.held[0] !== 0x1f || input.held[1] !== 0x8b))
        throw new InputError('octets behind the gzip data are not read', { complete: true });
      await header(input);
      yield* member(input);
    }
  } finally {
    await input.end();
  }
}

async function header(input: Octets): Promise<void> {
  const head = await input.take(10);
  if (head === undefined) throw endsEarly();
  if (head[2] !== 8) throw damaged();
  const flags = head[3] ?? 0;
  if ((flags & hasExtra) !== 0) {
    const length = (await input.take(2))?.readUInt16LE(0);
    if (length === undefined || (await input.take(length)) === undefined) throw endsEarly();
  }
  if ((flags & hasName) !== 0) await skipText(input);
  if ((flags & hasComment) !== 0) await skipText(input);
  if ((flags & hasHeaderCheck) !== 0 && (await input.take(2)) === undefined) throw endsEarly();
}

async function skipText(input: Octets): Promise<void> {
  for (let skipped = 0; skipped < longestText; ) {
    if (!(await input.fill(1))) throw endsEarly();
    const { held } = input;
    const end = held.indexOf(0);
    input.skip(end < 0 ? held.length : end + 1);
    if (end >= 0) return;
    skipped += held.length;
  }
  throw damaged();
}

async function* member(input: Octets): AsyncGenerator<Buffer> {
  const inflate = new Inflate();
  let check = 0;
  let size = 0;
  try {
    while (!inflate.ended) {
      const piece = await input.some(stepOctets(inflate.taken, smallestStep));
      if (piece.length === 0) throw endsEarly();
      const before = inflate.taken;
      const out = await inflate.step(piece);
      input.skip(inflate.taken - before);
      for (const part of out) {
        check = crc32(part, check);
        size += part.length;
        yield part;
      }
    }
  } finally {
    inflate.close();
  }
  const trailer = await input.take(8);
  if (trailer === undefined) throw endsEarly({ complete: true });
  if (trailer.readUInt32LE(0) !== check || trailer.readUInt32LE(4) !== size % 2 ** 32)
    throw new InputError('damaged gzip data: its checksum is another', { complete: true });
}

/** One deflate stream (RFC 1951), fed piece by piece. */
class Inflate {
  ended = false;
  readonly #stream = createInflateRaw({ chunkSize });
  #out: Buffer[] = [];
  #done: (() => void) | undefined;
  #failed: ((error: Error) => void) | undefined;

  constructor() {
    this.#stream.on('readable', () => this.#drain());
    this.#stream.on('end', () => {
      this.ended = true;
      this.#done?.();
    });
    this.#stream.on('error', () => this.#failed?.(damaged()));
  }

  /** Octets that belong to the stream, of those that were given. */
  get taken(): number {
    return this.#stream.bytesWritten;
  }

  /** What the piece unpacks to. */
  async step(piece: Buffer): Promise<readonly Buffer[]> {
    await new Promise<void>((resolve, reject) => {
      this.#done = resolve;
      this.#failed = reject;
      this.#stream.write(piece, () => resolve());
    });
    this.#drain();
    const out = this.#out;
    this.#out = [];
    return out;
  }

  close(): void {
    this.#stream.destroy();
  }

  #drain(): void {
    for (let part = this.#stream.read() as Buffer | null; part !== null; part = this.#stream.read() as Buffer | null)
      this.#out.push(part);
  }
}

function endsEarly(options = {}): InputError {
  return new InputError('gzip data ends too early', options);
}

function damaged(): InputError {
  return new InputError('damaged gzip data');
}

/** Node has had its own since 20.15. */
function crc32(octets: Buffer, before: number): number {
  if (typeof nodeCrc32 === 'function') return nodeCrc32(octets, before);
  let crc = ~before;
  for (const octet of octets) crc = (crc >>> 8) ^ (table[(crc ^ octet) & 0xff] ?? 0);
  return ~crc >>> 0;
}

const table = Int32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = (c & 1) === 0 ? c >>> 1 : (c >>> 1) ^ 0xedb88320;
  return c;
});
