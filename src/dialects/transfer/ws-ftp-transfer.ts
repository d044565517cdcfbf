/**
 * `WS_FTP.LOG`, which WS_FTP LE and Pro leave in every local folder that files were moved from or to (versions of 1997 to
 * 2010, pasted): time, mode, local path, arrow, host, remote folder, remote name. Years were two digits wide before 2000.
 *   2003.05.05 17:55 B C:\site\index.htm --> ftp.example.net /www index.htm
 *   99.03.25 17:23 A C:\site\logo.gif <-- ftp.example.net / logo.gif
 */

import { share } from '../../decoding/detect.ts';
import { transferEvent } from '../../decoding/event.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Understanding } from '../../model.ts';
import { digits, isDigit, skipDigits } from '../../text.ts';
import { Clock, midnight, timeOfFields } from '../../timestamp.ts';

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new Clock(options);
  return {
    line(text: string, line: number): Understanding {
      const modeAt = stampEnd(text);
      const up = text.lastIndexOf(' --> ');
      const down = text.lastIndexOf(' <-- ');
      const arrow = Math.max(up, down);
      if (modeAt < 0 || arrow < modeAt + 2) return 'unparsed';
      const hostEnd = text.indexOf(' ', arrow + 5);
      if (hostEnd < 0) return 'unparsed';
      const host = text.slice(arrow + 5, hostEnd);
      const path = remotePath(text.slice(hostEnd + 1), text.slice(modeAt + 2, arrow));
      const at = { line, time: clock.utc(localTime(text)), session: host, peer: '', user: '' };
      emit(transferEvent(at, up === arrow ? 'STOR' : 'RETR', path, true, -1, -1));
      return 'event';
    },
  };
}

/** Index of the mode (`A`, `B`, `L`) behind `2003.05.05 17:55 `; -1 if no such time stands in front. */
function stampEnd(text: string): number {
  const year = skipDigits(text, 0);
  if (year < 2 || year > 4 || text.charCodeAt(year) !== 46 || text.charCodeAt(year + 3) !== 46) return -1;
  if (!isDigit(text, year + 5) || text.charCodeAt(year + 6) !== 32 || text.charCodeAt(year + 9) !== 58) return -1;
  const mode = text.charCodeAt(year + 13);
  return text.charCodeAt(year + 12) === 32 && mode >= 65 && mode <= 90 && text.charCodeAt(year + 14) === 32
    ? year + 13
    : -1;
}

/** A year of two or three digits counts from 1900, as C's `tm_year` does. */
function localTime(text: string): number {
  const end = skipDigits(text, 0);
  const year = digits(text, 0, end);
  const month = digits(text, end + 1, end + 3);
  const time = timeOfFields(digits(text, end + 7, end + 9), digits(text, end + 10, end + 12), 0);
  if (time === -1) return Number.NaN;
  return midnight(end === 4 ? year : 1900 + year, month - 1, digits(text, end + 4, end + 6)) + time;
}

/** `/www my file.htm`: either part may hold blanks; the name mostly is the local one. */
function remotePath(remote: string, local: string): string {
  const base = local.slice(Math.max(local.lastIndexOf('\\'), local.lastIndexOf('/')) + 1);
  const same = base !== '' && remote.toLowerCase().endsWith(` ${base.toLowerCase()}`);
  const blank = same ? remote.length - base.length - 1 : remote.lastIndexOf(' ');
  if (blank < 0) return remote;
  const folder = remote.slice(0, blank);
  const last = folder.charCodeAt(folder.length - 1);
  return last === 47 || last === 92 || folder === ''
    ? folder + remote.slice(blank + 1)
    : `${folder}/${remote.slice(blank + 1)}`;
}

export const wsFtpTransfer: Dialect = {
  id: 'ws-ftp-transfer',
  title: 'WS_FTP client, WS_FTP.LOG',
  evidence: 'pasted',
  side: 'transfer',
  identity: 'peer',
  lacks: ['commands', 'replies', 'logins'],
  example: '2003.05.05 17:55 B C:\\site\\index.htm --> ftp.example.net /www index.htm',
  marks: [' --> ', ' <-- '],
  detect: (sample) => share(sample, (text) => stampEnd(text) > 0 && (text.includes(' --> ') || text.includes(' <-- '))),
  open,
};
