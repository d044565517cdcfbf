/** Python's ftplib with `set_debuglevel(2)` (3.11, recorded): as level 1, and `*put* 'NOOP\r\n'`, `*get* '200 NOOP ok.\n'`. */

import { count, understoodShare } from '../../../decoding/detect.ts';
import type { Dialect, Sample } from '../../../model.ts';
import { openFtplib } from './lines.ts';

function detect(sample: Sample): number {
  if (count(sample, (text) => /^\*(put|get)\* [bu]?['"]/.test(text)) === 0) return 0;
  return understoodShare(sample, openFtplib);
}

export const pythonFtplibDebug2: Dialect = {
  id: 'python-ftplib-debug2',
  title: 'Python ftplib, set_debuglevel(2)',
  evidence: 'recorded',
  side: 'client',
  identity: 'order',
  duplex: true,
  serial: true,
  example: "*get* '220 (vsFTPd 3.0.3)\\n'",
  marks: ['*put* ', '*get* '],
  detect,
  open: openFtplib,
};
