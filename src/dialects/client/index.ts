/** Graphical clients and client libraries: FileZilla, WinSCP, ftplib, Commons Net. */
import type { Dialect } from '../../model.ts';
import { fileZillaClientLog } from './filezilla-client-log.ts';
import { fileZillaClientPane } from './filezilla-client-pane.ts';
import { pythonFtplibDebug1 } from './python-ftplib-debug1.ts';
import { pythonFtplibDebug2 } from './python-ftplib-debug2.ts';
import { winScpLog } from './winscp-log.ts';

export const client: readonly Dialect[] = [
  fileZillaClientLog,
  fileZillaClientPane,
  pythonFtplibDebug1,
  pythonFtplibDebug2,
  winScpLog,
];
