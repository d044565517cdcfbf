/**
 * IBM z/OS FTP client, job output (pasted and documented, V1R7 and later): `EZA1701I >>> CMD`, replies bare, messages
 * with a number, subcommands echoed below `EZA1460I Command:`. Output of a job may have a column for the printer in
 * front, and a trace may have times.
 */

import { Conversation } from '../../decoding/conversation.ts';
import { count, understoodShare } from '../../decoding/detect.ts';
import { type Origin, transferEvent } from '../../decoding/event.ts';
import { isSubcommand } from '../../decoding/subcommands.ts';
import { wordEnd } from '../../decoding/wire-line.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { msOfSeconds, numberIn } from '../../number.ts';
import { replyCode } from '../../protocol/reply-line.ts';
import { digits, isBlank, isDigit, skipBlanks, skipDigits } from '../../text.ts';
import { Clock, fractionAt, isClock } from '../../timestamp.ts';

/** Prompts: the line below is what was typed, which may be a password. */
const prompts: readonly string[] = ['EZA1460I', 'EZA1459I', 'EZA1789I', 'EZA1790I', 'EZA1736I'];

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new Clock(options);
  const conversation = new Conversation(emit);
  let asked = false;
  let verb = '';
  let path = '';

  function message(text: string, from: number, at: Origin): Understanding {
    asked = false;
    if (text.startsWith('EZA1701I', from)) {
      const mark = text.indexOf('>>>', from);
      if (mark < 0) return 'noise';
      const start = skipBlanks(text, mark + 3);
      const end = wordEnd(text, start);
      conversation.command(at, text.slice(start).trimEnd());
      if (isTransfer(text, start, end)) {
        verb = text.slice(start, end).toUpperCase();
        path = text.slice(end + 1).trimEnd();
      } else if (end - start > 3 || !text.startsWith('PAS', start)) verb = '';
      return 'event';
    }
    if (text.startsWith('EZA1554I', from)) {
      conversation.opened(at, serverOf(text, from));
      return 'event';
    }
    if (text.startsWith('EZA1617I', from) && verb !== '') return moved(text, from, at);
    for (const prompt of prompts) if (text.startsWith(prompt, from)) asked = true;
    return 'noise';
  }

  /** `EZA1617I 24 bytes transferred in 0.076 seconds.` */
  function moved(text: string, from: number, at: Origin): Understanding {
    const start = skipBlanks(text, from + 8);
    const size = digits(text, start, skipDigits(text, start));
    const inAt = text.indexOf(' in ', start);
    const ms = inAt < 0 ? -1 : msOfSeconds(numberIn(text.slice(inAt + 4, text.indexOf(' ', inAt + 4))));
    if (size < 0) return 'noise';
    emit(transferEvent(at, verb, path, true, size, ms));
    verb = '';
    return 'event';
  }

  return {
    inData: () => conversation.transferring,
    line(text: string, line: number): Understanding {
      let from = skipBlanks(text, 0);
      const timed = isClock(text, from);
      const time = timed ? clock.timeOfDay(text, from) : Number.NaN;
      if (timed)
        from = skipBlanks(text, from + (fractionAt(text, from + 8) > 0 ? skipDigits(text, from + 9) - from : 8));
      const at: Origin = { line, time, session: '', peer: '', user: '' };
      // `1EZA1736I`: the first column is for the printer.
      if (text.startsWith('EZ', from + 1) && !text.startsWith('EZ', from)) from++;
      if (isMessage(text, from)) return message(text, from, at);
      const code = replyCode(text, from);
      if (code > 0 || conversation.openCode > 0) {
        asked = false;
        conversation.reply(at, code > 0 ? text.slice(from).trimEnd() : text.trimEnd());
        return 'event';
      }
      if (isTrace(text, from) || isBlank(text)) return 'noise';
      if (!asked) return conversation.transferring || isAside(text) ? 'noise' : 'unparsed';
      asked = false;
      return 'noise';
    },
  };
}

/** `EZA1701I`, `EZYFT18I`, `EZY2640I` */
function isMessage(text: string, at: number): boolean {
  if (!text.startsWith('EZA', at) && !text.startsWith('EZY', at)) return false;
  const last = text.charCodeAt(at + 7);
  return last === 73 || last === 69 || last === 87 || last === 65;
}

/** `SC3392 resetLastReply: entered` */
function isTrace(text: string, at: number): boolean {
  const a = text.charCodeAt(at);
  const b = text.charCodeAt(at + 1);
  if (a < 65 || a > 90 || b < 65 || b > 90 || text.charCodeAt(at + 6) !== 32) return false;
  return isDigit(text, at + 2) && skipDigits(text, at + 2) === at + 6;
}

/** A subcommand whose prompt was cut off, or a server's remark below its reply: `>>> HOST ignores SITE command. <<<`. */
function isAside(text: string): boolean {
  return (text.startsWith('>>> ') && text.endsWith(' <<<')) || isSubcommand(text);
}

function isTransfer(text: string, start: number, end: number): boolean {
  if (end - start !== 4) return false;
  return text.startsWith('RETR', start) || text.startsWith('STO', start) || text.startsWith('APPE', start);
}

/** `EZA1554I Connecting to: host.example.net 192.0.2.7 port: 21.` */
function serverOf(text: string, from: number): string {
  const start = text.indexOf('to:', from);
  const port = text.indexOf(' port:', start);
  if (start < 0 || port < 0) return '';
  return text.slice(text.lastIndexOf(' ', port - 1) + 1);
}

function detect(sample: Sample): number {
  if (count(sample, (text) => /\bEZ(A1701I|A1554I|A1450I|A1736I|A1617I|YFT\d\d[IEW])\b/.test(text)) === 0) return 0;
  return understoodShare(sample, open);
}

export const zosFtpClient: Dialect = {
  id: 'zos-ftp-client',
  title: 'IBM z/OS FTP client',
  evidence: 'pasted',
  side: 'client',
  identity: 'order',
  serial: true,
  example: 'EZA1701I >>> USER USER1',
  marks: ['EZA1', 'EZYFT'],
  detect,
  open,
};
