/**
 * bzip2, block by block, in the memory of one block. Our own, since the packages for it take gigabytes for a small file of
 * repeated text, or want the whole file (docs/decisions/0001).
 */
import { InputError } from '../input-error.ts';
import { type Chunks, Octets, skipZeros } from './octets.ts';

const blockMagic = 0x314159265359;
const endMagic = 0x177245385090;
const levelOctets = 100_000;
const outOctets = 64 * 1024;
const mostCodeBits = 20;
const symbolsPerSelector = 50;
const mostSymbols = 258;

/** What the streams hold, one behind the other. */
export async function* unbzip2(chunks: Chunks): AsyncGenerator<Buffer> {
  const input = new Octets(chunks);
  try {
    for (let first = true; ; first = false) {
      if (!first && !(await skipZeros(input))) return;
      const head = (await input.fill(4)) ? input.held.subarray(0, 4).toString('latin1') : '';
      if (!/^BZh[1-9]$/.test(head))
        throw first ? endsEarly() : new InputError('octets behind the bzip2 data are not read', { complete: true });
      input.skip(4);
      yield* stream(input, Number(head[3]) * levelOctets);
    }
  } finally {
    await input.end();
  }
}

async function* stream(input: Octets, blockSize: number): AsyncGenerator<Buffer> {
  let combined = 0;
  // A block ends at any bit.
  let bit = 0;
  for (;;) {
    const { block, bits } = await nextPart(input, bit, blockSize);
    input.skip(bits >> 3);
    bit = bits & 7;
    if ('combined' in block) {
      if (bit > 0) input.skip(1);
      if (block.combined !== combined) throw checksum();
      return;
    }
    const found = { check: 0 };
    yield* content(block, found);
    if (found.check !== block.check) throw checksum();
    combined = (found.check ^ ((combined << 1) | (combined >>> 31))) >>> 0;
  }
}

/** A block before the last step, or the end of a stream. */
type Part = Block | { readonly combined: number };

interface Block {
  readonly check: number;
  /** Octet in the low 8 bits, index of the next one above. */
  readonly chain: Uint32Array;
  readonly first: number;
  readonly count: number;
}

/** Reads with what there is, and with more as long as that is not enough. */
async function nextPart(
  input: Octets,
  bit: number,
  blockSize: number,
): Promise<{ readonly block: Part; readonly bits: number }> {
  for (let wanted = blockSize + blockSize / 8 + 32_768; ; wanted *= 2) {
    const enough = await input.fill(wanted);
    const bits = new Bits(input.held, bit);
    try {
      return { block: part(bits, blockSize), bits: bits.taken };
    } catch (error) {
      if (!(error instanceof OutOfBits)) throw error;
      if (!enough) throw endsEarly();
    }
  }
}

function part(bits: Bits, blockSize: number): Part {
  const kind = bits.read(24) * 2 ** 24 + bits.read(24);
  const check = bits.read(16) * 2 ** 16 + bits.read(16);
  if (kind === endMagic) return { combined: check };
  if (kind !== blockMagic) throw damaged();
  if (bits.read(1) === 1) throw new InputError('bzip2 data of a version before 0.9.5');
  const first = bits.read(24);
  const octets = usedOctets(bits);
  const groups = bits.read(3);
  if (octets.length === 0 || groups < 2 || groups > 6) throw damaged();
  const selectors = selectorsOf(bits, groups);
  const codes = Array.from({ length: groups }, () => new Code(bits, octets.length + 2));
  return { check, first, ...chained(bits, octets, selectors, codes, blockSize, first) };
}

/** The octets that occur, in order. */
function usedOctets(bits: Bits): Uint8Array {
  const ranges = bits.read(16);
  const used: number[] = [];
  for (let range = 0; range < 16; range++) {
    if ((ranges & (0x8000 >> range)) === 0) continue;
    const octets = bits.read(16);
    for (let i = 0; i < 16; i++) if ((octets & (0x8000 >> i)) !== 0) used.push(range * 16 + i);
  }
  return Uint8Array.from(used);
}

