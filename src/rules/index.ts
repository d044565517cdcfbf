/** All rules, by id. */
import type { Rule } from '../model.ts';

// biome-ignore lint/suspicious/noExplicitAny: states differ by rule; only the fold itself looks into its own
export const rules: readonly Rule<any>[] = [];
