/**
 * CrushFTP (handlers/Log.java, ServerSessionFTP.java, decompiled): a tag, the date as configured, session, port, user
 * and address in brackets, and what was read or written between asterisks. The same log carries other protocols.
 *
 *   USER|09/02/2013 15:01:19.374|[ftp:17_21:alice:192.0.2.7] READ: *CWD pub*
 *   POST|09/02/2013 15:01:19.380|[ftp:17_21:alice:192.0.2.7] WROTE: *250 "/pub/" CWD command successful.*
 */
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { replyCode } from '../../protocol/reply-line.ts';
import { digits, isDigit, skipDigits } from '../../text.ts';
import { count, share } from '../detect.ts';
import { closeEvent, commandEvent, type Origin, openEvent, replyLine } from '../event.ts';
import { LocaleClock } from './locale-clock.ts';

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new LocaleClock(options, emit, 'mdy');
  return {
    line(text: string, line: number): Understanding {
      const tag = text.indexOf('|');
      const date = tag < 0 ? -1 : clock.read(text, tag + 1);
      if (date < 0 || text.charCodeAt(date) !== 124) return 'unparsed';
      const start = date + 1;
      if (text.startsWith('[ftp', start)) return ftpLine(text, start, line, clock);
      return text.charCodeAt(start) === 91 || text.startsWith('SERVER|') ? 'noise' : 'unparsed';
    },
    end: () => clock.end(),
  };
}

/** `[ftp:17_21:alice:192.0.2.7] READ: *…*`, `[ftp:192.0.2.7:21][17] Accepting connection from: 192.0.2.7:50001` */
function ftpLine(text: string, start: number, line: number, clock: LocaleClock): Understanding {
  const accepting = text.indexOf('] ', start);
  if (accepting > 0 && text.startsWith('Accepting connection from: ', accepting + 2)) {
    const address = text.slice(accepting + 29);
    const colon = address.lastIndexOf(':');
    const session = text.slice(text.lastIndexOf('[', accepting) + 1, accepting);
    const at: Origin = { line, time: clock.time, session, peer: address.slice(0, colon), user: '' };
    clock.sink(openEvent(at, Math.max(0, digits(address, colon + 1, address.length))));
    return 'event';
  }
  const first = text.indexOf(':', start) + 1;
  const idEnd = skipDigits(text, first);
  const userAt = text.indexOf(':', idEnd) + 1;
  const close = closeAt(text, userAt);
  if (first === 0 || idEnd === first || userAt === 0 || close < 0)
    return text.indexOf(']', start) > 0 ? 'noise' : 'unparsed';
  const userEnd = text.indexOf(':', userAt);
  const at: Origin = {
    line,
    time: clock.time,
    session: text.slice(first, idEnd),
    peer: text.slice(userEnd + 1, close),
    user: text.slice(userAt, userEnd),
  };
  const asterisk = text.indexOf('*', close);
  const end = text.lastIndexOf('*');
  let wireEnd = end > asterisk ? end : text.length;
  while (wireEnd > asterisk + 1 && text.charCodeAt(wireEnd - 1) <= 32) wireEnd--;
  const wire = text.slice(asterisk + 1, wireEnd);
  if (wire.startsWith('Disconnected')) clock.sink(closeEvent(at));
  else if (text.startsWith('READ', close + 2)) clock.sink(commandEvent(at, wire));
  else if (replyCode(wire) > 0 || digits(wire, 0, 3) >= 0 || !isDigit(wire, 0)) clock.sink(replyLine(at, wire));
  else return 'noise';
  return 'event';
}

/** Index of the bracket's end, behind which `READ: *`, `WROTE : *` or `*Disconnected` stands; a user name may hold one. */
function closeAt(text: string, from: number): number {
  for (let close = text.indexOf('] ', from); close >= 0; close = text.indexOf('] ', close + 1)) {
    const word = close + 2;
    const c = text.charCodeAt(word);
    const end =
      c === 82 && text.startsWith('READ', word) ? word + 4 : c === 87 && text.startsWith('WROTE', word) ? word + 5 : 0;
    if (end > 0 && (text.startsWith(': *', end) || text.startsWith(' : *', end))) return close;
    if (c === 42 && text.startsWith('*Disconnected', word)) return close;
  }
  return -1;
}

const shape = /^[A-Z_]+\|\d{1,4}[./-]\d{1,2}[./-]\d{1,4} \d{1,2}:\d\d:\d\d(\.\d+)?( [ap]m)?\|/i;

function detect(sample: Sample): number {
  const ftp = count(
    sample,
    (text) =>
      shape.test(text) &&
      /\|\[ftps?:\d+(_\d+)?:[^:]*:[^\]]*\] (READ|WROTE) ?: \*|\]\[\d+\] Accepting connection/.test(text),
  );
  return ftp === 0 ? 0 : share(sample, (text) => shape.test(text));
}

export const crushftp: Dialect = {
  id: 'crushftp',
  title: 'CrushFTP',
  evidence: 'source',
  side: 'server',
  identity: 'key',
  example: 'USER|09/02/2013 15:01:19.374|[ftp:17_21:alice:192.0.2.7] READ: *CWD pub*',
  marks: ['|[ftp', '] Accepting connection'],
  detect,
  open,
};
