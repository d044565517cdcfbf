/**
 * FileZilla Server from 1.0 on, as copied from its administration window; dates in the locale of that machine.
 *
 *   <12/3/2025 11:23:11 AM> FTP Session 87 192.0.2.7 alice [Command] PWD
 */

import { share } from '../../../decoding/detect.ts';
import { LocaleClock } from '../../../decoding/locale-clock.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Understanding } from '../../../model.ts';
import { FilezillaSession, type Said } from './lines.ts';

const types: ReadonlyMap<string, Said> = new Map([
  ['[Command] ', 'command'],
  ['[Response] ', 'reply'],
  ['[Status] ', 'note'],
  ['[Error] ', 'note'],
  ['[Warning] ', 'note'],
  ['[Trace] ', 'note'],
  ['[Debug] ', 'note'],
  ['[Debug Info] ', 'note'],
  ['[Debug Warning] ', 'note'],
]);

/** `[Command] ` behind the blank at `at`; '' if no type stands there. */
function typeAt(text: string, at: number): string {
  const type = text.slice(at + 1, text.indexOf('] ', at) + 2);
  return types.has(type) ? type : '';
}

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new LocaleClock(options, emit);
  const session = new FilezillaSession(clock.sink);
  return {
    line(text: string, line: number): Understanding {
      if (text.charCodeAt(0) !== 60) return 'unparsed';
      if (text.startsWith('<Date/Time> Info [Type] Message')) return 'noise';
      const date = clock.read(text, 1);
      if (date < 0 || !text.startsWith('> ', date)) return 'unparsed';
      // A user name may hold a bracket, and a type too.
      const ends: number[] = [];
      for (let at = text.indexOf(' [', date); at >= 0; at = text.indexOf(' [', at + 2))
        if (typeAt(text, at) !== '') ends.push(at);
      const end = session.endOf(text, date + 2, ends);
      if (end < 0 && ends.length > 0) return session.unclear(text.slice(date + 2, ends[0]), line, clock.time);
      const type = end < 0 ? '' : typeAt(text, end);
      const said = types.get(type);
      if (said !== undefined)
        return session.read(text.slice(date + 2, end), said, text.slice(end + 1 + type.length), line, clock.time);
      return 'unparsed';
    },
    end: () => clock.end(),
  };
}

const shape = /^<(Date\/Time> Info \[Type\] Message|[^<>]{8,40}> FTP (Session \d+ \S+.* |Server )\[[A-Z][A-Za-z ]+\] )/;

export const filezillaServerGui: Dialect = {
  id: 'filezilla-server-gui',
  title: "FileZilla Server's administration window",
  evidence: 'pasted',
  side: 'server',
  identity: 'key',
  example: '<12/3/2025 11:23:11 AM> FTP Session 87 192.0.2.7 alice [Command] PWD',
  marks: ['> FTP Session ', '> FTP Server ', '<Date/Time> Info '],
  detect: (sample) => share(sample, (text) => shape.test(text)),
  open,
};
