/**
 * The transfer log of wu-ftpd, and of all who write it: ProFTPD 1.3.8, vsftpd 3.0.3, Pure-FTPd 1.0.50 (recorded),
 * DrFTPD and glftpd (which have the user's group for the service and may lack the last field).
 *
 *   Sun Nov 22 09:59:10 2026 0 192.0.2.7 20000 /home/alice/a_b.bin b _ o r alice ftp 0 * c
 *   date of the end, seconds, host, octets, path, type, flags, direction, access, user, service, method, id, completion
 *
 * Read from both ends, so that a path with blanks survives, whatever it imitates. One id for all writers: their lines
 * differ in nothing that a reader could rely on.
 */

import { share } from '../../decoding/detect.ts';
import { exchangeEvent, transferEvent } from '../../decoding/event.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Understanding } from '../../model.ts';
import { digits, isDigit, own, skipDigits } from '../../text.ts';
import { Clock } from '../../timestamp.ts';

/** Reads what stands behind the date: `1 host 123 /path b _ o r alice ftp 0 * c`; also behind wu-ftpd's `xferlog (send): `. */
function readXfer(text: string, from: number, time: number, line: number, emit: EventSink): boolean {
  const secondsEnd = skipDigits(text, from);
  if (secondsEnd === from || text.charCodeAt(secondsEnd) !== 32) return false;
  const hostEnd = text.indexOf(' ', secondsEnd + 1);
  const bytesEnd = skipDigits(text, hostEnd + 1);
  if (hostEnd < 0 || bytesEnd === hostEnd + 1 || text.charCodeAt(bytesEnd) !== 32) return false;
  const nameEnd = userEnd(text);
  const marks = nameEnd < 0 ? -1 : marksBefore(text, nameEnd);
  if (marks <= bytesEnd) return false;
  const path = text.slice(bytesEnd + 1, marks);
  const modeAt = text.indexOf(' ', marks + 3) + 3;
  const said = text.slice(modeAt + 2, nameEnd);
  const at = {
    line,
    time,
    session: '',
    peer: own(text.slice(secondsEnd + 1, hostEnd)),
    user: text.charCodeAt(modeAt) === 97 ? anonymous(said) : said,
  };
  const size = digits(text, hostEnd + 1, bytesEnd);
  const direction = text.charCodeAt(modeAt - 2);
  const complete = !text.endsWith(' i');
  if (direction === 100) emit(exchangeEvent(at, 'DELE', path, 0, { ok: complete, inferred: true }));
  else
    emit(
      transferEvent(
        at,
        direction === 111 ? 'RETR' : 'STOR',
        path,
        complete,
        size,
        digits(text, from, secondsEnd) * 1000,
      ),
    );
  return true;
}

/** The name of an anonymous user is the mail address given as password. */
function anonymous(name: string): string {
  return name === 'ftp' ? name : 'anonymous';
}

/** Index behind the user name, found from the right: `… alice ftp 0 * c` or `… alice group 0 *`; -1. */
function userEnd(text: string): number {
  const last = text.lastIndexOf(' ');
  const second = text.lastIndexOf(' ', last - 1);
  const third = text.lastIndexOf(' ', second - 1);
  if (third < 0) return -1;
  const c = text.charCodeAt(last + 1);
  if (text.length === last + 2 && (c === 99 || c === 105) && isMethod(text, third, second))
    return text.lastIndexOf(' ', third - 1);
  return isMethod(text, second, last) ? third : -1;
}

function isMethod(text: string, before: number, end: number): boolean {
  return end - before === 2 && isDigit(text, before + 1);
}

/** Index of the blank before ` b _ o r `, the last one that stands before the name; -1 if there is none. */
function marksBefore(text: string, nameEnd: number): number {
  let mode = text.lastIndexOf(' ', nameEnd - 1) - 2;
  while (mode > 0) {
    if (isModeAt(text, mode)) {
      const flags = text.lastIndexOf(' ', mode - 3);
      const type = text.charCodeAt(flags - 1);
      if ((type === 97 || type === 98) && text.charCodeAt(flags - 2) === 32) return flags - 2;
    }
    mode = text.lastIndexOf(' ', mode + 1) - 2;
  }
  return -1;
}

/** ` o r ` with its last blank at `mode + 2`: direction `o`, `i` or `d`, access `a`, `g` or `r`. */
function isModeAt(text: string, mode: number): boolean {
  if (text.charCodeAt(mode) !== 32 || text.charCodeAt(mode - 2) !== 32) return false;
  const access = text.charCodeAt(mode + 1);
  const direction = text.charCodeAt(mode - 1);
  return (
    (access === 97 || access === 103 || access === 114) && (direction === 111 || direction === 105 || direction === 100)
  );
}

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new Clock(options);
  return {
    line(text: string, line: number): Understanding {
      const time = clock.ctime(text);
      const { end } = clock;
      return end > 0 && readXfer(text, end + 1, time, line, emit) ? 'event' : 'unparsed';
    },
  };
}

const shape =
  /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]?\d \d\d:\d\d:\d\d \d{4} \d+ \S+ \d+ .* [ab] \S+ [oid] [agr] .* \d \S+( [ci])?$/;

export const xferlog: Dialect = {
  id: 'xferlog',
  title: 'xferlog: wu-ftpd, ProFTPD, vsftpd, Pure-FTPd, DrFTPD, glftpd',
  evidence: 'recorded',
  side: 'transfer',
  identity: 'peer',
  lacks: ['commands', 'replies', 'logins'],
  example: 'Sun Nov 22 09:59:10 2026 0 192.0.2.7 20000 /home/alice/data.bin b _ o r alice ftp 0 * c',
  marks: [' o a ', ' o g ', ' o r ', ' i a ', ' i g ', ' i r ', ' d a ', ' d g ', ' d r '],
  detect: (sample) => share(sample, (text) => shape.test(text)),
  open,
};
