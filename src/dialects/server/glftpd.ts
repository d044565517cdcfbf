/**
 * glftpd.log, and ebftpd's in the same form: an event in capitals and its values in quotes. The order of the values of
 * LOGIN and LOGOUT is that of glftpd's own scripts; no log of a run was seen, so only what is certain is read.
 *
 *   Thu Jan  1 12:00:00 2015 LOGIN: "bob@host (192.0.2.7)" "bob" "group" "tagline"
 */

import { count, share } from '../../decoding/detect.ts';
import { ambiguousEvent, closeEvent, exchangeEvent, loginEvent, type Origin } from '../../decoding/event.ts';
import {
  agreed,
  type Form,
  fieldOf,
  formOf,
  type Reading,
  type Readings,
  readingsOf,
} from '../../decoding/readings.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { Clock } from '../../timestamp.ts';

/** Verbs that events stand for, and which value is the path. */
const done: ReadonlyMap<string, string> = new Map([
  ['NEWDIR', 'MKD'],
  ['DELDIR', 'RMD'],
]);

/** What stands behind the user: all of it, and what older scripts leave out. */
const tails: readonly string[] = [' "{group:word}" "{tagline}"', ' "{group:word}"', ''];
const visitors = tails.map((tail) => [
  formOf('known', `"{ident} ({peer:address})" "{user:word}"${tail}`),
  formOf('named', `"{who:word}" "{user:word}"${tail}`),
]);
const makers = tails.map((tail) => [formOf('made', `"{path}" "{user:word}"${tail}`)]);

/** The readings with the most values. */
function fullest(text: string, from: number, forms: readonly (readonly Form[])[]): Readings {
  let readings = none;
  for (const some of forms) {
    readings = readingsOf(text, from, some);
    if (readings.found.length > 0) break;
  }
  return readings;
}

const none: Readings = { found: [], all: true };

function hasPeer(reading: Reading): boolean {
  return fieldOf(reading, 'peer') !== '';
}

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new Clock(options);
  return {
    line(text: string, line: number): Understanding {
      const time = clock.ctime(text);
      const colon = text.indexOf(': "', 24);
      const word = text.slice(25, Math.max(25, colon));
      if (clock.end < 0 || colon < 0 || !isEventName(word)) return 'unparsed';
      const verb = done.get(word);
      const isLogin = word === 'LOGIN' || word === 'LOGOUT' || word === 'TIMEOUT';
      if (verb === undefined && !isLogin) return 'noise';
      const readings = fullest(text, colon + 2, isLogin ? visitors : makers);
      if (readings.found.length === 0) return 'noise';
      const peer = agreed(readings, 'peer');
      const user = agreed(readings, 'user');
      const path = agreed(readings, 'path');
      const at: Origin = { line, time, session: '', peer, user };
      // Idents, directories and taglines are what clients make them.
      if (user === '' || (isLogin ? peer === '' && readings.found.some(hasPeer) : path === ''))
        emit(ambiguousEvent(at));
      else if (verb !== undefined) emit(exchangeEvent(at, verb, path, 0, { ok: true, inferred: true }));
      else emit(word === 'LOGIN' ? loginEvent(at, true) : closeEvent(at, word === 'TIMEOUT' ? 'timeout' : ''));
      return 'event';
    },
  };
}

/** Capitals and `_`, 3 to 16 of them. */
function isEventName(word: string): boolean {
  for (let i = 0; i < word.length; i++) {
    const c = word.charCodeAt(i);
    if ((c < 65 || c > 90) && c !== 95) return false;
  }
  return word.length >= 3 && word.length <= 16;
}

const shape = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4} [A-Z_]{3,16}: "/;

function detect(sample: Sample): number {
  const mine = count(
    sample,
    (text) => shape.test(text) && / (LOGIN|LOGOUT|NEWDIR|DELDIR|NUKE|UNNUKE|PRE|TIMEOUT): "/.test(text),
  );
  return mine === 0 ? 0 : share(sample, (text) => shape.test(text)) * 0.8;
}

export const glftpd: Dialect = {
  id: 'glftpd',
  title: 'glftpd and ebftpd, glftpd.log',
  evidence: 'unverified',
  side: 'server',
  identity: 'peer',
  lacks: ['commands', 'replies', 'transfers'],
  example: 'Thu Jan  1 12:00:00 2015 LOGIN: "bob@host (192.0.2.7)" "bob" "group" "tagline"',
  marks: ['LOGIN: "', 'LOGOUT: "', 'NEWDIR: "', 'DELDIR: "', 'NUKE: "', 'PRE: "', 'TIMEOUT: "'],
  detect,
  open,
};
