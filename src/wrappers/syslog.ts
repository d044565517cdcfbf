/**
 * A syslog header, in every shape that daemons and collectors write (recorded with rsyslog 8.2302):
 *   Nov 22 09:58:53 host vsftpd[24451]: text                              RFC 3164 as a file
 *   <29>Nov 22 09:58:53 host vsftpd[24451]: text                          with priority
 *   2026-11-22T09:58:53.973616+00:00 host vsftpd[24451]: text             high precision
 *   <29>1 2026-11-22T09:58:53.973616+00:00 host vsftpd 24451 - -  text    RFC 5424
 *   Nov 22 09:58:53 host in.ftpd[8378]: [ID 373804 daemon.info] text      Solaris
 *   Nov 22 09:58:53 host daemon.info vsftpd[24451]: text                  busybox
 *   Sun Nov 22 09:58:53 2026 daemon.info vsftpd[24451]: text              OpenWrt's logread
 *   Sun 2026-11-22 09:58:53 UTC host vsftpd[24451]: text                  journalctl -o short-full
 *   1795341533.973616 host vsftpd[24451]: text                            journalctl -o short-unix
 */
import type { DecoderOptions, Envelope } from '../model.ts';
import { digits, isDigit, skipDigits } from '../text.ts';
import { afterFraction, Clock, epochTime, monthAt } from '../timestamp.ts';
import { unescaped } from './syslog-escapes.ts';
import { once, type Peel, type Peeled, type Wrapper, within } from './wrapper.ts';

/** `last message repeated 100000 times` must not keep anyone busy. */
const mostTimes = 1000;
/** Relays in front of one line. */
const mostHeads = 3;

class Head {
  readonly #clock: Clock;
  /** Index behind the time that was read last. */
  end = 0;
  /** The form names no host. */
  hostless = false;

  constructor(options: DecoderOptions) {
    this.#clock = new Clock(options);
  }

  /** The time at `at`; undefined if no head of a syslog line stands there. */
  time(text: string, at: number): number | undefined {
    this.hostless = false;
    const first = text.charCodeAt(at);
    if (first >= 48 && first <= 57) return text.charCodeAt(at + 10) === 46 ? this.#unix(text, at) : this.#iso(text, at);
    if (monthAt(text, at) >= 0) return this.#month(text, at);
    if (text.charCodeAt(at + 3) !== 32) return undefined;
    return isDigit(text, at + 4) ? this.#full(text, at) : this.#logread(text, at);
  }

  #iso(text: string, at: number): number | undefined {
    const mark = text.charCodeAt(at + 10);
    // With a blank between, too many programs write a time of their own: only a comma-less one, and a tag must follow.
    if (mark !== 84 && (mark !== 32 || text.charCodeAt(at + 19) === 44)) return undefined;
    const time = this.#clock.iso(text, at);
    this.end = this.#clock.end;
    if (this.end < 0) return undefined;
    return mark === 84 || tagEnd(text, text.indexOf(' ', this.end + 1) + 1) > 0 ? time : undefined;
  }

  #unix(text: string, at: number): number | undefined {
    this.end = skipDigits(text, at + 11);
    const isUnix = digits(text, at, at + 10) >= 0 && this.end > at + 11;
    return isUnix ? epochTime(text.slice(at, this.end), 0) : undefined;
  }

  #month(text: string, at: number): number | undefined {
    const day = text.charCodeAt(at + 4) === 32 ? at + 5 : at + 4;
    const dayEnd = skipDigits(text, day);
    // Nov 22 2026 09:58:53
    const isFull = isDigit(text, dayEnd + 4) && text.charCodeAt(dayEnd + 5) === 32;
    const time = isFull ? this.#clock.monthDayYear(text, at) : this.#clock.yearless(text, at);
    const { end } = this.#clock;
    if (end < 0) return undefined;
    const yearBehind =
      !isFull && text.startsWith(' 20', end) && isDigit(text, end + 4) && text.charCodeAt(end + 5) === 32;
    this.end = yearBehind ? end + 5 : end;
    return time;
  }

  /** `Sun 2026-11-22 09:58:53 UTC`: any other zone in words is taken for the local one. */
  #full(text: string, at: number): number | undefined {
    const time = this.#clock.iso(text, at + 4);
    if (this.#clock.end < 0) return undefined;
    const blank = afterFraction(text, at + 23);
    this.end = text.indexOf(' ', blank + 1);
    return time;
  }

  #logread(text: string, at: number): number | undefined {
    if (text.charCodeAt(at + 24) !== 32 || !isLevel(text, at + 25)) return undefined;
    const time = this.#clock.ctime(text, at);
    this.end = at + 24;
    this.hostless = true;
    return this.#clock.end < 0 ? undefined : time;
  }
}

