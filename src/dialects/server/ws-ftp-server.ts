/**
 * Ipswitch WS_FTP Server up to 5 (its guide): month and day without a year, the number of the session in hexadecimal.
 *
 *   0915 12:17:00 (0000005c) 192.0.2.7:2040 connected to 198.51.100.1:21
 *   0915 12:17:00 (0000005c) ftp.example.com S(0) 192.0.2.7 alice logon success (A1)
 *   0915 12:17:09 (0000005c) ftp.example.com S(0) 192.0.2.7 alice RETR /a b.txt (1500 bytes, 20 ms)
 */

import { share } from '../../decoding/detect.ts';
import {
  closeEvent,
  exchangeEvent,
  loginEvent,
  type Origin,
  openEvent,
  transferEvent,
  verbOf,
} from '../../decoding/event.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Understanding } from '../../model.ts';
import { numberIn } from '../../number.ts';
import { digits } from '../../text.ts';
import { Clock, clockAt } from '../../timestamp.ts';

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new Clock(options);
  return {
    line(text: string, line: number): Understanding {
      const month = digits(text, 0, 2);
      const day = digits(text, 2, 4);
      const time = clockAt(text, 5);
      const close = text.indexOf(') ', 14);
      if (month < 0 || day < 0 || time === -1 || text.charCodeAt(14) !== 40 || close < 0) return 'unparsed';
      const at: Origin = {
        line,
        time: clock.dated(month - 1, day, time),
        session: text.slice(15, close),
        peer: '',
        user: '',
      };
      return record(text.slice(close + 2), at, emit);
    },
  };
}

function record(said: string, at: Origin, emit: EventSink): Understanding {
  const connected = said.indexOf(' connected to ');
  if (connected > 0) {
    const colon = said.lastIndexOf(':', connected);
    emit(openEvent({ ...at, peer: said.slice(0, colon) }, Math.max(0, digits(said, colon + 1, connected))));
    return 'event';
  }
  if (said.endsWith(' connection closed')) {
    emit(closeEvent(at));
    return 'event';
  }
  const server = said.indexOf(' S(');
  const peerAt = said.indexOf(') ', server) + 2;
  const peerEnd = said.indexOf(' ', peerAt);
  const userEnd = said.indexOf(' ', peerEnd + 1);
  if (server < 0 || peerAt < 2 || peerEnd < 0 || userEnd < 0) return 'unparsed';
  const of: Origin = { ...at, peer: said.slice(peerAt, peerEnd), user: said.slice(peerEnd + 1, userEnd) };
  return done(said.slice(userEnd + 1), of, emit);
}

/** `logon success (A1)`, `logon failure (A1)`, `RETR /a b.txt (1500 bytes, 20 ms)` */
function done(what: string, at: Origin, emit: EventSink): Understanding {
  if (what.startsWith('logoff')) return 'noise';
  if (what.startsWith('logon ')) {
    emit(loginEvent(at, what.startsWith('logon success')));
    return 'event';
  }
  const end = what.indexOf(' ');
  const word = what.slice(0, end < 0 ? what.length : end);
  if (word.length < 3 || word !== word.toUpperCase()) return 'unparsed';
  const verb = verbOf(word);
  const open = what.lastIndexOf(' (');
  const moved = / \((\d+) bytes, (\d+) ms\)$/.exec(what);
  const arg = end < 0 ? '' : what.slice(end + 1, open > end ? open : what.length);
  if (moved !== null && (verb === 'RETR' || verb === 'STOR' || verb === 'APPE'))
    emit(transferEvent(at, verb, arg, true, numberIn(moved[1] ?? ''), numberIn(moved[2] ?? '')));
  else emit(exchangeEvent(at, verb, arg, 0, { ok: !what.includes('fail') }));
  return 'event';
}

const shape = /^(0\d|1[0-2])[0-3]\d \d\d:\d\d:\d\d \([0-9a-f]{8}\) /;

export const wsFtpServer: Dialect = {
  id: 'ws-ftp-server',
  title: 'WS_FTP Server up to 5',
  evidence: 'documented',
  side: 'server',
  identity: 'key',
  lacks: ['commands', 'replies'],
  example: '0915 12:17:00 (0000005c) ftp.example.com S(0) 192.0.2.7 alice logon success (A1)',
  detect: (sample) => share(sample, (text) => shape.test(text)),
  open,
};
