/** gzip (RFC 1952), member by member, so that what was unpacked before a fault is passed on. */
import { createInflateRaw, crc32 as nodeCrc32 } from 'node:zlib';
import { InputError } from '../input-error.ts';
import { type Chunks, Octets, skipZeros } from './octets.ts';

const chunkSize = 64 * 1024;
/** Octets that are unpacked at a time. */
const stepOctets = 16 * 1024;
/** Where a step fails, what it gave last is lost, so it is done again in steps of so many octets. */
const smallestStep = 64;
/** The member is unpacked once more for that, so its octets are kept, but for those of a long one, which has little to lose. */
const keptOctets = 1024 * 1024;
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
  let pieces: Buffer[] = [];
  let check = 0;
  let size = 0;
  try {
    while (!inflate.ended) {
      const piece = await input.some(stepOctets);
      if (piece.length === 0) throw endsEarly();
      const before = inflate.taken;
      const { parts, fault } = await inflate.step(piece);
      for (const part of parts) {
        check = crc32(part, check);
        size += part.length;
        yield part;
      }
      if (fault !== undefined) {
        if (before <= keptOctets) yield* lastOf(pieces, piece, size);
        throw fault;
      }
      input.skip(inflate.taken - before);
      if (before <= keptOctets) pieces.push(piece);
      else if (pieces.length > 0) pieces = [];
    }
  } finally {
    inflate.close();
  }
  const trailer = await input.take(8);
  if (trailer === undefined) throw endsEarly({ complete: true });
  if (trailer.readUInt32LE(0) !== check || trailer.readUInt32LE(4) !== size % 2 ** 32)
    throw new InputError('damaged gzip data: its checksum is another', { complete: true });
}

/** What the last piece unpacks to until it fails, behind the first `done` octets of the member, which are told already. */
async function* lastOf(pieces: readonly Buffer[], last: Buffer, done: number): AsyncGenerator<Buffer> {
  const inflate = new Inflate();
  let size = 0;
  try {
    for (const piece of pieces) for (const part of (await inflate.step(piece)).parts) size += part.length;
    for (let at = 0; at < last.length; at += smallestStep) {
      const { parts, fault } = await inflate.step(last.subarray(at, at + smallestStep));
      for (const part of parts) {
        const told = Math.min(part.length, Math.max(0, done - size));
        size += part.length;
        if (told < part.length) yield part.subarray(told);
      }
      if (fault !== undefined) return;
    }
  } finally {
    inflate.close();
  }
}

/** One deflate stream (RFC 1951), fed piece by piece. */
class Inflate {
  ended = false;
  readonly #stream = createInflateRaw({ chunkSize });
  #out: Buffer[] = [];
  #done: (() => void) | undefined;
  #fault: InputError | undefined;

  constructor() {
    this.#stream.on('readable', () => this.#drain());
    this.#stream.on('end', () => {
      this.ended = true;
      this.#done?.();
    });
    this.#stream.on('error', () => {
      this.#fault = damaged();
      this.#done?.();
    });
  }

  /** Octets that belong to the stream, of those that were given. */
  get taken(): number {
    return this.#stream.bytesWritten;
  }

  /** What the piece unpacks to, as far as it does. */
  async step(piece: Buffer): Promise<{ readonly parts: readonly Buffer[]; readonly fault: InputError | undefined }> {
    await new Promise<void>((resolve) => {
      this.#done = resolve;
      this.#stream.write(piece, () => resolve());
    });
    this.#drain();
    const parts = this.#out;
    this.#out = [];
    return { parts, fault: this.#fault };
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
