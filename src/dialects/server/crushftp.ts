/**
 * CrushFTP (handlers/Log.java, ServerSessionFTP.java, decompiled): a tag, the date as configured, session, port, user
 * and address in brackets, and what was read or written between asterisks. The same log carries other protocols.
 *
 *   USER|09/02/2013 15:01:19.374|[ftp:17_21:alice:192.0.2.7] READ: *CWD pub*
 *   POST|09/02/2013 15:01:19.380|[ftp:17_21:alice:192.0.2.7] WROTE: *250 "/pub/" CWD command successful.*
 */

import { count, share } from '../../decoding/detect.ts';
import { ambiguousEvent, closeEvent, commandEvent, type Origin, openEvent, replyLine } from '../../decoding/event.ts';
import { LocaleClock } from '../../decoding/locale-clock.ts';
import { agreed, Clients, decided, fieldOf, formOf, readingsOf } from '../../decoding/readings.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { replyCode } from '../../protocol/reply-line.ts';
import { digits, isDigit, skipDigits } from '../../text.ts';

/** Behind the number of the connection. */
const said = ['READ: *', 'READ : *', 'WROTE: *', 'WROTE : *', '*Disconnected'].map((what) =>
  formOf('said', `{user}:{peer:address}] ${what}{said}`),
);

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new LocaleClock(options, emit, 'mdy');
  const clients = new Clients();
  return {
    line(text: string, line: number): Understanding {
      const tag = text.indexOf('|');
      const date = tag < 0 ? -1 : clock.read(text, tag + 1);
      if (date < 0 || text.charCodeAt(date) !== 124) return 'unparsed';
      const start = date + 1;
      if (text.startsWith('[ftp', start)) return ftpLine(text, start, line, clock, clients);
      return text.charCodeAt(start) === 91 || text.startsWith('SERVER|') ? 'noise' : 'unparsed';
    },
    end: () => clock.end(),
  };
}

/** `[ftp:17_21:alice:192.0.2.7] READ: *…*`, `[ftp:192.0.2.7:21][17] Accepting connection from: 192.0.2.7:50001` */
function ftpLine(text: string, start: number, line: number, clock: LocaleClock, clients: Clients): Understanding {
  const accepting = text.indexOf('] ', start);
  if (accepting > 0 && text.startsWith('Accepting connection from: ', accepting + 2)) {
    const address = text.slice(accepting + 29);
    const colon = address.lastIndexOf(':');
    const session = text.slice(text.lastIndexOf('[', accepting) + 1, accepting);
    const at: Origin = { line, time: clock.time, session, peer: address.slice(0, colon), user: '' };
    clients.forget(session);
    clients.learn(session, at.peer);
    clock.sink(openEvent(at, Math.max(0, digits(address, colon + 1, address.length))));
    return 'event';
  }
  const first = text.indexOf(':', start) + 1;
  const idEnd = skipDigits(text, first);
  const userAt = text.indexOf(':', idEnd) + 1;
  const readings = readingsOf(text, userAt, said);
  if (first === 0 || idEnd === first || userAt === 0 || readings.found.length === 0)
    return text.indexOf(']', start) > 0 ? 'noise' : 'unparsed';
  const session = text.slice(first, idEnd);
  const reading = decided(readings, [
    (r) => clients.canBe(session, fieldOf(r, 'peer')),
    // An IPv6 address holds what parts it from the user: the whole one.
    (r) =>
      !readings.found.some((other) => other.bounds[3] === r.bounds[3] && (other.bounds[2] ?? 0) < (r.bounds[2] ?? 0)),
  ]);
  if (reading === undefined) {
    clock.sink(ambiguousEvent({ line, time: clock.time, session, peer: agreed(readings, 'peer'), user: '' }));
    return 'event';
  }
  const peer = fieldOf(reading, 'peer');
  const at: Origin = { line, time: clock.time, session, peer, user: fieldOf(reading, 'user') };
  clients.learn(session, at.peer);
  const close = userAt + at.user.length + 1 + at.peer.length;
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
