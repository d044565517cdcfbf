/**
 * ProFTPD's SystemLog, and what it writes to a terminal (1.3.8, recorded), at any debug level:
 *   2026-11-22 10:03:54,819 host proftpd[2999] ftp.example.net (192.0.2.7[192.0.2.7]): USER alice (Login failed): Incorrect password
 *   Nov 22 10:03:54 host proftpd[2999] …                                     before 1.3.4
 */

import { share } from '../../../decoding/detect.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Understanding } from '../../../model.ts';
import { Clock, monthAt } from '../../../timestamp.ts';
import { ownEnvelope } from './dispatch.ts';
import { ProftpdMessages } from './messages.ts';

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new Clock(options);
  const messages = new ProftpdMessages(emit);
  return {
    line(text: string, line: number): Understanding {
      const hostAt = timeEnd(text);
      if (hostAt < 0) return 'unparsed';
      const hostEnd = text.indexOf(' ', hostAt);
      const bracket = text.indexOf('[', hostEnd);
      const close = text.indexOf(']', bracket);
      if (hostEnd < 0 || bracket < 0 || close < 0 || !text.startsWith('proftpd', hostEnd + 1)) return 'unparsed';
      const time = hostAt >= 24 ? clock.iso(text) : clock.yearless(text);
      if (clock.end < 0) return 'unparsed';
      const start = text.charCodeAt(close + 1) === 58 ? close + 3 : close + 2;
      return messages.read(
        text,
        start,
        line,
        ownEnvelope(time, text.slice(hostAt, hostEnd), text.slice(bracket + 1, close)),
      );
    },
    end: () => messages.end(),
  };
}

/** Index behind `2026-11-22 10:03:54,819 ` or `Nov 22 10:03:54 `; -1 if no time stands in front. */
function timeEnd(text: string): number {
  // Some hosts have a blank more: the name of the host is set apart by two.
  if (text.charCodeAt(19) === 44 && text.charCodeAt(23) === 32) return text.charCodeAt(24) === 32 ? 25 : 24;
  return monthAt(text, 0) >= 0 && text.charCodeAt(15) === 32 ? 16 : -1;
}

export const proftpdSystemLog: Dialect = {
  id: 'proftpd-system-log',
  title: "ProFTPD's SystemLog",
  evidence: 'recorded',
  side: 'server',
  identity: 'key',
  lacks: ['replies'],
  example:
    '2026-11-22 10:03:54,819 host proftpd[2999] ftp.example.net (192.0.2.7[192.0.2.7]): USER alice (Login failed): Incorrect password',
  marks: [' proftpd['],
  detect: (sample) =>
    share(sample, (text) => /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} {1,2}\S+ proftpd\[\d+\] \S/.test(text)),
  open,
};