/** Which code each fifty symbols are written in: move-to-front of unary numbers. */
function selectorsOf(bits: Bits, groups: number): Uint8Array {
  const count = bits.read(15);
  if (count === 0) throw damaged();
  const front = Uint8Array.from({ length: groups }, (_, i) => i);
  const selectors = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    let at = 0;
    while (bits.read(1) === 1) if (++at >= groups) throw damaged();
    selectors[i] = toFront(front, at);
  }
  return selectors;
}

function toFront(list: Uint8Array, at: number): number {
  const value = list[at] ?? 0;
  for (let i = at; i > 0; i--) list[i] = list[i - 1] ?? 0;
  list[0] = value;
  return value;
}

/** A Huffman code: for each length the largest code, and what to take off it to get the index of its symbol. */
class Code {
  readonly #least: number;
  readonly #most: number;
  readonly #limit = new Int32Array(mostCodeBits + 1);
  readonly #base = new Int32Array(mostCodeBits + 1);
  readonly #symbols: Uint16Array;

  constructor(bits: Bits, symbols: number) {
    const lengths = new Uint8Array(symbols);
    let length = bits.read(5);
    for (let i = 0; i < symbols; i++) {
      for (;;) {
        if (length < 1 || length > mostCodeBits) throw damaged();
        if (bits.read(1) === 0) break;
        length += bits.read(1) === 0 ? 1 : -1;
      }
      lengths[i] = length;
    }
    this.#least = Math.min(...lengths);
    this.#most = Math.max(...lengths);
    this.#symbols = new Uint16Array(mostSymbols);
    let index = 0;
    let code = 0;
    for (let bitCount = this.#least; bitCount <= this.#most; bitCount++) {
      this.#base[bitCount] = code - index;
      for (let i = 0; i < symbols; i++) {
        if (lengths[i] !== bitCount) continue;
        this.#symbols[index++] = i;
        code++;
      }
      this.#limit[bitCount] = code - 1;
      code <<= 1;
    }
  }

