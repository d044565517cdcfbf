/**
 * lftp with `debug -t -p -c -o FILE 9` (4.9.2, recorded): any of process, time and context in front of each line.
 *   [28912] 2026-11-22 10:00:05 ftp.example.net ---> USER alice
 *   2026-11-22 10:00:05 <--- 331 Please specify the password.
 * One process may hold several connections to the same host; nothing tells their lines apart.
 */

import { count, understoodShare } from '../../../decoding/detect.ts';
import type { Origin } from '../../../decoding/event.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../../model.ts';
import { isBlank, skipDigits } from '../../../text.ts';
import { Clock } from '../../../timestamp.ts';
import { LftpLine } from './lines.ts';

/** Longest context (a host name) that is taken for one. */
const longestContext = 260;

/** Index behind `[pid] ` if it stands at the start, else 0. */
function pidEnd(text: string): number {
  if (text.charCodeAt(0) !== 91) return 0;
  const end = skipDigits(text, 1);
  return end > 1 && text.startsWith('] ', end) ? end + 2 : 0;
}

function isTime(text: string, at: number): boolean {
  return (
    text.charCodeAt(at + 4) === 45 &&
    text.charCodeAt(at + 7) === 45 &&
    text.charCodeAt(at + 13) === 58 &&
    text.charCodeAt(at + 19) === 32
  );
}

/** Index of the mark at `at` or behind one word; -1 if there is none. */
function markAt(text: string, at: number): number {
  if (isMark(text, at)) return at;
  const blank = text.indexOf(' ', at);
  return blank > at && blank - at < longestContext && isMark(text, blank + 1) ? blank + 1 : -1;
}

function isMark(text: string, at: number): boolean {
  return (
    text.startsWith('---> ', at) ||
    text.startsWith('<--- ', at) ||
    text.startsWith('---- ', at) ||
    text.startsWith('**** ', at)
  );
}

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new Clock(options);
  const lftp = new LftpLine(emit);
  return {
    inData: () => lftp.inData(),
    line(text: string, line: number): Understanding {
      let at = pidEnd(text);
      let time = Number.NaN;
      if (isTime(text, at)) {
        time = clock.iso(text, at);
        at += 20;
      }
      const mark = markAt(text, at);
      const origin: Origin = { line, time, session: '', peer: '', user: '' };
      if (mark > 0) return lftp.read(text, mark, origin);
      // The lines that GnuTLS and lftp itself print have the same front, but no mark.
      return at > 0 ? lftp.bare(text.slice(at), origin) : isBlank(text) ? 'noise' : 'unparsed';
    },
  };
}

function detect(sample: Sample): number {
  const marked = count(
    sample,
    (text) =>
      /^(?:\[\d+\] )?(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d )?(?:\S+ )?(?:---> |<--- \d{3})/.test(text) &&
      !/^(?:---> |<--- )/.test(text),
  );
  return marked === 0 ? 0 : understoodShare(sample, open);
}

export const lftpDebugTpc: Dialect = {
  id: 'lftp-debug-tpc',
  title: 'lftp, debug with process, time and context',
  evidence: 'recorded',
  side: 'client',
  identity: 'order',
  duplex: true,
  example: '[28912] 2026-11-22 10:00:05 192.0.2.7 ---> USER alice',
  marks: ['---> ', '<--- '],
  detect,
  open,
};
