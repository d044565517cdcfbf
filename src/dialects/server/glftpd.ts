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
      if (Number.isNaN(time) || colon < 0 || !/^[A-Z_]{3,16}$/.test(word)) return 'unparsed';
      const values = text.slice(colon + 3, text.endsWith('"') ? -1 : undefined).split('" "');
      const verb = done.get(word);
      if (verb !== undefined) {
        emit(
          exchangeEvent({ line, time, session: '', peer: '', user: values[1] ?? '' }, verb, values[0] ?? '', 0, {
            ok: true,
            inferred: true,
          }),
        );
        return 'event';
      }
      if (word !== 'LOGIN' && word !== 'LOGOUT' && word !== 'TIMEOUT') return 'noise';
      const peer = /\(([0-9a-f.:]+)\)$/i.exec(values[0] ?? '')?.[1] ?? '';
      const at: Origin = { line, time, session: '', peer, user: values[1] ?? '' };
      emit(word === 'LOGIN' ? loginEvent(at, true) : closeEvent(at, word === 'TIMEOUT' ? 'timeout' : ''));
      return 'event';
    },
  };
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
  detect,
  open,
};
