/**
 * FTP server log of Cisco's mail gateways (IronPort; help pages): local times whose distance to UTC the log states.
 *
 *   Fri Sep 10 08:07:32 2004 Info: Time offset from UTC: -25200 seconds
 *   Fri Sep 10 08:08:46 2004 Info: ID:1 Upload wording.txt 20 bytes
 */

import { count, share } from '../../decoding/detect.ts';
import { closeEvent, loginEvent, type Origin, openEvent, transferEvent } from '../../decoding/event.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { digits, isDigit, skipDigits } from '../../text.ts';
import { Clock } from '../../timestamp.ts';

const levels: readonly string[] = [' Info: ', ' Warning: ', ' Critical: ', ' Debug: ', ' Trace: '];
const notes: readonly string[] = [
  'Begin Logfile',
  'End Logfile',
  'Version:',
  'System is ',
  'Time offset',
  'Log rollover',
];

/** Seconds from UTC, at most. */
const farthestSeconds = 18 * 3600;

function open(options: DecoderOptions, emit: EventSink): Decoder {
  // The zone of the options gives way to what the log states.
  let offset = Number.NaN;
  const offsetAt = (local: number): number => (Number.isNaN(offset) ? options.offsetAt(local) : offset);
  let clock = new Clock({ ...options, offsetAt });
  let stated = '';
  return {
    line(text: string, line: number): Understanding {
      const level = levels.find((one) => text.startsWith(one, 24));
      if (level === undefined) return 'unparsed';
      const said = text.slice(24 + level.length);
      if (said.startsWith('Time offset from UTC: ') && said !== stated) {
        stated = said;
        offset = statedOffset(said);
        // A clock remembers the last second.
        clock = new Clock({ ...options, offsetAt });
      }
      const idEnd = skipDigits(said, 3);
      if (!said.startsWith('ID:') || idEnd === 3)
        return notes.some((note) => said.startsWith(note)) ? 'noise' : 'unparsed';
      // Not before: no time is read in the zone of the options while the log may still state its own.
      const time = clock.ctime(text);
      if (clock.end < 0) return 'unparsed';
      return record(said.slice(idEnd + 1), { line, time, session: said.slice(3, idEnd), peer: '', user: '' }, emit);
    },
  };
}

/** Minutes of `Time offset from UTC: -18000 seconds`; NaN if no zone is so far away. */
function statedOffset(said: string): number {
  const sign = said.charCodeAt(22) === 45 ? -1 : 1;
  const from = isDigit(said, 22) ? 22 : 23;
  const seconds = digits(said, from, skipDigits(said, from));
  return seconds >= 0 && seconds <= farthestSeconds ? (sign * seconds) / 60 : Number.NaN;
}

function record(said: string, at: Origin, emit: EventSink): Understanding {
  if (said.startsWith('Connection from ')) {
    const on = said.lastIndexOf(' on ');
    emit(openEvent({ ...at, peer: said.slice(16, on < 0 ? said.length : on) }, 0, on < 0 ? '' : said.slice(on + 4)));
  } else if (said.startsWith('User ')) {
    const login = said.lastIndexOf(' login ');
    if (login > 0) emit(loginEvent({ ...at, user: said.slice(5, login) }, said.endsWith('SUCCESS')));
    else if (said.endsWith(' logout')) emit(closeEvent({ ...at, user: said.slice(5, -7) }));
    else return 'noise';
  } else if (said.startsWith('Upload ') || said.startsWith('Download ')) {
    const end = said.lastIndexOf(' ', said.length - 7);
    const upload = said.startsWith('Upload');
    emit(
      transferEvent(
        at,
        upload ? 'STOR' : 'RETR',
        said.slice(upload ? 7 : 9, end),
        true,
        digits(said, end + 1, said.length - 6),
        -1,
      ),
    );
  } else return 'noise';
  return 'event';
}

const shape = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4} (Info|Warning|Critical|Debug|Trace): /;

function detect(sample: Sample): number {
  const ftp = count(
    sample,
    (text) => shape.test(text) && / ID:\d+ (Connection from |User .* login |Upload |Download )/.test(text),
  );
  return ftp === 0 ? 0 : share(sample, (text) => shape.test(text));
}

export const ironportFtp: Dialect = {
  id: 'ironport-ftp',
  title: 'Cisco Secure Email (IronPort), FTP server log',
  evidence: 'documented',
  side: 'server',
  identity: 'key',
  lacks: ['commands', 'replies'],
  example: 'Fri Sep 10 08:08:46 2004 Info: ID:1 Upload wording.txt 20 bytes',
  marks: [' ID:'],
  detect,
  open,
};
