/**
 * The year of a log whose stamps have none, from a record that tells a whole date:
 *   Jun 17 07:07:00 box ftpd[29504]: connection from 192.0.2.16 (a.example) at Fri Jun 17 07:07:00 2005
 */
import { numberIn } from '../number.ts';
import { Clock, monthAt } from '../timestamp.ts';

const dayMs = 86_400_000;
/** The clock of the record may be ahead of the one in front, in ms. */
const aheadMs = 5000;

/** A stamp without year near the start of a line. */
const yearless = /^(?:<\d+>)?.{0,60}?\b([A-Z][a-z]{2} {1,2}\d{1,2}) (\d\d:\d\d:\d\d)(?! \d{4}\b)/;
/** A whole date behind a word that a server puts in front of one. */
const whole =
  /(?:\b(?:at|on|since)|[:;([]) ?((?:[A-Z][a-z]{2},? )?(?:[A-Z][a-z]{2} {1,2}\d{1,2} (?:\d\d:\d\d:\d\d (?:[A-Z]{3,4} )?\d{4}|\d{4},? \d\d:\d\d:\d\d)|\d{1,2}[ /-][A-Z][a-z]{2}[ /-]\d{4}[ :]\d\d:\d\d:\d\d|\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d))/;
/** What a client sends may hold any date. */
const sent = /["'`]|\b(?:LOGIN|USER|PASS|RETR|STOR|APPE|MKD|RMD|DELE|CWD|RNFR|RNTO|SITE|command|get|put)\b/;

/** Year of the first line; 0 where no record tells one, or where they disagree. */
export function yearInText(lines: readonly string[]): number {
  const clock = new Clock({ offsetAt: () => 0, year: 0, reference: 0, layout: '', assume: () => undefined });
  let first = -1;
  let found = 0;
  for (const text of lines) {
    const stamp = yearless.exec(text);
    const month = stamp === null ? -1 : monthAt(stamp[1] ?? '', 0);
    if (stamp === null || month < 0) continue;
    if (first < 0) first = month;
    const rest = text.slice(stamp[0].length);
    const year = sent.test(rest) ? 0 : yearOf(clock, stamp[1] ?? '', stamp[2] ?? '', rest);
    if (year === 0) continue;
    const ofFirst = first > month + 6 ? year - 1 : year;
    if (found !== 0 && found !== ofFirst) return 0;
    found = ofFirst;
  }
  return found;
}

/** The year in which the stamp is at most a day later than the date in the text; 0 if there is none. */
function yearOf(clock: Clock, date: string, time: string, text: string): number {
  const told = whole.exec(text)?.[1] ?? '';
  const at = timeIn(clock, told);
  const year = numberIn(/\b\d{4}\b/.exec(told)?.[0] ?? '');
  for (const each of Number.isNaN(at) ? [] : [year, year + 1]) {
    const apart = clock.monthDayYear(`${date} ${each} ${time}`) - at;
    if (apart >= -aheadMs && apart < dayMs) return each;
  }
  return 0;
}

/** The local time of a date in any of the forms of {@link whole}. */
function timeIn(clock: Clock, told: string): number {
  const from = /^[A-Z][a-z]{2},? (?=[A-Z]|\d)(?!\d{1,2} \d)/.exec(told)?.[0].length ?? 0;
  for (const read of ['iso', 'clf', 'dayMonthYear', 'monthDayYear'] as const) {
    const time = clock[read](told, from);
    if (clock.end > 0) return time;
  }
  return from === 4 ? clock.ctime(told) : clock.ctime(`    ${told}`);
}
