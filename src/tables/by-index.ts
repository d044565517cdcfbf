/** Counts kept by a small whole number, such as a reply code. */
import type { Exchange } from '../model.ts';

/** A dense array of zeros. */
export function zeros(length: number): number[] {
  return new Array<number>(length).fill(0);
}

/** Adds counts that are kept by index. */
export function addCounts(into: number[], from: readonly number[]): void {
  for (let i = 0; i < from.length; i++) {
    const n = from[i];
    if (n !== undefined && n !== 0) into[i] = (into[i] ?? 0) + n;
  }
}

/** Codes are below this number: three digits, also those that no specification has. */
export const codeLimit = 1000;

/** Counts every reply of an exchange by its code. */
export function countReplies(state: number[], exchange: Exchange): void {
  const { replies } = exchange;
  for (let i = 0; i < replies.length; i++) {
    const code = (replies[i] as { code: number }).code;
    state[code] = (state[code] ?? 0) + 1;
  }
}
