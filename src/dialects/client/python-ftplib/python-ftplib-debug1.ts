/** Python's ftplib with `set_debuglevel(1)` (3.11, recorded): `*cmd* 'NOOP'`, `*resp* '200 NOOP ok.'`. */

import { count, understoodShare } from '../../../decoding/detect.ts';
import type { Dialect, Sample } from '../../../model.ts';
import { openFtplib } from './lines.ts';

function detect(sample: Sample): number {
  if (count(sample, (text) => /^\*(cmd|resp|welcome)\* [bu]?['"]/.test(text)) === 0) return 0;
  if (count(sample, (text) => /^\*(put|get)\* [bu]?['"]/.test(text)) > 0) return 0;
  return understoodShare(sample, openFtplib);
}

export const pythonFtplibDebug1: Dialect = {
  id: 'python-ftplib-debug1',
  title: 'Python ftplib, set_debuglevel(1)',
  evidence: 'recorded',
  side: 'client',
  identity: 'order',
  serial: true,
  example: "*cmd* 'USER alice'",
  marks: ['*cmd* ', '*resp* ', '*welcome* '],
  detect,
  open: openFtplib,
};
