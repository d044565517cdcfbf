/**
 * The checksum of zstd: the lower half of XXH64 with seed 0 (xxHash specification, 0.1.1). Numbers of 64 bits are pairs
 * of 32: BigInt took forty times as long.
 */

/** A number of 64 bits; both halves as signed ones of 32. */
interface Wide {
  high: number;
  low: number;
}

const prime1 = wide(0x9e3779b1, 0x85ebca87);
const prime2 = wide(0xc2b2ae3d, 0x27d4eb4f);
const prime3 = wide(0x165667b1, 0x9e3779f9);
const prime4 = wide(0x85ebca77, 0xc2b2ae63);
const prime5 = wide(0x27d4eb2f, 0x165667c5);
const stripe = 32;

export class Xxh64 {
  readonly #lanes: readonly Wide[] = [
    wide(0x60ea27ee, 0xadc0b5d6),
    { ...prime2 },
    wide(0, 0),
    wide(0x61c8864e, 0x7a143579),
  ];
  readonly #rest = Buffer.alloc(stripe);
  #restLength = 0;
  #length = 0;

  update(octets: Buffer): void {
    this.#length += octets.length;
    let at = 0;
    if (this.#restLength > 0) {
      at = octets.copy(this.#rest, this.#restLength, 0, stripe - this.#restLength);
      this.#restLength += at;
      if (this.#restLength < stripe) return;
      this.#take(this.#rest, 0);
    }
    for (; at + stripe <= octets.length; at += stripe) this.#take(octets, at);
    this.#restLength = octets.copy(this.#rest, 0, at);
  }

  /** The lower 32 bits. */
  digest(): number {
    const hash = this.#length >= stripe ? merged(this.#lanes) : { ...prime5 };
    add(hash, wide(Math.floor(this.#length / 2 ** 32), this.#length));
    const rest = this.#rest.subarray(0, this.#restLength);
    let at = 0;
    for (; at + 8 <= rest.length; at += 8) {
      xor(hash, round(wide(0, 0), rest.readInt32LE(at + 4), rest.readInt32LE(at)));
      rotate(hash, 27);
      multiply(hash, prime1);
      add(hash, prime4);
    }
    if (at + 4 <= rest.length) {
      const word = wide(0, rest.readInt32LE(at));
      multiply(word, prime1);
      xor(hash, word);
      rotate(hash, 23);
      multiply(hash, prime2);
      add(hash, prime3);
      at += 4;
    }
    for (; at < rest.length; at++) {
      const word = wide(0, rest[at] ?? 0);
      multiply(word, prime5);
      xor(hash, word);
      rotate(hash, 11);
      multiply(hash, prime1);
    }
    return avalanche(hash);
  }

  #take(octets: Buffer, from: number): void {
    let at = from;
    for (const lane of this.#lanes) {
      round(lane, octets.readInt32LE(at + 4), octets.readInt32LE(at));
      at += 8;
    }
  }
}

function merged(lanes: readonly Wide[]): Wide {
  const hash = wide(0, 0);
  for (const [i, turn] of [1, 7, 12, 18].entries()) {
    const lane = { ...(lanes[i] as Wide) };
    rotate(lane, turn);
    add(hash, lane);
  }
  for (const lane of lanes) {
    xor(hash, round(wide(0, 0), lane.high, lane.low));
    multiply(hash, prime1);
    add(hash, prime4);
  }
  return hash;
}

function avalanche(hash: Wide): number {
  // Shifted by 33: one half comes into the other.
  xor(hash, wide(0, hash.high >>> 1));
  multiply(hash, prime2);
  xor(hash, wide(hash.high >>> 29, (hash.high << 3) | (hash.low >>> 29)));
  multiply(hash, prime3);
  xor(hash, wide(0, hash.high));
  return hash.low >>> 0;
}

function round(lane: Wide, high: number, low: number): Wide {
  const input = wide(high, low);
  multiply(input, prime2);
  add(lane, input);
  rotate(lane, 31);
  multiply(lane, prime1);
  return lane;
}

function wide(high: number, low: number): Wide {
  return { high: high | 0, low: low | 0 };
}

function add(a: Wide, b: Wide): void {
  const low = (a.low >>> 0) + (b.low >>> 0);
  a.high = (a.high + b.high + (low > 0xffffffff ? 1 : 0)) | 0;
  a.low = low | 0;
}

function xor(a: Wide, b: Wide): void {
  a.high ^= b.high;
  a.low ^= b.low;
}

/** To the left, by less than 32. */
function rotate(a: Wide, by: number): void {
  const { high, low } = a;
  a.high = (high << by) | (low >>> (32 - by));
  a.low = (low << by) | (high >>> (32 - by));
}

function multiply(a: Wide, b: Wide): void {
  const a0 = a.low & 0xffff;
  const a1 = a.low >>> 16;
  const b0 = b.low & 0xffff;
  const b1 = b.low >>> 16;
  const middle = a1 * b0 + ((a0 * b0) >>> 16);
  const upper = a0 * b1 + (middle & 0xffff);
  a.high =
    (Math.imul(a.high, b.low) +
      Math.imul(a.low, b.high) +
      a1 * b1 +
      Math.floor(middle / 65536) +
      Math.floor(upper / 65536)) |
    0;
  a.low = Math.imul(a.low, b.low);
}
