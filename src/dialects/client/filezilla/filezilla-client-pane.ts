/**
 * FileZilla's message pane, copied: `15:50:48<TAB>Response:<TAB>220 ready` (pasted, 3.x). The time may be missing, and
 * forums turn the tab into blanks. Several connections stand in it without a mark.
 */

import { understoodShare } from '../../../decoding/detect.ts';
import { startsWithVerb } from '../../../decoding/wire-line.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../../model.ts';
import { replyCode } from '../../../protocol/reply-line.ts';
import { isDigit, skipBlanks } from '../../../text.ts';
import { Clock, isClock } from '../../../timestamp.ts';
import { fileZillaLabels } from './labels.ts';
import { Engine, Labels } from './lines.ts';

const tab = 9;

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new Clock(options);
  const labels = new Labels(false);
  const engine = new Engine(emit);
  return {
    line(text: string, line: number): Understanding {
      const labelAt = isDigit(text, 0) ? afterClock(text) : skipBlanks(text, 0);
      const sort = labels.find(text, labelAt);
      if (sort === '') return labels.any && hasUnknownLabel(text, labelAt) ? 'noise' : 'unparsed';
      const time = isDigit(text, 0) ? clock.timeOfDay(text) : Number.NaN;
      return engine.say(sort, messageOf(text, labels.end), { line, time, session: '', peer: '', user: '' });
    },
  };
}

/** Index behind `15:50:48<TAB>`; 0 if no time stands there. */
function afterClock(text: string): number {
  return !isClock(text, 0) ? 0 : skipBlanks(text, 8);
}

/** Behind one tab the message begins, blanks included; without a tab all blanks are padding. */
function messageOf(text: string, end: number): string {
  let i = end;
  while (text.charCodeAt(i) === 32) i++;
  return text.slice(text.charCodeAt(i) === tab ? i + 1 : i);
}

/** A short word before a tab: a status or trace label of a translation that the table lacks. */
function hasUnknownLabel(text: string, at: number): boolean {
  const end = text.indexOf('\t', at);
  return end > at && end - at <= 30;
}

/** Lines with a command, a reply, and a label of the table before either. */
interface Spoken {
  commands: number;
  replies: number;
  labelled: number;
}

function add(spoken: Spoken, labels: Labels, text: string): void {
  const at = isDigit(text, 0) ? afterClock(text) : skipBlanks(text, 0);
  const sort = labels.find(text, at);
  if (sort !== 'command' && sort !== 'response') return;
  const message = messageOf(text, labels.end);
  if (sort === 'command' ? !startsWithVerb(message) : replyCode(message) === 0) return;
  if (sort === 'command') spoken.commands++;
  else spoken.replies++;
  if (fileZillaLabels().some(([label]) => text.startsWith(label, at))) spoken.labelled++;
}

/** A tab, or a mark that ends a label and a blank behind it: without any, no line has a label. */
function mayCarryLabel(text: string): boolean {
  if (replyCode(text) > 0) return false;
  return text.includes('\t') || text.includes(': ') || text.includes(':\u00a0') || /[^\x00-\x7f][.:]? /.test(text);
}

/** Labels that were only learned must stand before both sides: a word and a tab occur in many texts. */
function detect(sample: Sample): number {
  if (!sample.texts.some(mayCarryLabel)) return 0;
  const labels = new Labels(false);
  const spoken: Spoken = { commands: 0, replies: 0, labelled: 0 };
  for (const text of sample.texts) add(spoken, labels, text);
  if (spoken.labelled === 0 && (spoken.commands === 0 || spoken.replies === 0)) return 0;
  return understoodShare(sample, open) * 0.95;
}

export const fileZillaClientPane: Dialect = {
  id: 'filezilla-client-pane',
  title: 'FileZilla, message pane',
  evidence: 'pasted',
  side: 'client',
  identity: 'order',
  duplex: true,
  example: 'Response:\t220 ProFTPD Server ready',
  detect,
  open,
};
