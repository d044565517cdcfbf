/**
 * Servers that write a time, the number of the connection and what went over it, without a mark for the direction, each in
 * its own way (pasted: BasDataServer):
 *   29/12/2026 18:05:06.828 [3248] Client connected from 192.0.2.7.
 */

import { closeEvent, type Origin, openEvent } from '../../decoding/event.ts';
import { LocaleClock } from '../../decoding/locale-clock.ts';
import { UnmarkedSides } from '../../decoding/unmarked-side.ts';
import { startsWithVerb } from '../../decoding/wire-line.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { replyCode } from '../../protocol/reply-line.ts';
import { isDigit } from '../../text.ts';
import { Clock, isClock, monthAt } from '../../timestamp.ts';

interface Head {
  /** Index of the time of day. */
  readonly clock: number;
  readonly id: string;
  /** Index of what was said. */
  readonly said: number;
}

/** The time of day stands this far to the left, and the number of the connection this far behind it. */
const latestClock = 40;
const longestGap = 40;

function headOf(text: string): Head | undefined {
  const clock = clockIndex(text);
  if (clock < 0) return undefined;
  numberMark.lastIndex = clock + 8;
  const found = numberMark.exec(text);
  if (found === null || found.index >= clock + 8 + longestGap) return undefined;
  return { clock, id: found[1] ?? found[2] ?? '', said: saidAt(text, numberMark.lastIndex) };
}

/** `[12]` or `(  12)` behind a blank. */
const numberMark = /(?<= )(?:\[[ \t]*(\d+)\]|\([ \t]*(\d+)\))/g;

function clockIndex(text: string): number {
  for (let colon = text.indexOf(':'); colon >= 0 && colon < latestClock + 2; colon = text.indexOf(':', colon + 1)) {
    const at = colon - 2;
    if (isDigit(text, at) && !isDigit(text, at - 1) && isClock(text, at)) return at;
  }
  return -1;
}

/** Index of the day of `22 Dec 2026 10:39:56`, whose month is a word. */
function dayIndex(text: string, clock: number): number {
  return isDigit(text, clock - 12) ? clock - 12 : clock - 11;
}

/** Behind blanks, hyphens, colons and arrows. */
function saidAt(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const c = text.charCodeAt(at);
    if (c !== 32 && c !== 45 && c !== 58 && c !== 62 && c !== 60) break;
  }
  return at;
}

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const dates = new LocaleClock(options, emit);
  const zone = new Clock(options);
  /** For lines whose date is known at once, and for those whose date must wait for its order. */
  const plain = new UnmarkedSides(emit);
  const dated = new UnmarkedSides(dates.sink);

  return {
    line(text: string, line: number): Understanding {
      const head = headOf(text);
      if (head === undefined) return 'unparsed';
      const inWords = monthAt(text, head.clock - 9) >= 0;
      const isDated = !inWords && dates.read(text, text.charCodeAt(0) === 91 ? 1 : 0) >= 0;
      const at: Origin = {
        line,
        time: isDated ? dates.time : inWords ? zone.dayMonthYear(text, dayIndex(text, head.clock)) : Number.NaN,
        session: head.id,
        peer: '',
        user: '',
      };
      const sides = isDated ? dated : plain;
      const sink = isDated ? dates.sink : emit;
      const said = text.slice(head.said);
      // A client may send whatever words it likes.
      const peer = startsWithVerb(said) ? '' : clientIn(said);
      if (peer !== '') {
        sides.forget(at.session);
        sink(openEvent({ ...at, peer }));
        return 'event';
      }
      if (sides.take(at, said)) return 'event';
      if (!isEnd(said)) return 'noise';
      sides.forget(at.session);
      sink(closeEvent(at, said));
      return 'event';
    },
    end(): void {
      dates.end();
    },
  };
}

/** The address in `Client connected from 192.0.2.7.` and `FTP connection request accepted from 192.0.2.7`. */
function clientIn(said: string): string {
  const from = said.indexOf(' from ');
  if (
    from < 0 ||
    isDigit(said, 0) ||
    said.includes('isconnected') ||
    !said.slice(0, from).toLowerCase().includes('connect')
  )
    return '';
  const end = said.indexOf(' ', from + 6);
  const peer = said.slice(from + 6, end < 0 ? said.length : end);
  return peer.endsWith('.') || peer.endsWith(',') ? peer.slice(0, -1) : peer;
}

function isEnd(said: string): boolean {
  const lower = said.toLowerCase();
  return (
    lower.includes('disconnected') ||
    lower.startsWith('closed session') ||
    lower.startsWith('connection closed') ||
    lower.startsWith('connection terminated') ||
    lower.startsWith('session closed')
  );
}

/** Commands and replies behind such a head, on most lines. */
function detect(sample: Sample): number {
  let replies = 0;
  let commands = 0;
  let heads = 0;
  for (const text of sample.texts) {
    const head = headOf(text);
    if (head === undefined) continue;
    heads++;
    const said = text.slice(head.said, head.said + 32);
    if (replyCode(said) > 0) replies++;
    else if (startsWithVerb(said)) commands++;
  }
  if (replies === 0 || commands === 0 || (replies + commands) * 3 < heads) return 0;
  return (heads / sample.texts.length) * 0.65;
}

export const numberedTranscript: Dialect = {
  id: 'numbered-transcript',
  title: 'Server log with time, connection number and the bare conversation',
  evidence: 'pasted',
  side: 'server',
  identity: 'key',
  example: '29/12/2026 18:05:06.828 [3248] USER alice',
  detect,
  open,
};
