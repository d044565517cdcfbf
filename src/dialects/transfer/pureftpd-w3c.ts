/**
 * Pure-FTPd's `-O w3c:FILE` (1.0.50 recorded; altlog.c), an imitation of IIS 5: UTC, paths percent-encoded, completed
 * transfers only. The columns are fixed in the program.
 *
 *   2026-11-22 10:03:15 192.0.2.7 []sent /home/alice/a%20b.bin 226 alice 20000
 */

import { count, share } from '../../decoding/detect.ts';
import { transferEvent } from '../../decoding/event.ts';
import { percentDecoded } from '../../decoding/percent.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { digits } from '../../text.ts';
import { Clock } from '../../timestamp.ts';

const zone = (): number => 0;

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new Clock({ ...options, offsetAt: zone });
  return {
    line(text: string, line: number): Understanding {
      if (text.charCodeAt(0) === 35) return isHeader(text) ? 'noise' : 'unparsed';
      const mark = text.indexOf(' []');
      const time = clock.iso(text);
      if (mark < 20 || clock.end < 0) return 'unparsed';
      const verb = text.startsWith('sent ', mark + 3) ? 'RETR' : text.startsWith('created ', mark + 3) ? 'STOR' : '';
      const bytes = text.lastIndexOf(' ');
      const path = text.indexOf(' ', mark + 3) + 1;
      const pathEnd = text.indexOf(' ', path);
      const size = digits(text, bytes + 1, text.length);
      if (verb === '' || size < 0 || pathEnd < 0 || digits(text, pathEnd + 1, pathEnd + 4) < 0) return 'unparsed';
      const at = { line, time, session: '', peer: text.slice(20, mark), user: text.slice(pathEnd + 5, bytes) };
      emit(transferEvent(at, verb, percentDecoded(text.slice(path, pathEnd)), true, size, -1));
      return 'event';
    },
  };
}

function isHeader(text: string): boolean {
  return (
    text.startsWith('#Software:') ||
    text.startsWith('#Version:') ||
    text.startsWith('#Date:') ||
    text.startsWith('#Fields:')
  );
}

function isMine(text: string): boolean {
  return /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \S+ \[\](sent|created) \S+ \d{3} .+ \d+$/.test(text);
}

function detect(sample: Sample): number {
  const decisive = count(sample, (text) => isMine(text) || text.startsWith('#Software: Pure-FTPd')) > 0;
  return decisive ? share(sample, (text) => isMine(text) || isHeader(text)) : 0;
}

export const pureftpdW3c: Dialect = {
  id: 'pureftpd-w3c',
  title: 'Pure-FTPd -O w3c',
  evidence: 'recorded',
  side: 'transfer',
  identity: 'peer',
  lacks: ['commands', 'replies', 'logins'],
  example: '2026-11-22 10:03:15 192.0.2.7 []sent /home/alice/a%20b.bin 226 alice 20000',
  marks: [' []sent ', ' []created ', '#Software: Pure-FTPd'],
  detect,
  open,
};
