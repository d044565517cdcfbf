/**
 * glftpd.log, and ebftpd's in the same form: an event in capitals and its values in quotes. The order of the values of
 * LOGIN and LOGOUT is that of glftpd's own scripts; no log of a run was seen, so only what is certain is read.
 *
 *   Thu Jan  1 12:00:00 2015 LOGIN: "bob@host (192.0.2.7)" "bob" "group" "tagline"
 */
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { Clock } from '../../timestamp.ts';
import { count, share } from '../detect.ts';
import { closeEvent, exchangeEvent, loginEvent, type Origin } from '../event.ts';

/** Verbs that events stand for, and which value is the path. */
const done: ReadonlyMap<string, string> = new Map([
  ['NEWDIR', 'MKD'],
  ['DELDIR', 'RMD'],
]);

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new Clock(options);
  return {
    line(text: string, line: number): Understanding {
      const time = clock.ctime(text);
      const colon = text.indexOf(': "', 24);
      const word = text.slice(25, Math.max(25, colon));
      if (clock.end < 0 || colon < 0 || !isEventName(word)) return 'unparsed';
      const end = text.endsWith('"') ? text.length - 1 : text.length;
      const firstEnd = gapAt(text, colon + 3, end);
      const first = text.slice(colon + 3, firstEnd);
      const user = firstEnd < end ? text.slice(firstEnd + 3, gapAt(text, firstEnd + 3, end)) : '';
      const verb = done.get(word);
      if (verb !== undefined) {
        emit(exchangeEvent({ line, time, session: '', peer: '', user }, verb, first, 0, { ok: true, inferred: true }));
        return 'event';
      }
      if (word !== 'LOGIN' && word !== 'LOGOUT' && word !== 'TIMEOUT') return 'noise';
      const at: Origin = { line, time, session: '', peer: addressOf(first), user };
      emit(word === 'LOGIN' ? loginEvent(at, true) : closeEvent(at, word === 'TIMEOUT' ? 'timeout' : ''));
      return 'event';
    },
  };
}

/** Index of `" "` between two values, or of the end. */
function gapAt(text: string, from: number, end: number): number {
  const gap = text.indexOf('" "', from);
  return gap < 0 ? end : gap;
}

/** Capitals and `_`, 3 to 16 of them. */
function isEventName(word: string): boolean {
  for (let i = 0; i < word.length; i++) {
    const c = word.charCodeAt(i);
    if ((c < 65 || c > 90) && c !== 95) return false;
  }
  return word.length >= 3 && word.length <= 16;
}

/** The address in `bob@host (192.0.2.7)`; '' if there is none. */
function addressOf(value: string): string {
  const open = value.lastIndexOf('(');
  if (open < 0 || !value.endsWith(')')) return '';
  const address = value.slice(open + 1, -1);
  return /^[0-9a-f.:]+$/i.test(address) ? address : '';
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
