/** Zstandard (RFC 8878), frame by frame, block by block, through fzstd, which does not compare the checksum. */
import { Decompress } from 'fzstd';
import { InputError } from '../input-error.ts';
import { type Chunks, Octets } from './octets.ts';
import { Xxh64 } from './xxh64.ts';

const magic = 0xfd2fb528;
const skippableMagic = 0x184d2a5;
/** RFC 8878, 3.1.1.1.2 asks decoders for no more. The command goes up to there with `-19`, without `--ultra` and `--long`. */
const windowMiB = 8;
const largestBlock = 128 * 1024;
const checksumFlag = 4;
const reservedFlag = 8;

/** What the frames hold, one behind the other. */
export async function* unzstd(chunks: Chunks): AsyncGenerator<Buffer> {
  const input = new Octets(chunks);
  try {
    for (let first = true; await input.fill(1); first = false) {
      if (!(await input.fill(8))) throw first ? endsEarly() : behind();
      const number = input.held.readUInt32LE(0);
      if (number >>> 4 === skippableMagic) await skipFrame(input);
      else if (number === magic) yield* frame(input);
      else throw first ? damaged() : behind();
    }
  } finally {
    await input.end();
  }
}

async function skipFrame(input: Octets): Promise<void> {
  let left = input.held.readUInt32LE(4);
  input.skip(8);
  while (left > 0) {
    const some = await input.some(left);
    if (some.length === 0) throw endsEarly({ complete: true });
    input.skip(some.length);
    left -= some.length;
  }
}

async function* frame(input: Octets): AsyncGenerator<Buffer> {
  const { octets, window, hasChecksum } = await header(input);
  let out: Buffer[] = [];
  const decoder = new Decompress((part) => {
    if (part.length > 0) out.push(Buffer.from(part.buffer, part.byteOffset, part.length));
  });
  const check = hasChecksum ? new Xxh64() : undefined;
  let next: Buffer = octets;
  for (let last = false; !last; next = Buffer.alloc(0)) {
    const block = await nextBlock(input, Math.min(window, largestBlock));
    ({ last } = block);
    try {
      decoder.push(Buffer.concat([next, block.octets]), last);
    } catch (error) {
      // The decoder throws errors of its own and of the engine, where the data lead it out of a table.
      if (!(error instanceof Error)) throw error;
      throw damaged();
    }
    for (const part of out) check?.update(part);
    yield* out;
    out = [];
  }
  if (check === undefined) return;
  const checksum = await input.take(4);
  if (checksum === undefined) throw endsEarly({ complete: true });
  if (checksum.readUInt32LE(0) !== check.digest())
    throw new InputError('damaged zstd data: its checksum is another', { complete: true });
}

interface Header {
  readonly octets: Buffer;
  /** Octets that the decoder keeps. */
  readonly window: number;
  readonly hasChecksum: boolean;
}

async function header(input: Octets): Promise<Header> {
  const flags = input.held[4] ?? 0;
  const single = (flags & 32) !== 0;
  const sizeOctets = flags >> 6 === 0 ? (single ? 1 : 0) : 2 ** (flags >> 6);
  const dictionaryOctets = [0, 1, 2, 4][flags & 3] ?? 0;
  const dictionaryAt = single ? 5 : 6;
  const octets = await input.take(dictionaryAt + dictionaryOctets + sizeOctets);
  if (octets === undefined) throw endsEarly();
  if ((flags & reservedFlag) !== 0) throw damaged();
  if (octets.subarray(dictionaryAt, dictionaryAt + dictionaryOctets).some((octet) => octet !== 0))
    throw new InputError('zstd data that needs a dictionary');
  const window = single ? contentSize(octets, dictionaryAt + dictionaryOctets, sizeOctets) : windowOf(octets[5] ?? 0);
  if (window > windowMiB * 1024 * 1024)
    throw new InputError(`zstd data that needs more than ${windowMiB} MiB to unpack`);
  // The decoder is not told of the checksum: it would only skip it.
  const given = Buffer.from(octets);
  given[4] = flags & ~checksumFlag;
  return { octets: given, window, hasChecksum: (flags & checksumFlag) !== 0 };
}

function windowOf(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}

function contentSize(octets: Buffer, at: number, length: number): number {
  if (length === 1) return octets.readUInt8(at);
  if (length === 2) return octets.readUInt16LE(at) + 256;
  return length === 4 ? octets.readUInt32LE(at) : Number(octets.readBigUInt64LE(at));
}

const runLengthBlock = 1;
const reservedBlock = 3;

async function nextBlock(input: Octets, most: number): Promise<{ readonly octets: Buffer; readonly last: boolean }> {
  if (!(await input.fill(3))) throw endsEarly();
  const head = input.held.readUIntLE(0, 3);
  const type = (head >> 1) & 3;
  const size = head >> 3;
  if (type === reservedBlock || size > most) throw damaged();
  const octets = await input.take(3 + (type === runLengthBlock ? 1 : size));
  if (octets === undefined) throw endsEarly();
  return { octets, last: (head & 1) === 1 };
}

function behind(): InputError {
  return new InputError('octets behind the zstd data are not read', { complete: true });
}

function endsEarly(options = {}): InputError {
  return new InputError('zstd data ends too early', options);
}

function damaged(): InputError {
  return new InputError('damaged zstd data');
}
