/** Graphical clients and client libraries: FileZilla, WinSCP, ftplib, Commons Net. */
import type { Dialect } from '../../model.ts';

export const client: readonly Dialect[] = [];
