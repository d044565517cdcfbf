/**
 * A time that another program put in front of each line: GitHub Actions, `docker logs -t`, Jenkins, ts(1).
 *   2026-11-22T09:59:43.0130000Z line            (behind `job<TAB>step<TAB>` in `gh run view --log`)
 *   [2026-11-22T09:59:43.013Z] line
 *   Nov 22 09:59:43 line
 */
import type { DecoderOptions, Envelope } from '../model.ts';
import { isDigit } from '../text.ts';
import { Clock, monthAt } from '../timestamp.ts';
import { once, type Peel, type Peeled, type Wrapper, within } from './wrapper.ts';

function open(options: DecoderOptions): Peel {
  const clock = new Clock(options);
  return (text: string, outer: Envelope): Peeled | undefined => {
    const bracket = text.charCodeAt(0) === 91;
    const at = bracket ? 1 : afterStep(text);
    if (!isDigit(text, at)) return bracket || monthAt(text, at) < 0 ? undefined : peelMonth(text, at, clock, outer);
    if (text.charCodeAt(at + 10) !== 84 || text.charCodeAt(at + 13) !== 58) return undefined;
    const time = clock.iso(text, at);
    let { end } = clock;
    if (end < 0) return undefined;
    if (bracket && text.charCodeAt(end++) !== 93) return undefined;
    return end === text.length || text.charCodeAt(end) === 32
      ? once(text.slice(end + 1), within(outer, time))
      : undefined;
  };
}

/** Index behind `job<TAB>step<TAB>`, and the mark of UTF-8 that GitHub puts there. */
function afterStep(text: string): number {
  const first = text.indexOf('\t');
  const second = first > 0 && first < 120 ? text.indexOf('\t', first + 1) : -1;
  const at = second > 0 ? second + 1 : 0;
  return text.charCodeAt(at) === 0xfeff ? at + 1 : at;
}

function peelMonth(text: string, at: number, clock: Clock, outer: Envelope): Peeled | undefined {
  const time = clock.yearless(text, at);
  const { end } = clock;
  if (end < 0) return undefined;
  return end === text.length || text.charCodeAt(end) === 32
    ? once(text.slice(end + 1), within(outer, time))
    : undefined;
}

export const timeStamp: Wrapper = {
  id: 'time-stamp',
  title: 'a time in front of each line: GitHub Actions, docker logs -t, Jenkins, ts',
  evidence: 'documented',
  example: '2026-11-22T09:59:43.0130000Z 220 ready',
  open,
};
