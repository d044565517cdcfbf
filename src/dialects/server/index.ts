/** Other servers and services: FileZilla Server, IIS, pyftpdlib, SFTPGo. */
import type { Dialect } from '../../model.ts';

export const server: readonly Dialect[] = [];
