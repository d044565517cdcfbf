/** Transfer logs: a line for each file that moved. */
import type { Dialect } from '../../model.ts';
import { freebsdFtpdStats } from './freebsd-ftpd-stats.ts';
import { pureftpdClf } from './pureftpd-clf.ts';
import { pureftpdStats } from './pureftpd-stats.ts';
import { pureftpdW3c } from './pureftpd-w3c.ts';
import { wsFtpTransfer } from './ws-ftp-transfer.ts';
import { xferlog } from './xferlog.ts';

export const transfer: readonly Dialect[] = [
  xferlog,
  pureftpdClf,
  pureftpdStats,
  pureftpdW3c,
  freebsdFtpdStats,
  wsFtpTransfer,
];
