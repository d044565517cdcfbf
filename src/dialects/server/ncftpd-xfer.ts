/**
 * NcFTPd's transfer log (log_xfer; fields as in the NcFTPd-Log-Parse parser): a letter, then fields by the letter. A
 * path may hold commas, so fields are counted from the right.
 *
 *   2011-02-06 10:16:08 #u4     | R,/a,b.el,41,0.007,5.856,alice,,192.0.2.7,,OK,I,Po,1294215368,TSQoxwAEEbkA,41,0,
 */
import type { Decoder, DecoderOptions, Dialect, EventSink, Understanding } from '../../model.ts';
import { Clock } from '../../timestamp.ts';
import { share } from '../detect.ts';
import { exchangeEvent, type Origin, transferEvent } from '../event.ts';
import { ncftpdFields, ncftpdHead, ncftpdTime } from './ncftpd.ts';

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
  return {
    line(text: string, line: number): Understanding {
      const start = ncftpdHead(text);
      if (start < 0 || text.charCodeAt(start + 1) !== 44) return 'unparsed';
      const fields = ncftpdFields(text, start);
      const letter = fields[0] ?? '';
      const time = ncftpdTime(text, clock);
      if (letter === 'N' || letter === 'L') return renamed(fields, letter, line, time, emit);
      const known = letters.get(letter);
      if (known === undefined) return 'unparsed';
      const [verb, behind] = known;
      const first = fields.length - behind;
      if (first < 2) return 'unparsed';
      const path = fields.slice(1, first).join(',');
      const of = (i: number): string => fields[first + i] ?? '';
      if (verb !== 'RETR' && verb !== 'STOR') {
        const at: Origin = { line, time, session: of(6), peer: of(5), user: of(3) };
        const ok = verb !== 'LIST' || of(0) === 'OK';
        emit(exchangeEvent(at, verb, verb === 'SITE' ? `CHMOD ${of(0)} ${path}` : path, 0, { ok, inferred: true }));
        return 'event';
      }
      const at: Origin = { line, time, session: of(11), peer: of(5), user: of(3) };
      emit(transferEvent(at, verb, path, of(7) === 'OK', Number(of(0)) || 0, Math.round(Number(of(1)) * 1000) || 0));
      return 'event';
    },
  };
}

/** `N,/old,to,/new,,user,mail,host,session,` */
function renamed(
  fields: readonly string[],
  letter: string,
  line: number,
  time: number,
  emit: EventSink,
): Understanding {
  const to = fields.indexOf('to');
  const end = fields.length - 5;
  if (to < 2 || end <= to) return 'unparsed';
  const at: Origin = {
    line,
    time,
    session: fields[fields.length - 1] ?? '',
    peer: fields[fields.length - 2] ?? '',
    user: fields[end + 1] ?? '',
  };
  const target = fields.slice(to + 1, end).join(',');
  emit(
    exchangeEvent(at, letter === 'N' ? 'RNTO' : 'SITE', letter === 'N' ? target : `SYMLINK ${target}`, 0, {
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
  detect: (sample) => share(sample, (text) => shape.test(text)),
  open,
};
