/**
 * NcFTPd's transfer log (log_xfer; fields as in the NcFTPd-Log-Parse parser): a letter, then fields by the letter. A
 * path may hold commas, so fields are counted from the right.
 *
 *   2011-02-06 10:16:08 #u4     | R,/a,b.el,41,0.007,5.856,alice,,192.0.2.7,,OK,I,Po,1294215368,TSQoxwAEEbkA,41,0,
 */

import { share } from '../../../decoding/detect.ts';
import { exchangeEvent, type Origin, transferEvent } from '../../../decoding/event.ts';
import { Row } from '../../../decoding/row.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Understanding } from '../../../model.ts';
import { msOfSeconds, numberIn } from '../../../number.ts';
import { Clock } from '../../../timestamp.ts';
import { ncftpdFields, ncftpdHead, ncftpdTime } from './head.ts';

/** Verb by letter, and how many fields follow the path. */
const letters: ReadonlyMap<string, readonly [verb: string, behind: number]> = new Map([
  ['R', ['RETR', 14]],
  ['S', ['STOR', 14]],
  ['T', ['LIST', 7]],
  ['D', ['DELE', 7]],
  ['M', ['MKD', 7]],
  ['C', ['SITE', 7]],
]);

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new Clock(options);
  const row = new Row();
  return {
    line(text: string, line: number): Understanding {
      const start = ncftpdHead(text);
      if (start < 0 || text.charCodeAt(start + 1) !== 44) return 'unparsed';
      ncftpdFields(row, text, start);
      const letter = text.charAt(start);
      const time = ncftpdTime(text, clock);
      if (letter === 'N' || letter === 'L') return renamed(row, letter, line, time, emit);
      const known = letters.get(letter);
      if (known === undefined) return 'unparsed';
      const [verb, behind] = known;
      const first = row.count - behind;
      if (first < 2) return 'unparsed';
      const path = between(row, 1, first);
      const moved = verb === 'RETR' || verb === 'STOR';
      const session = row.raw(first + (moved ? 11 : 6));
      const at: Origin = { line, time, session, peer: row.raw(first + 5), user: row.raw(first + 3) };
      if (moved) {
        const ms = Math.max(0, msOfSeconds(numberIn(row.raw(first + 1))));
        const ok = text.startsWith('OK,', row.start(first + 7));
        emit(transferEvent(at, verb, path, ok, Math.max(0, row.number(first)), ms));
        return 'event';
      }
      const ok = verb !== 'LIST' || row.raw(first) === 'OK';
      const arg = verb === 'SITE' ? `CHMOD ${row.raw(first)} ${path}` : path;
      emit(exchangeEvent(at, verb, arg, 0, { ok, inferred: true }));
      return 'event';
    },
  };
}

/** The fields from one to another, and the commas between them. */
function between(row: Row, from: number, to: number): string {
  return row.text.slice(row.start(from), row.end(to - 1));
}

/** `N,/old,to,/new,,user,mail,host,session,` */
function renamed(row: Row, letter: string, line: number, time: number, emit: EventSink): Understanding {
  let to = 2;
  while (to < row.count && row.raw(to) !== 'to') to++;
  const end = row.count - 5;
  if (end <= to) return 'unparsed';
  const at: Origin = {
    line,
    time,
    session: row.raw(row.count - 1),
    peer: row.raw(row.count - 2),
    user: row.raw(end + 1),
  };
  const target = between(row, to + 1, end);
  const verb = letter === 'N' ? 'RNTO' : 'SITE';
  emit(
    exchangeEvent(at, verb, letter === 'N' ? target : `SYMLINK ${target}`, 0, {
      ok: true,
      inferred: true,
    }),
  );
  return 'event';
}

const shape = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d #\S+ +\| [RSTDMNLC],[^,]*,/;

export const ncftpdXfer: Dialect = {
  id: 'ncftpd-xfer',
  title: 'NcFTPd, transfers',
  evidence: 'pasted',
  side: 'transfer',
  identity: 'key',
  lacks: ['commands', 'replies', 'logins'],
  example:
    '2011-02-06 10:16:08 #u4     | R,/a.el,41,0.007,5.856,alice,,192.0.2.7,,OK,I,Po,1294215368,TSQoxwAEEbkA,41,0,',
  marks: ['| R,', '| S,', '| T,', '| D,', '| M,', '| N,', '| L,', '| C,'],
  detect: (sample) => share(sample, (text) => shape.test(text)),
  open,
};