  next(bits: Bits): number {
    // Twenty bits at once cost no more than one.
    const window = bits.peek(mostCodeBits);
    let length = this.#least;
    while (window >>> (mostCodeBits - length) > (this.#limit[length] ?? 0)) if (++length > this.#most) throw damaged();
    const index = (window >>> (mostCodeBits - length)) - (this.#base[length] ?? 0);
    if (index < 0 || index >= mostSymbols) throw damaged();
    bits.read(length);
    return this.#symbols[index] ?? 0;
  }
}

/** Runs and move-to-front undone, and the octets chained in the order of the text (Burrows-Wheeler). */
function chained(
  bits: Bits,
  octets: Uint8Array,
  selectors: Uint8Array,
  codes: readonly Code[],
  blockSize: number,
  first: number,
): { readonly chain: Uint32Array; readonly count: number } {
  const chain = new Uint32Array(blockSize);
  const counts = new Uint32Array(256);
  const front = Uint8Array.from({ length: 256 }, (_, i) => i);
  const end = octets.length + 1;
  let count = 0;
  let run = 0;
  let weight = 1;
  for (let n = 0; ; n++) {
    const selector = selectors[Math.floor(n / symbolsPerSelector)];
    const code = selector === undefined ? undefined : codes[selector];
    if (code === undefined) throw damaged();
    const symbol = code.next(bits);
    if (symbol < 2) {
      run += weight << symbol;
      weight <<= 1;
      if (run > blockSize) throw damaged();
      continue;
    }
    if (run > 0) {
      if (count + run > blockSize) throw damaged();
      const octet = octets[front[0] ?? 0] ?? 0;
      chain.fill(octet, count, count + run);
      counts[octet] = (counts[octet] ?? 0) + run;
      count += run;
      run = 0;
      weight = 1;
    }
    if (symbol === end) break;
    if (symbol > end || count >= blockSize) throw damaged();
    const octet = octets[toFront(front, symbol - 1)] ?? 0;
    chain[count++] = octet;
    counts[octet] = (counts[octet] ?? 0) + 1;
  }
  if (first >= count) throw damaged();
  let before = 0;
  for (let octet = 0; octet < 256; octet++) {
    const here = counts[octet] ?? 0;
    counts[octet] = before;
    before += here;
  }
  for (let i = 0; i < count; i++) {
    const octet = (chain[i] ?? 0) & 0xff;
    const at = counts[octet] ?? 0;
    counts[octet] = at + 1;
    chain[at] = ((chain[at] ?? 0) | (i << 8)) >>> 0;
  }
  return { chain, count };
}

/** The text of a block: behind four equal octets stands how often they are repeated. `found` gets its checksum. */
function* content({ chain, first, count }: Block, found: { check: number }): Generator<Buffer> {
  let crc = -1;
  let out = Buffer.allocUnsafe(outOctets);
  let length = 0;
  let link = chain[first] ?? 0;
  let same = 0;
  let before = -1;
  for (let n = 0; n < count; n++) {
    link = chain[link >>> 8] ?? 0;
    const octet = link & 0xff;
    const repeats = same === 4 ? octet : 1;
    const written = same === 4 ? before : octet;
    for (let i = 0; i < repeats; i++) {
      crc = (crc << 8) ^ (crcTable[(crc >>> 24) ^ written] ?? 0);
      out[length++] = written;
      if (length < outOctets) continue;
      yield out;
      out = Buffer.allocUnsafe(outOctets);
      length = 0;
    }
    same = same === 4 ? 0 : octet === before ? same + 1 : 1;
    before = same === 0 ? -1 : octet;
  }
  if (length > 0) yield out.subarray(0, length);
  found.check = ~crc >>> 0;
}

class OutOfBits extends Error {}

/** Bits, the highest of an octet first. */
class Bits {
  readonly #octets: Buffer;
  #at: number;
  #held = 0;
  #count = 0;

  constructor(octets: Buffer, skip: number) {
    this.#octets = octets;
    this.#at = 0;
    if (skip > 0) this.read(skip);
  }

  /** Bits that were taken, with those that were skipped. */
  get taken(): number {
    return this.#at * 8 - this.#count;
  }

  /** The next bits, without taking them: zeros behind the last. 20 bits at most. */
  peek(count: number): number {
    while (this.#count < count && this.#at < this.#octets.length) {
      this.#held = (this.#held << 8) | (this.#octets[this.#at++] ?? 0);
      this.#count += 8;
    }
    const mask = (1 << count) - 1;
    if (this.#count >= count) return (this.#held >>> (this.#count - count)) & mask;
    return (this.#held << (count - this.#count)) & mask;
  }

  /** A number of 24 bits at most. */
  read(count: number): number {
    while (this.#count < count) {
      if (this.#at >= this.#octets.length) throw new OutOfBits();
      this.#held = (this.#held << 8) | (this.#octets[this.#at++] ?? 0);
      this.#count += 8;
    }
    this.#count -= count;
    return (this.#held >>> this.#count) & ((1 << count) - 1);
  }
}

const crcTable = Int32Array.from({ length: 256 }, (_, n) => {
  let c = n << 24;
  for (let bit = 0; bit < 8; bit++) c = c < 0 ? (c << 1) ^ 0x04c11db7 : c << 1;
  return c;
});

function endsEarly(): InputError {
  return new InputError('bzip2 data ends too early');
}

function damaged(): InputError {
  return new InputError('damaged bzip2 data');
}

function checksum(): InputError {
  return new InputError('damaged bzip2 data: its checksum is another', { complete: true });
}
