/** Seeded numbers: the same seed gives the same log on every machine (xorshift32 with a Weyl sequence). */

/** @param {number} seed */
export function createRandom(seed) {
  let x = (seed ^ 0x9e3779b9) >>> 0 || 1;
  let weyl = 0;
  const next = () => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    weyl = (weyl + 0x61c88647) >>> 0;
    return (x + weyl) >>> 0;
  };
  return {
    /** A whole number from 0 to `limit` - 1. */
    below: (limit) => Math.floor((next() / 4294967296) * limit),
    /** True in `percent` of 100 cases. */
    chance: (percent) => next() / 4294967296 < percent / 100,
    /** An index below `count`, small ones far more often: the busiest client makes most of the traffic. */
    skewed: (count) => Math.floor(count * (next() / 4294967296) ** 3),
  };
}
