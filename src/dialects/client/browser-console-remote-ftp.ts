/**
 * FTP extensions of editors in the developer console (pasted): `client.js:278 < 227 …` of Atom's remote-ftp, repeats
 * counted in front (`3client.js:278 < 200 OK`); `[08-28 15:06:02] [debug] > PASV` of VS Code's sftp. Line ends within a
 * piece are written `\r\n`; some versions quote the piece: `[debug] < '200 OK\r\n'`.
 */

import { Conversation } from '../../decoding/conversation.ts';
import { count, understoodShare } from '../../decoding/detect.ts';
import type { Origin } from '../../decoding/event.ts';
import { fromOctets, literalAt } from '../../decoding/literal.ts';
import { startsWithVerb } from '../../decoding/wire-line.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { digits, isBlank, skipDigits } from '../../text.ts';
import { Clock, clockAt, isClock } from '../../timestamp.ts';

/** A console counts repeats without end; more tell nothing new. */
const repeatLimit = 100;
const levels: readonly string[] = ['[debug] ', '[info] ', '[trace] ', '[warn] ', '[error] '];

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new Clock(options);
  const conversation = new Conversation(emit);

  function spoke(at: Origin, mark: number, wire: string): void {
    const quoted = wire.charCodeAt(0) === 39 ? literalAt(wire, 0) : undefined;
    if (quoted !== undefined) {
      const value = fromOctets(quoted.value);
      if (mark === 60) conversation.replyText(at, value);
      else conversation.command(at, value);
    } else if (mark === 60) received(at, wire);
    else conversation.command(at, wire);
  }

  function received(at: Origin, text: string): void {
    let from = 0;
    while (from < text.length) {
      let end = text.indexOf('\\r\\n', from);
      if (end < 0) end = text.length;
      conversation.reply(at, text.slice(from, end));
      from = end + 4;
    }
  }

  return {
    line(text: string, line: number): Understanding {
      const timed = text.charCodeAt(0) === 91 && text.charCodeAt(15) === 93 && isClock(text, 7);
      const start = timed ? 17 : 0;
      const level = levelAt(text, start);
      const markAt = level > 0 ? level : afterFile(text);
      const mark = text.charCodeAt(markAt);
      if ((mark !== 60 && mark !== 62) || text.charCodeAt(markAt + 1) !== 32) {
        return level > 0 || isBlank(text) ? 'noise' : 'unparsed';
      }
      const wire = text.slice(markAt + 2);
      const time = timed ? clock.dated(digits(text, 1, 3) - 1, digits(text, 4, 6), clockAt(text, 7)) : Number.NaN;
      const at: Origin = { line, time, session: '', peer: '', user: '' };
      const times = Math.min(repeatLimit, Math.max(1, digits(text, 0, skipDigits(text, 0))));
      for (let i = 0; i < times; i++) spoke(at, mark, wire);
      return 'event';
    },
  };
}

/** Index behind `[debug] ` at `at`; 0 if no level stands there. */
function levelAt(text: string, at: number): number {
  for (const level of levels) if (text.startsWith(level, at)) return at + level.length;
  return 0;
}

/** Index behind `3client.js:278 `; 0 if no file stands there. */
function afterFile(text: string): number {
  const file = text.indexOf('.js:');
  if (file < 0 || file > 40 || text.lastIndexOf(' ', file) >= 0) return 0;
  const end = skipDigits(text, file + 4);
  return end > file + 4 && text.charCodeAt(end) === 32 ? end + 1 : 0;
}

function detect(sample: Sample): number {
  const spoken = count(sample, (text) => {
    const found = /^(\d*[\w.-]+\.js:\d+|(\[\d\d-\d\d \d\d:\d\d:\d\d\] )?\[debug\]) [<>] '?(.*)$/.exec(text);
    const wire = found?.[3] ?? '';
    return found !== null && (/^[1-5]\d\d[ -]/.test(wire) || startsWithVerb(wire));
  });
  return spoken === 0 ? 0 : understoodShare(sample, open);
}

export const browserConsoleRemoteFtp: Dialect = {
  id: 'browser-console-remote-ftp',
  title: 'FTP extensions of Atom and VS Code',
  evidence: 'pasted',
  side: 'client',
  identity: 'order',
  serial: true,
  example: 'client.js:278 < 227 Entering Passive Mode (192,0,2,7,195,93)',
  marks: ['.js:', '[debug] <', '[debug] >'],
  detect,
  open,
};
