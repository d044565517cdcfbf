/**
 * A syslog header, in every shape that daemons and collectors write (recorded with rsyslog 8.2302):
 *   Nov 22 09:58:53 host vsftpd[24451]: text                              RFC 3164 as a file
 *   <29>Nov 22 09:58:53 host vsftpd[24451]: text                          with priority
 *   2026-11-22T09:58:53.973616+00:00 host vsftpd[24451]: text             high precision
 *   <29>1 2026-11-22T09:58:53.973616+00:00 host vsftpd 24451 - -  text    RFC 5424
 * `#015#012` is how rsyslog writes CR LF inside a message.
 */
import { afterFraction, afterOffset, Clock, monthAt } from '../timestamp.ts';
import type { DecoderOptions, Envelope } from '../model.ts';
import { isDigit, skipDigits } from '../text.ts';
import type { Peel, Peeled, Wrapper } from './wrapper.ts';

function open(options: DecoderOptions): Peel {
  const clock = new Clock(options);
  return (text: string): Peeled | undefined => {
    const at = afterPriority(text);
    if (at > 0 && isDigit(text, at) && text.charCodeAt(at + 1) === 32) return peel5424(text, at + 2, clock);
    if (isDigit(text, at)) {
      const time = clock.iso(text, at);
      const end = afterOffset(text, afterFraction(text, at + 19));
      return Number.isNaN(time) || text.charCodeAt(at + 10) !== 84 ? undefined : tagged(text, end + 1, time);
    }
    if (monthAt(text, at) < 0) return undefined;
    const time = clock.yearless(text, at);
    if (Number.isNaN(time)) return undefined;
    const day = text.charCodeAt(at + 4) === 32 ? at + 5 : at + 4;
    const clockEnd = skipDigits(text, day) + 9;
    return tagged(text, text.startsWith(' 20', clockEnd) && isDigit(text, clockEnd + 4) ? clockEnd + 6 : clockEnd + 1, time);
  };
}

/** Index behind `<29>`; 0 if there is none. */
function afterPriority(text: string): number {
  if (text.charCodeAt(0) !== 60) return 0;
  const end = skipDigits(text, 1);
  return end > 1 && text.charCodeAt(end) === 62 ? end + 1 : 0;
}

/** `host tag[pid]: text`, also without pid, without colon, or with the host twice (relays). */
function tagged(text: string, at: number, time: number): Peeled | undefined {
  const hostEnd = text.indexOf(' ', at);
  if (hostEnd < 0) return undefined;
  const tagAt = hostEnd + 1;
  let end = tagAt;
  for (; end < text.length; end++) {
    const c = text.charCodeAt(end);
    if (c === 32 || c === 58 || c === 91) break;
  }
  if (end === tagAt || end >= text.length) return undefined;
  const host = text.slice(at, hostEnd);
  const program = text.slice(tagAt, end);
  let pid = '';
  let rest = end;
  if (text.charCodeAt(end) === 91) {
    const close = text.indexOf(']', end);
    if (close < 0) return undefined;
    pid = text.slice(end + 1, close);
    rest = close + 1;
  }
  if (text.charCodeAt(rest) === 58) rest++;
  else if (pid === '') return undefined;
  return { text: unescaped(text, text.charCodeAt(rest) === 32 ? rest + 1 : rest), envelope: envelope(time, host, program, pid) };
}

/** `TIME HOST APP PROCID MSGID STRUCTURED-DATA MSG` (RFC 5424 §6). */
function peel5424(text: string, at: number, clock: Clock): Peeled | undefined {
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
  return { text: unescaped(text, rest), envelope: envelope(time, nil(text.slice(timeEnd + 1, hostEnd)), program, nil(text.slice(appEnd + 1, pidEnd))) };
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

function envelope(time: number, host: string, program: string, pid: string): Envelope {
  return { time, host, program, pid };
}

/** The text from `at` on, a closing `#015#012` taken off: it was the line end. */
function unescaped(text: string, at: number): string {
  const end = text.endsWith('#015#012') ? text.length - 8 : text.endsWith('#015#012 ') ? text.length - 9 : text.length;
  return text.slice(at, end);
}

export const syslog: Wrapper = {
  id: 'syslog',
  title: 'syslog: RFC 3164, with priority, ISO times, RFC 5424',
  evidence: 'recorded',
  example: '<29>Nov 22 09:58:53 host vsftpd[24451]: …',
  open,
};
