/**
 * Gene6 FTP Server (unverified) and whatever else puts a date, a number, the client's address and its user, in any order
 * and any brackets, in front of what either side said.
 *
 *   2007-01-08 10:00:29 - (000111) - alice (192.0.2.7) - RETR a.bin
 *   [08/01/2007 10:00:29]<TAB>111<TAB>192.0.2.7<TAB>alice<TAB>226 Transfer complete.
 */

import { share, trial } from '../../decoding/detect.ts';
import { ambiguousEvent, closeEvent, type Origin, openEvent } from '../../decoding/event.ts';
import { LocaleClock } from '../../decoding/locale-clock.ts';
import { UnmarkedSides } from '../../decoding/unmarked-side.ts';
import { startsWithVerb } from '../../decoding/wire-line.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { replyCode } from '../../protocol/reply-line.ts';
import { skipDigits } from '../../text.ts';

const ownName = 'Gene6 FTP Server';
/** Words in front of what was said. */
const mostWords = 8;

/** What stands between the date and what was said. */
interface Head {
  session: string;
  peer: string;
  user: string;
  /** Where what was said begins; -1 where nothing says so. */
  said: number;
  words: number;
  /** Two addresses stand in it, and one may be part of a name. */
  isAmbiguous: boolean;
}

/** Reads the head from `at` on; what was said begins at a code or a verb, or behind as many words as in the line before. */
function headOf(text: string, at: number, words: number): Head {
  const head: Head = { session: '', peer: '', user: '', said: -1, words: 0, isAmbiguous: false };
  let from = skipMarks(text, at);
  while (head.words < mostWords && from < text.length) {
    if (head.peer !== '' && isSaid(text, from)) {
      head.said = from;
      return head;
    }
    if (head.peer !== '' && head.words === words) head.said = from;
    const end = wordEnd(text, from);
    const word = text.slice(from, end);
    head.words++;
    if (isAddress(word)) {
      head.isAmbiguous = head.peer !== '' && head.peer !== word;
      head.peer = word;
    } else if (head.session === '' && skipDigits(word, 0) === word.length) head.session = word;
    else if (head.said < 0) head.user = word;
    from = skipMarks(text, end);
  }
  return head;
}

/** A further address, and a command or reply behind it: the head may end there as well, if a name holds what is in front. */
function holdsHead(text: string, said: number): boolean {
  let at = said < 0 ? text.length : said;
  while (at < text.length) {
    const end = wordEnd(text, at);
    const next = skipMarks(text, end);
    if (isAddress(text.slice(at, end)) && isSaid(text, next)) return true;
    at = Math.max(next, at + 1);
  }
  return false;
}

/** Tabs part the columns, and one stands in the last: the head may end there as well, if a name holds what is in front. */
function holdsTab(text: string, said: number): boolean {
  return text.charCodeAt(said - 1) === 9 && text.includes('\t', said);
}

function isSaid(text: string, at: number): boolean {
  if (replyCode(text, at) > 0) return true;
  const c = text.charCodeAt(at);
  return c >= 65 && c <= 90 && startsWithVerb(text.slice(at, at + 16));
}

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new LocaleClock(options, emit);
  const sides = new UnmarkedSides(clock.sink);
  let words = -1;

  /** A line that ends in `connected`, `Disconnected.`. */
  function turn(text: string, at: Origin): Understanding {
    const end = text.endsWith('.') ? text.length - 1 : text.length;
    if (!text.startsWith('onnected', end - 8)) return 'noise';
    const word = text.slice(text.lastIndexOf(' ', end) + 1).toLowerCase();
    sides.forget(at.session);
    clock.sink(word.startsWith('dis') ? closeEvent({ ...at, user: '' }, word) : openEvent({ ...at, user: '' }));
    return 'event';
  }

  return {
    line(text: string, line: number): Understanding {
      const date = clock.read(text, skipMarks(text, 0));
      if (date < 0) return 'unparsed';
      const head = headOf(text, date, words);
      if (head.peer === '') return 'unparsed';
      if (head.isAmbiguous || holdsHead(text, head.said) || holdsTab(text, head.said)) {
        clock.sink(ambiguousEvent({ line, time: clock.time, session: head.session, peer: '', user: '' }));
        return 'event';
      }
      const session = head.session === '' ? head.peer : head.session;
      const user = text.includes('(not logged in)') ? '' : head.user;
      const at: Origin = { line, time: clock.time, session, peer: head.peer, user };
      const isQuoted = text.charCodeAt(head.said - 1) === 34 && text.endsWith('"');
      const said = head.said < 0 ? '' : text.slice(head.said, isQuoted ? -1 : undefined);
      if (said !== '' && sides.take(at, said)) {
        words = head.words;
        return 'event';
      }
      return turn(text, at);
    },
    end: () => clock.end(),
  };
}

/** Blanks, brackets and what else parts words. */
function isMark(c: number): boolean {
  return c === 32 || c === 9 || c === 40 || c === 41 || c === 91 || c === 93 || isDash(c);
}

function isDash(c: number): boolean {
  return c === 44 || c === 45 || c === 59 || c === 60 || c === 62 || c === 124 || c === 34 || c === 123 || c === 125;
}

function skipMarks(text: string, at: number): number {
  let i = at;
  while (i < text.length && isMark(text.charCodeAt(i))) i++;
  return i;
}

function wordEnd(text: string, at: number): number {
  let i = at;
  while (i < text.length) {
    const c = text.charCodeAt(i);
    if (c !== 45 && isMark(c)) break;
    i++;
  }
  return i;
}

/** `192.0.2.7`, `2001:db8::7`. */
function isAddress(word: string): boolean {
  let dots = 0;
  let colons = 0;
  for (let i = 0; i < word.length; i++) {
    const c = word.charCodeAt(i);
    if (c === 46) dots++;
    else if (c === 58) colons++;
    else if (!((c >= 48 && c <= 57) || (c >= 97 && c <= 102) || (c >= 65 && c <= 70))) return false;
  }
  return dots === 3 || (colons >= 2 && word.length > 3);
}

/**
 * Nobody ever saw a real log, so only the program's own name speaks for it: a date, an address, a number and both sides
 * stand in many a log.
 */
function detect(sample: Sample): number {
  if (!sample.texts.some((text) => text.includes(ownName))) return 0;
  const clock = new LocaleClock(trial, () => undefined);
  let replies = 0;
  let commands = 0;
  const mine = share(sample, (text) => {
    const date = clock.read(text, skipMarks(text, 0));
    if (date < 0) return false;
    const head = headOf(text, date, -1);
    if (head.said < 0) return false;
    if (replyCode(text, head.said) > 0) replies++;
    else commands++;
    return true;
  });
  return replies === 0 || commands === 0 ? 0 : mine * 0.5;
}

export const gene6: Dialect = {
  id: 'gene6',
  title: 'Gene6 FTP Server',
  evidence: 'unverified',
  side: 'server',
  identity: 'key',
  example: '2007-01-08 10:00:29 - (000111) - alice (192.0.2.7) - RETR a.bin',
  marks: [ownName],
  detect,
  open,
};
