/** Other servers and services: FileZilla Server, IIS, pyftpdlib, SFTPGo. */
import type { Dialect } from '../../model.ts';
import { pyftpdlibDebug } from './pyftpdlib-debug.ts';
import { pyftpdlibInfo } from './pyftpdlib-info.ts';

export const server: readonly Dialect[] = [pyftpdlibDebug, pyftpdlibInfo];
