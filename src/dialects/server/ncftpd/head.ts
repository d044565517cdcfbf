/** The head of NcFTPd's logs: `2011-01-13 00:03:11 #u1     | `, and fields that commas part but do not quote. */

import type { Row } from '../../../decoding/row.ts';
import type { Clock } from '../../../timestamp.ts';

/** Index behind the head; -1 if the line has none. */
export function ncftpdHead(text: string): number {
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(19) !== 32) return -1;
  const bar = text.indexOf('| ', 20);
  const mark = text.charCodeAt(20);
  return bar > 0 && bar < 40 && (mark === 35 || mark === 40) ? bar + 2 : -1;
}

/** The time of the head. */
export function ncftpdTime(text: string, clock: Clock): number {
  return clock.iso(text);
}

/** Reads the fields behind the head, without the empty one behind the last comma. */
export function ncftpdFields(row: Row, text: string, at: number): void {
  row.read(text.charCodeAt(text.length - 1) === 44 ? text.slice(0, -1) : text, ',', at);
}
