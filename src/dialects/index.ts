/** All dialects, by family. A family's folder holds one file for each, and folders of programs that have several. */
import type { Dialect } from '../model.ts';
import { client } from './client/index.ts';
import { daemon } from './daemon/index.ts';
import { sensor } from './sensor/index.ts';
import { server } from './server/index.ts';
import { terminal } from './terminal/index.ts';
import { transfer } from './transfer/index.ts';
import { wire } from './wire/index.ts';

export const dialects: readonly Dialect[] = [
  ...sensor,
  ...daemon,
  ...server,
  ...transfer,
  ...client,
  ...terminal,
  ...wire,
];
