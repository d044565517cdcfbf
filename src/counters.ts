/** What sessions count: the one list of it, and how counts are added up. */
import type { Aspect, Counters } from './model.ts';

/** Each counter, and the aspect of a log that tells it: without that its zero is no figure. */
export const counters: Readonly<Record<keyof Counters, Aspect>> = {
  commands: 'commands',
  replies: 'replies',
  unanswered: 'replies',
  failures: 'replies',
  failedLogins: 'logins',
  downloads: 'transfers',
  uploads: 'transfers',
  bytesDown: 'transfers',
  bytesUp: 'transfers',
  unsizedDown: 'transfers',
  unsizedUp: 'transfers',
};

export const counterKeys = Object.keys(counters) as readonly (keyof Counters)[];

/** Adds the counts of these keys. */
export function addCounts<K extends string>(
  into: Record<K, number>,
  from: Readonly<Record<K, number>>,
  keys: readonly K[],
): void {
  for (const key of keys) into[key] += from[key];
}
