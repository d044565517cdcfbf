/** The head of vsftpd's own log file, `Www Mon DD HH:MM:SS YYYY [pid n] `, shared by its two dialects. */

import { share } from '../../../decoding/detect.ts';
import type { Decoder, DecoderOptions, EventSink, Sample, Understanding } from '../../../model.ts';
import { isDigit, skipDigits } from '../../../text.ts';
import { Clock } from '../../../timestamp.ts';
import { isVsftpdRecord, VsftpdLine } from './records.ts';

/** Index of `[pid `; 24 or 25 behind a padded date, -1 if the line has no such head. */
function pidMark(text: string): number {
  const mark = text.charCodeAt(25) === 91 ? 25 : 24;
  return text.startsWith('[pid ', mark) ? mark : -1;
}

/** The decoder of both dialects: a log may hold protocol lines or not, and even change in the middle. */
export function openVsftpd(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new Clock(options);
  const record = new VsftpdLine(emit);
  return {
    line(text: string, line: number): Understanding {
      const mark = pidMark(text);
      if (mark < 0) return 'unparsed';
      const end = text.indexOf(']', mark);
      const time = clock.ctime(text);
      if (end < 0 || clock.end < 0) return 'unparsed';
      return record.read(text, end + 2, line, time, text.slice(mark + 5, end));
    },
  };
}

function isOwnLine(text: string): boolean {
  const mark = pidMark(text);
  if (mark < 0 || !isDigit(text, mark + 5)) return false;
  return isVsftpdRecord(text, skipDigits(text, mark + 5) + 2);
}

function isProtocolLine(text: string): boolean {
  return isOwnLine(text) && (text.includes(' FTP command: Client "') || text.includes(' FTP response: Client "'));
}

/** Share of protocol lines from which on a log counts as one of `log_ftp_protocol=YES`; a real one has four in five. */
const protocolShare = 0.3;

/** All of vsftpd's lines count for the dialect whose kind of line prevails: protocol lines, or what was done. */
export function detectVsftpd(sample: Sample, protocol: boolean): number {
  const own = share(sample, isOwnLine);
  return share(sample, isProtocolLine) >= own * protocolShare === protocol ? own : 0;
}
