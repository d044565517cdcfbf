/**
 * RaidenFTPD (its manual, revision 2.4): client, user, group, time, and what was done: `l` a login, `r` a download, `w` an
 * upload, `e` a failure. Sizes in octets, speeds in kB/s.
 *
 *   192.0.2.7 alice users 2004/04/01:12:00:05 r /pub/a b.bin 2048 64.5
 */

import { share } from '../../decoding/detect.ts';
import { loginEvent, type Origin, transferEvent } from '../../decoding/event.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Understanding } from '../../model.ts';
import { msAtRate, numberIn } from '../../number.ts';
import { digits, isDigit } from '../../text.ts';
import { Clock } from '../../timestamp.ts';

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new Clock(options);
  return {
    line(text: string, line: number): Understanding {
      const stamp = stampAt(text);
      const time = stamp < 0 ? Number.NaN : clock.iso(text, stamp);
      if (stamp < 0 || clock.end < 0 || text.charCodeAt(stamp + 19) !== 32 || text.charCodeAt(stamp + 21) !== 32)
        return 'unparsed';
      const peerEnd = text.indexOf(' ');
      const groupAt = text.lastIndexOf(' ', stamp - 2);
      const user = text.slice(peerEnd + 1, groupAt);
      const at: Origin = { line, time, session: '', peer: text.slice(0, peerEnd), user: user === '-' ? '' : user };
      return record(text.charCodeAt(stamp + 20), text.slice(stamp + 22), at, emit);
    },
  };
}

const [failure, login, read, write] = [101, 108, 114, 119];

function record(what: number, rest: string, at: Origin, emit: EventSink): Understanding {
  if (what === login) {
    emit(loginEvent(at, /^(success|succeed|ok|true|1|y)/i.test(rest)));
    return 'event';
  }
  if (what === failure) return 'noise';
  if (what !== read && what !== write) return 'unparsed';
  const speedAt = rest.lastIndexOf(' ');
  const sizeAt = rest.lastIndexOf(' ', speedAt - 1);
  const size = digits(rest, sizeAt + 1, speedAt);
  if (sizeAt < 1 || size < 0) return 'unparsed';
  const speed = numberIn(rest.slice(speedAt + 1));
  const ms = msAtRate(size, speed);
  emit(transferEvent(at, what === read ? 'RETR' : 'STOR', rest.slice(0, sizeAt), true, size, ms));
  return 'event';
}

/** Index of `2004/04/01:12:00:05` behind at least three words; -1. */
function stampAt(text: string): number {
  let blank = text.indexOf(' ');
  for (let words = 1; blank > 0 && words < 12; words++) {
    if (
      words >= 3 &&
      text.charCodeAt(blank + 5) === 47 &&
      text.charCodeAt(blank + 11) === 58 &&
      isDigit(text, blank + 1)
    )
      return blank + 1;
    blank = text.indexOf(' ', blank + 1);
  }
  return -1;
}

const shape = /^\S+ \S.* \d{4}\/\d\d\/\d\d:\d\d:\d\d:\d\d [lrwe] \S/;

export const raidenftpd: Dialect = {
  id: 'raidenftpd',
  title: 'RaidenFTPD',
  evidence: 'documented',
  side: 'transfer',
  identity: 'peer',
  lacks: ['commands', 'replies'],
  example: '192.0.2.7 alice users 2004/04/01:12:00:05 r /pub/a.bin 2048 64.5',
  marks: [' l ', ' r ', ' w ', ' e '],
  detect: (sample) => share(sample, (text) => shape.test(text)),
  open,
};
