/**
 * GuildFTPd (its help file): level in braces, number of the connection, a sentence.
 *
 *   07/11/2001 07:34:26 {3} - [5] : User logged in: <alice> : 192.0.2.7
 *   07/11/2001 07:34:40 {3} - [5] : [DOWN] File Downloaded: D:\a b.bmp - 2106 bytes in 0 sec. (0.00 Kb/s)
 */

import { share } from '../../decoding/detect.ts';
import { closeEvent, loginEvent, type Origin, openEvent, transferEvent } from '../../decoding/event.ts';
import { LocaleClock } from '../../decoding/locale-clock.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Understanding } from '../../model.ts';
import { digits, skipDigits } from '../../text.ts';

const serverNotes: readonly string[] = [
  'Starting Server',
  'ListenSocket ',
  'Shutting Server Down',
  'Attempted Connection from',
];

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new LocaleClock(options, emit, 'mdy');
  return {
    line(text: string, line: number): Understanding {
      const date = clock.read(text, 0);
      const mark = date < 0 ? -1 : text.indexOf('} - ', date);
      if (mark < 0 || !text.startsWith(' {', date)) return 'unparsed';
      const said = mark + 4;
      const idEnd = skipDigits(text, said + 1);
      if (text.charCodeAt(said) !== 91 || !text.startsWith('] : ', idEnd))
        return serverNotes.some((note) => text.startsWith(note, said)) ? 'noise' : 'unparsed';
      return record(
        text.slice(idEnd + 4),
        { line, time: clock.time, session: text.slice(said + 1, idEnd), peer: '', user: '' },
        clock.sink,
      );
    },
    end: () => clock.end(),
  };
}

function record(said: string, at: Origin, emit: EventSink): Understanding {
  if (said.startsWith('Connection Established')) emit(openEvent(at));
  else if (said.startsWith('User logged in: <')) {
    const end = said.lastIndexOf('> : ');
    emit(
      loginEvent(
        { ...at, user: said.slice(17, end < 0 ? said.length : end), peer: end < 0 ? '' : said.slice(end + 4) },
        true,
      ),
    );
  } else if (said.startsWith('[DOWN] ') || said.startsWith('[UP] ')) return moved(said, at, emit);
  else if (isGone(said)) emit(closeEvent(at, said));
  else return 'noise';
  return 'event';
}

/** `[UP] File Uploaded: D:\a b.bmp - 2106 bytes in 0 sec. (0.00 Kb/s)` */
function moved(said: string, at: Origin, emit: EventSink): Understanding {
  const bytes = said.lastIndexOf(' bytes in ');
  const sizeAt = said.lastIndexOf(' - ', bytes) + 3;
  const pathAt = said.indexOf(': ') + 2;
  const size = digits(said, sizeAt, bytes);
  const seconds = digits(said, bytes + 10, skipDigits(said, bytes + 10));
  if (bytes < 0 || pathAt < 2 || sizeAt < pathAt + 3 || size < 0 || seconds < 0) return 'noise';
  const verb = said.startsWith('[DOWN]') ? 'RETR' : 'STOR';
  emit(transferEvent(at, verb, said.slice(pathAt, sizeAt - 3), true, size, seconds * 1000));
  return 'event';
}

const ends: readonly string[] = ['connection clos', 'clos', 'user disconnected', 'user logged out', 'abort'];

function isGone(said: string): boolean {
  const lower = said.slice(0, 20).toLowerCase();
  for (const end of ends) if (lower.startsWith(end)) return true;
  return false;
}

const shape = /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4} \d\d?:\d\d:\d\d( [AP]M)? \{\d\} - /;

export const guildftpd: Dialect = {
  id: 'guildftpd',
  title: 'GuildFTPd',
  evidence: 'documented',
  side: 'server',
  identity: 'key',
  lacks: ['commands', 'replies'],
  example: '07/11/2001 07:34:26 {3} - [5] : User logged in: <alice> : 192.0.2.7',
  marks: ['} - '],
  detect: (sample) => share(sample, (text) => shape.test(text)),
  open,
};
