/**
 * WebSTAR's FTP server on classic Mac OS (manual of version 4): who, when, what, and the octets sent and received by
 * the session so far. Blanks around the hyphen and the bracket vary.
 *
 *   192.0.2.7 - alice [Tue Apr 27 12:14:14 1999] STOR: /disk/human resources/FAQ 254/2887
 */

import { share } from '../../decoding/detect.ts';
import {
  ambiguousEvent,
  closeEvent,
  exchangeEvent,
  loginEvent,
  type Origin,
  transferEvent,
  verbOf,
} from '../../decoding/event.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Understanding } from '../../model.ts';
import { Clock } from '../../timestamp.ts';

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new Clock(options);
  return {
    line(text: string, line: number): Understanding {
      const hyphen = text.indexOf(' -');
      const bracket = text.indexOf('[');
      const time = bracket < 0 ? Number.NaN : clock.ctime(text, bracket + 1);
      const close = text.indexOf('] ', bracket);
      if (hyphen < 0 || bracket < 0 || clock.end < 0 || close < 0 || hyphen > bracket) return 'unparsed';
      const peer = text.slice(0, hyphen);
      // A name may hold a time and what follows it.
      for (let more = text.indexOf('[', bracket + 1); more >= 0; more = text.indexOf('[', more + 1)) {
        if (weekday.test(text.slice(more, more + 30))) {
          emit(ambiguousEvent({ line, time, session: '', peer, user: '' }));
          return 'event';
        }
      }
      const name = text.slice(hyphen + 2, bracket).trim();
      // The mail address that an anonymous user gave is no name.
      const user = name.startsWith('anonymous') ? 'anonymous' : name;
      return record(text.slice(close + 2), { line, time, session: '', peer, user }, emit);
    },
  };
}

const weekday = /^\[[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]?\d \d\d:\d\d:\d\d \d{4}\] /;

function record(said: string, at: Origin, emit: EventSink): Understanding {
  const counts = / \d+\/\d+\.?$/.exec(said);
  const what = counts === null ? said : said.slice(0, counts.index);
  if (what.endsWith(' logged in') || what === 'User logged in') emit(loginEvent(at, true));
  else if (what.startsWith('Login failed')) {
    const named = /unknown user `(.*)'/.exec(what)?.[1];
    emit(
      loginEvent(
        named === undefined ? at : { ...at, user: named },
        false,
        'daemon',
        named === undefined ? what : 'unknown user',
      ),
    );
  } else if (what.endsWith(' logged out') || what.endsWith(' timed out')) emit(closeEvent(at, what));
  else {
    const colon = what.indexOf(': ');
    const word = what.slice(0, Math.max(0, colon));
    if (colon < 3 || word !== word.toUpperCase()) return 'unparsed';
    const verb = verbOf(word);
    const path = what.slice(colon + 2);
    if (verb === 'RETR' || verb === 'STOR' || verb === 'APPE') emit(transferEvent(at, verb, path, true, -1, -1));
    else emit(exchangeEvent(at, verb, path, 0, { ok: true }));
  }
  return 'event';
}

const shape = /^\S+ -.*\[[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]?\d \d\d:\d\d:\d\d \d{4}\] .* \d+\/\d+\.?$/;

export const webstar: Dialect = {
  id: 'webstar',
  title: 'WebSTAR FTP',
  evidence: 'documented',
  side: 'server',
  identity: 'peer',
  lacks: ['commands', 'replies'],
  example: '192.0.2.7 - alice [Tue Apr 27 12:14:14 1999] STOR: /disk/human resources/FAQ 254/2887',
  marks: ['] '],
  detect: (sample) => share(sample, (text) => shape.test(text)),
  open,
};
