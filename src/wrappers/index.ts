/** All wrappers, by id. */
import { syslog } from './syslog.ts';
import type { Wrapper } from './wrapper.ts';

export const wrappers: readonly Wrapper[] = [syslog];