function open(options: DecoderOptions): Peel {
  const head = new Head(options);
  const clock = new Clock(options);
  let last: Peeled | undefined;
  return (text: string, outer: Envelope): Peeled | 'noise' | undefined => {
    if (text.startsWith('-- ') || text.startsWith('--- last message'))
      return repeatedAgain(text, last) ?? ownNote(text);
    let at = afterPriority(text);
    if (at > 0 && isDigit(text, at) && text.charCodeAt(at + 1) === 32) {
      last = peel5424(text, at + 2, clock, outer);
      return last;
    }
    let time: number | undefined;
    let host = '';
    for (let i = 0; i < mostHeads; i++) {
      const one = head.time(text, at);
      if (one === undefined) break;
      time = one;
      at = head.end + 1;
      if (head.hostless) break;
      const hostEnd = text.indexOf(' ', at);
      if (hostEnd < 0) return undefined;
      if (tagEnd(text, at) > 0 && text.charCodeAt(hostEnd - 1) === 58) break;
      host = text.slice(at, hostEnd);
      at = hostEnd + 1;
    }
    if (time === undefined) {
      const bare = timeless(text, outer);
      last = bare ?? last;
      return bare;
    }
    const again = text.startsWith('last message repeated ', at) ? repeatedAgain(text.slice(at), last) : undefined;
    if (again !== undefined) return again;
    last = tagged(text, at, within(outer, time, host));
    return last;
  };
}

/** `pure-ftpd: (?@192.0.2.7) [INFO] …`: cut to the tag, as in collections of examples; of FTP servers only. */
function timeless(text: string, outer: Envelope): Peeled | undefined {
  const end = tagEnd(text, 0);
  if (end === 0 || (text.charCodeAt(end) !== 58 && text.charCodeAt(end) !== 32)) return undefined;
  const ftpd = text.indexOf('ftpd');
  return ftpd >= 0 && ftpd < end ? tagged(text, 0, outer) : undefined;
}

/** What journalctl says of itself. */
function ownNote(text: string): 'noise' | undefined {
  const known =
    text.startsWith('-- Boot ') ||
    text.startsWith('-- Reboot') ||
    text.startsWith('-- Logs begin') ||
    text.startsWith('-- Journal begins') ||
    text.startsWith('-- No entries');
  return known && text.endsWith('--') ? 'noise' : undefined;
}

/** `last message repeated 3 times`: three more of the line before. */
function repeatedAgain(text: string, last: Peeled | undefined): Peeled | 'noise' | undefined {
  const at = text.indexOf('last message repeated ');
  if (at < 0 || at > 4) return undefined;
  const times = timesAt(text, at + 22);
  return last === undefined || times === 0 ? 'noise' : { ...last, times };
}

function timesAt(text: string, at: number): number {
  const end = skipDigits(text, at);
  return text.startsWith(' time', end) ? Math.min(mostTimes, Math.max(0, digits(text, at, end))) : 0;
}

/** Index behind `<29>`; 0 if there is none. */
function afterPriority(text: string): number {
  if (text.charCodeAt(0) !== 60) return 0;
  const end = skipDigits(text, 1);
  return end > 1 && text.charCodeAt(end) === 62 ? end + 1 : 0;
}

/** `daemon.info` and a blank. */
function isLevel(text: string, at: number): boolean {
  let dot = 0;
  for (let i = at; i < at + 24; i++) {
    const c = text.charCodeAt(i);
    if (c === 32) return dot > at && i > dot + 2;
    if (c === 46 && dot === 0) dot = i;
    else if (!((c >= 97 && c <= 122) || (c >= 48 && c <= 57))) return false;
  }
  return false;
}

/** Index behind `tag[pid]` or `tag:` at `at`; 0 if no such tag stands there. */
function tagEnd(text: string, at: number): number {
  for (let i = at; i < text.length && i < at + 80; i++) {
    const c = text.charCodeAt(i);
    if (c === 58) return i > at && (text.charCodeAt(i + 1) === 32 || i + 1 === text.length) ? i : 0;
    if (c === 91) {
      const close = text.indexOf(']', i);
      return i > at && close > i + 1 && close < i + 16 ? close + 1 : 0;
    }
    if (c <= 32) return 0;
  }
  return 0;
}

