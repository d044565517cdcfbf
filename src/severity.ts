/** The severities, stated once: their order, their ranks, and what is at or above one. */
import type { Severity } from './model.ts';

/** The mildest first: the place in the list is the rank. */
export const severities: readonly Severity[] = ['info', 'low', 'medium', 'high', 'critical'];

/** The gravest first, as reports for people list them. */
export const gravestFirst: readonly Severity[] = severities.toReversed();

export function isSeverity(word: string): word is Severity {
  return (severities as readonly string[]).includes(word);
}

/** 0 for info … 4 for critical. */
export function rankOf(severity: Severity): number {
  return severities.indexOf(severity);
}

/** The severity of a rank; what is out of range is the nearest. */
export function severityOf(rank: number): Severity {
  return severities[Math.max(0, Math.min(severities.length - 1, rank))] ?? 'info';
}

/** As grave as the other, or graver. */
export function atLeast(severity: Severity, other: Severity): boolean {
  return rankOf(severity) >= rankOf(other);
}

/** Order of sorting: the gravest first. */
export function byGravity(a: Severity, b: Severity): number {
  return rankOf(b) - rankOf(a);
}
