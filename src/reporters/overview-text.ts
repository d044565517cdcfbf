/** The figures of the overview in words, the same in all reports for people. What no log tells is said to be so. */
import type { Cell, Row } from '../model.ts';
import type { Report } from '../report.ts';
import { byteSize, grouped, shortTime } from './format.ts';

/** In the place of a figure that no log tells. */
export const notTold = 'not in the log';

const ends = [
  ['endedQuit', 'quit'],
  ['endedServiceClosing', 'closed by the server'],
  ['endedDropped', 'dropped'],
  ['endedEvicted', 'given up'],
] as const;

/** The totals; empty if there are none. */
export function overviewOf(report: Report): Row {
  return report.tables.get('overview')?.[0] ?? {};
}

/** `2026-11-22 09:58:57 to 2026-11-22 10:01:35 UTC`, hours alone where no log has a date; '' without times. */
export function spanText(o: Row): string {
  const { firstTime, lastTime, firstClock, lastClock } = o;
  if (typeof firstTime === 'string' && typeof lastTime === 'string')
    return `${fromTo(shortTime(firstTime), shortTime(lastTime))} UTC`;
  return typeof firstClock === 'string' && typeof lastClock === 'string'
    ? `${fromTo(firstClock.slice(0, 8), lastClock.slice(0, 8))}, day unknown`
    : '';
}

function fromTo(first: string, last: string): string {
  return first === last ? first : `${first} to ${last}`;
}

/** `4: 1 quit, 2 dropped, 1 whose end is not in the log`. */
export function sessionsText(o: Row): string {
  const ended = ends.filter(([key]) => count(o[key]) > 0).map(([key, name]) => `${grouped(count(o[key]))} ${name}`);
  const open = count(o['endedEndOfInput']);
  if (open > 0) ended.push(open === count(o['sessions']) ? `end ${notTold}` : `${grouped(open)} with end ${notTold}`);
  return `${grouped(count(o['sessions']))}${ended.length > 0 ? `: ${ended.join(', ')}` : ''}`;
}

/** `12, replies 17, 1 unanswered`. */
export function commandsText(report: Report): string {
  const o = overviewOf(report);
  const { commands, replies } = o;
  if (isUntold(commands) && isUntold(replies)) return notTold;
  const sent = isUntold(commands)
    ? notTold
    : `${grouped(count(commands))}${areNoted(report) ? ' that the server notes' : ''}`;
  if (count(replies) === 0) return count(commands) === 0 && !isUntold(replies) ? sent : `${sent}, replies ${notTold}`;
  const silent = count(o['unanswered']);
  return `${sent}, replies ${grouped(count(replies))}${silent > 0 ? `, ${grouped(silent)} unanswered` : ''}`;
}

/** `2 ok, 1 failed`. */
export function loginsText(o: Row): string {
  return isUntold(o['loginsOk']) && isUntold(o['loginsFailed'])
    ? notTold
    : `${grouped(count(o['loginsOk']))} ok, ${grouped(count(o['loginsFailed']))} failed`;
}

/** `2 down (19.5 KiB), 1 up (size not in the log), 1 incomplete`. */
export function transfersText(o: Row): string {
  if (isUntold(o['downloads']) && isUntold(o['uploads'])) return notTold;
  const parts = [
    moved(o, 'down', 'downloads', 'bytesDown', 'unsizedDownloads'),
    moved(o, 'up', 'uploads', 'bytesUp', 'unsizedUploads'),
  ];
  if (count(o['incompleteTransfers']) > 0) parts.push(`${grouped(count(o['incompleteTransfers']))} incomplete`);
  return parts.join(', ');
}

function moved(o: Row, name: string, files: string, octets: string, unsized: string): string {
  const n = count(o[files]);
  return `${grouped(n)} ${name}${n === 0 ? '' : ` (${sizeText(o[octets] ?? null, count(o[unsized]))})`}`;
}

/** `19.5 KiB`; `at least 19.5 KiB` where the log leaves out some sizes. */
export function sizeText(octets: Cell, unsized: number): string {
  if (typeof octets !== 'number') return `size ${notTold}`;
  return `${unsized > 0 ? 'at least ' : ''}${byteSize(octets)}`;
}

/** Of a log that shows no commands, those are known whose effect it states. */
function areNoted({ sources }: Report): boolean {
  const dialects = sources.flatMap((source) => source.dialects);
  return dialects.length > 0 && dialects.every((d) => d.lacks.includes('commands'));
}

/** Whether a figure is in no log; a report of an older version has it always. */
export function isUntold(cell: Cell | undefined): boolean {
  return cell === null;
}

function count(cell: Cell | undefined): number {
  return Number(cell ?? 0);
}
