/** Transfer logs: a line for each file that moved. */
import type { Dialect } from '../../model.ts';

export const transfer: readonly Dialect[] = [];
