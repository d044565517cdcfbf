/**
 * A time and nothing else in front of each line, in the forms of consoles, CI servers and loggers.
 *   10:00:00 220 ready
 *   [10:00:00.123] 220 ready
 *   2026-03-02 10:00:00,123 | 220 ready
 *   02.03.2026 10:00:00 - 220 ready
 */
import type { DecoderOptions, Envelope } from '../model.ts';
import { isDigit } from '../text.ts';
import { Clock } from '../timestamp.ts';
import { once, type Peel, type Peeled, type Wrapper, within } from './wrapper.ts';

/** By the opening one, what closes a bracket around the time. */
const closing: ReadonlyMap<string, string> = new Map([
  ['[', ']'],
  ['(', ')'],
  ['<', '>'],
]);

function open(options: DecoderOptions): Peel {
  const clock = new Clock(options);
  return (text: string, outer: Envelope): Peeled | undefined => {
    const close = closing.get(text.charAt(0));
    const at = close === undefined ? 0 : 1;
    if (!isDigit(text, at)) return undefined;
    const time = timeAt(clock, text, at);
    let { end } = clock;
    if (end < 0) return undefined;
    if (close !== undefined && text.charAt(end++) !== close) return undefined;
    const start = afterBorder(text, end);
    return start < 0 ? undefined : once(text.slice(start), within(outer, time));
  };
}

function timeAt(clock: Clock, text: string, at: number): number {
  if (text.charCodeAt(at + 2) === 58) return clock.timeOfDay(text, at);
  if (text.charCodeAt(at + 4) === 45 || text.charCodeAt(at + 4) === 47) return clock.iso(text, at);
  return clock.numeric(text, 'dmy', at);
}

/** Index behind the blank, the TAB, ` - `, ` | ` or `: ` that parts the time from the line; -1 if there is none. */
function afterBorder(text: string, end: number): number {
  const c = text.charCodeAt(end);
  if (end === text.length || c === 9) return end + 1;
  if (c === 58) return text.charCodeAt(end + 1) === 32 ? end + 2 : -1;
  if (c !== 32) return -1;
  const mark = text.charCodeAt(end + 1);
  return (mark === 45 || mark === 124) && text.charCodeAt(end + 2) === 32 ? end + 3 : end + 1;
}

export const clock: Wrapper = {
  id: 'clock',
  title: 'a time in front of each line: consoles, CI servers, loggers',
  evidence: 'pasted',
  example: '10:00:00 220 ready',
  lastResort: true,
  open,
};
