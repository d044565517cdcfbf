/** Values of rows: what is absent is null, strings are valid UTF-8, times are ISO 8601 UTC. */
import { wellFormed } from '../text.ts';

export function textOrNull(text: string): string | null {
  return text === '' ? null : wellFormed(text);
}

export function timeOrNull(time: number): string | null {
  return Number.isFinite(time) ? new Date(time).toISOString() : null;
}

/** Whole milliseconds or octets; null below zero or unknown. */
export function countOrNull(n: number): number | null {
  return n >= 0 ? Math.round(n) : null;
}
