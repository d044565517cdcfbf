/**
 * FileZilla's message pane, copied: `15:50:48<TAB>Response:<TAB>220 ready` (pasted, 3.x). The time may be missing, and
 * forums turn the tab into blanks. Several connections stand in it without a mark.
 */
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { replyCode } from '../../protocol/reply-line.ts';
import { isDigit, skipBlanks } from '../../text.ts';
import { Clock, clockAt } from '../../timestamp.ts';
import { count, understoodShare } from '../detect.ts';
import { startsWithVerb } from '../wire-line.ts';
import { Engine, Labels } from './filezilla.ts';

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
  return clockAt(text, 0) < 0 ? 0 : skipBlanks(text, 8);
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

/** A label of any language before a reply or a command. */
function carriesFtp(labels: Labels, text: string): boolean {
  const at = isDigit(text, 0) ? afterClock(text) : skipBlanks(text, 0);
  const sort = labels.find(text, at);
  if (sort !== 'command' && sort !== 'response') return false;
  const message = messageOf(text, labels.end);
  return sort === 'command' ? startsWithVerb(message) : replyCode(message) > 0;
}

function detect(sample: Sample): number {
  const labels = new Labels(false);
  if (count(sample, (text) => carriesFtp(labels, text)) === 0) return 0;
  return understoodShare(sample, open) * 0.95;
}

export const fileZillaClientPane: Dialect = {
  id: 'filezilla-client-pane',
  title: 'FileZilla, message pane',
  evidence: 'pasted',
  side: 'client',
  identity: 'order',
  example: 'Response:\t220 ProFTPD Server ready',
  detect,
  open,
};