/** Words in front of a line that say who speaks: no program has such a name. */
const sideLabels: ReadonlySet<string> = new Set(
  (
    'server client command response reply request status error send sent recv received receive local remote input output in out ' +
    'c s cmd resp req rx tx'
  ).split(' '),
);

/** `tag[pid]: text`, also without pid or without colon, behind a level or the host once more. */
function tagged(text: string, start: number, outer: Envelope): Peeled | undefined {
  let at = start;
  if (isLevel(text, at)) at = text.indexOf(' ', at) + 1;
  let host = '';
  if (text.startsWith('Message forwarded from ', at)) {
    const close = text.indexOf(': ', at);
    host = text.slice(at + 23, close);
    at = close + 2;
  }
  let end = tagEnd(text, at);
  if (end === 0) {
    // A relay's name in front of the host's.
    const next = text.indexOf(' ', at) + 1;
    end = next > 0 && next < at + 64 ? tagEnd(text, next) : 0;
    if (end === 0) return undefined;
    at = next;
  }
  const bracket = text.indexOf('[', at);
  const hasPid = bracket > at && bracket < end;
  const program = text.slice(at, hasPid ? bracket : end);
  if (!hasPid && sideLabels.has(program.toLowerCase())) return undefined;
  const pid = hasPid ? text.slice(bracket + 1, end - 1) : '';
  let rest = text.charCodeAt(end) === 58 ? end + 1 : end;
  if (text.charCodeAt(rest) === 32) rest++;
  return message(text, rest, within(outer, Number.NaN, host, program, pid));
}

/** The message at `at`, without Solaris's `[ID …]`, and as often as it was written. */
function message(text: string, start: number, envelope: Envelope): Peeled {
  let at = start;
  if (text.startsWith('[ID ', at) && isDigit(text, at + 4)) {
    const close = text.indexOf('] ', at);
    if (close > 0 && close < at + 40) at = close + 2;
  }
  if (text.startsWith('message repeated ', at)) {
    const bracket = text.indexOf(' times: [', at);
    const times = timesAt(text, at + 17);
    if (bracket > 0 && times > 0 && text.endsWith(']')) {
      const from = text.charCodeAt(bracket + 9) === 32 ? bracket + 10 : bracket + 9;
      return { text: unescaped(text.slice(from, -1)), envelope, times };
    }
  }
  return once(unescaped(text.slice(at)), envelope);
}

/** `TIME HOST APP PROCID MSGID STRUCTURED-DATA MSG` (RFC 5424 §6). */
function peel5424(text: string, at: number, clock: Clock, outer: Envelope): Peeled | undefined {
  const time = text.charCodeAt(at) === 45 ? Number.NaN : clock.iso(text, at);
  const ends: number[] = [];
  let from = at;
  for (let i = 0; i < 5; i++) {
    const blank = text.indexOf(' ', from);
    if (blank < 0) return undefined;
    ends.push(blank);
    from = blank + 1;
  }
  const [timeEnd = 0, hostEnd = 0, appEnd = 0, pidEnd = 0] = ends;
  let rest = afterStructuredData(text, from);
  if (text.charCodeAt(rest) === 32) rest++;
  if (text.charCodeAt(rest) === 0xfeff) rest++;
  if (text.charCodeAt(rest) === 32) rest++;
  const program = nil(text.slice(hostEnd + 1, appEnd));
  const inner = within(
    outer,
    time,
    nil(text.slice(timeEnd + 1, hostEnd)),
    program,
    nil(text.slice(appEnd + 1, pidEnd)),
  );
  return message(text, rest, inner);
}

/** Index behind `-` or `[id k="v"]…`; a `]` inside a value is written `\]`. */
function afterStructuredData(text: string, at: number): number {
  if (text.charCodeAt(at) === 45) return at + 1;
  let i = at;
  while (text.charCodeAt(i) === 91) {
    i++;
    while (i < text.length && text.charCodeAt(i) !== 93) i += text.charCodeAt(i) === 92 ? 2 : 1;
    i++;
  }
  return i;
}

function nil(field: string): string {
  return field === '-' ? '' : field;
}

export const syslog: Wrapper = {
  id: 'syslog',
  title: 'syslog: RFC 3164, with priority, ISO times, RFC 5424, Solaris, busybox, journalctl -o short',
  evidence: 'recorded',
  example: '<29>Nov 22 09:58:53 host vsftpd[24451]: …',
  open,
};
