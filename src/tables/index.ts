/** All tables, in the order of the report. */
import type { Table } from '../model.ts';
import { classes } from './classes.ts';
import { clients } from './clients.ts';
import { codes } from './codes.ts';
import { commands } from './commands.ts';
import { failures } from './failures.ts';
import { files } from './files.ts';
import { kinds } from './kinds.ts';
import { latency } from './latency.ts';
import { logins } from './logins.ts';
import { overview } from './overview.ts';
import { pairs } from './pairs.ts';
import { sessions } from './sessions.ts';
import { timeline } from './timeline.ts';
import { users } from './users.ts';

// biome-ignore lint/suspicious/noExplicitAny: states differ by table; only the fold itself looks into its own
export const tables: readonly Table<any>[] = [
  overview,
  classes,
  kinds,
  codes,
  commands,
  failures,
  clients,
  users,
  files,
  sessions,
  logins,
  pairs,
  latency,
  timeline,
];
