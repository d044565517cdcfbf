/**
 * .NET FluentFTP (source and pasted, 33 to 49): `Command:  ` a command, `Response: ` each reply line, `Status:   ` and
 * others notes, `# Connect()` a call. A logger may put its own head before it or on the line above. With several sinks
 * every entry is there several times.
 */

import { Conversation } from '../../decoding/conversation.ts';
import { count, understoodShare } from '../../decoding/detect.ts';
import type { Origin } from '../../decoding/event.ts';
import { Sinks } from '../../decoding/sinks.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { codeAt } from '../../protocol/reply-line.ts';
import { isDigit } from '../../text.ts';
import { Clock } from '../../timestamp.ts';

const labels: readonly string[] = ['Command:  ', 'Response: ', 'Status:   ', 'Warning:  ', 'Error:    '];
const heads: readonly string[] = ['trce: ', 'dbug: ', 'info: ', 'warn: ', 'fail: ', 'crit: '];
const indent = '      ';
const labelLength = 10;

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const conversation = new Conversation(emit);
  const clock = new Clock(options);
  const sinks = new Sinks();
  let lastSink = '';
  let last = '';
  let doubled = false;
  let belowHead = false;
  /** The server has named an address: the next connection is for data. */
  let passive = false;
  /** A data connection is open. Older versions do not say which connection they dispose of. */
  let moving = false;
  /** Code of a reply whose last line came first, as versions before 20 log it; its other lines follow. */
  let upsideDown = 0;
  let finished = 0;

  /** The same entry twice in a row through the same kind of sink. */
  function repeats(sink: string, entry: string, isCommand: boolean): boolean {
    const again = sink === lastSink && entry === last;
    lastSink = sink;
    last = entry;
    if (!again) return false;
    if (isCommand) doubled = true;
    const code = codeAt(entry, labelLength);
    return doubled || isCommand || (code > 0 && entry.charCodeAt(labelLength + 3) !== 45);
  }

  function say(entry: string, at: Origin): Understanding {
    if (entry.startsWith('Response: ')) {
      const wire = withoutDuration(entry.slice(labelLength));
      const code = Math.max(0, codeAt(wire));
      const begins = code > 0 && wire.charCodeAt(3) === 45;
      if (conversation.openCode === 0 && (begins ? code === finished : code === 0 && upsideDown > 0)) {
        upsideDown = finished;
        return 'noise';
      }
      finished = begins ? 0 : code;
      if (code > 0) upsideDown = 0;
      if (code >= 227 && code <= 229) passive = true;
      if (code === 125 || code === 150) moving = true;
      conversation.reply(at, wire);
      return 'event';
    }
    if (entry.startsWith('Command:  ')) {
      finished = 0;
      upsideDown = 0;
      const daemon = entry.indexOf(' (<-');
      conversation.command(at, entry.slice(labelLength, daemon > 0 && entry.endsWith(')') ? daemon : entry.length));
      return 'event';
    }
    if (entry.startsWith('Connecting', labelLength)) {
      if (passive || !/^\S+ *Connecting(?:\(\w+\))? (?:to |.*IP ?#)/.test(entry)) {
        passive = false;
        return 'noise';
      }
      conversation.opened(at, serverOf(entry));
      return 'event';
    }
    if (!entry.startsWith('Disposing', labelLength)) return conversation.note(at, entry.slice(labelLength));
    if ((moving && entry.includes('FtpSocketStream')) || entry.endsWith('(data)')) {
      moving = false;
      return 'noise';
    }
    return conversation.closed(at, entry.slice(labelLength)) ? 'event' : 'noise';
  }

  return {
    line(text: string, line: number): Understanding {
      const labelAt = labelIn(text);
      const wasBelowHead = belowHead;
      belowHead = labelAt < 0 && isHead(text);
      if (belowHead) return 'noise';
      if (labelAt < 0) {
        const note = isCall(text) || (wasBelowHead && text.startsWith(indent)) || isHeaded(text);
        return note ? 'noise' : 'unparsed';
      }
      const sink = labelAt === 0 ? 'plain' : text.startsWith(indent) ? 'below' : 'behind';
      const entry = labelAt === 0 ? text : text.slice(labelAt);
      if (repeats(sink, entry, entry.startsWith('Command:  ')) || !sinks.isNew(sink, entry)) return 'noise';
      const time = isDigit(text, 0) ? clock.iso(text) : text.charCodeAt(0) === 91 ? clock.iso(text, 1) : Number.NaN;
      return say(entry, { line, time, session: '', peer: '', user: '' });
    },
  };
}

/** Index of the label; -1 if the line has none. */
function labelIn(text: string): number {
  for (const label of labels) if (text.startsWith(label)) return 0;
  if (text.startsWith(indent)) {
    for (const label of labels) if (text.startsWith(label, indent.length)) return indent.length;
    return -1;
  }
  const response = text.indexOf(' Response: ');
  if (response > 0 && codeAt(text, response + 11) >= 0) return response + 1;
  const command = text.indexOf(' Command:  ');
  if (command > 0) return command + 1;
  const bar = text.indexOf('|Response: ');
  return bar > 0 ? bar + 1 : text.indexOf('|Command:  ') + 1 || -1;
}

/** `info: My.Namespace.FtpClient[0]`, as Microsoft.Extensions.Logging writes to the console. */
function isHead(text: string): boolean {
  for (const head of heads) if (text.startsWith(head)) return text.endsWith(']') && text.indexOf(' ', head.length) < 0;
  return false;
}

/** `2026-01-02 10:00:00.684 +05:30 [DBG] Waiting for a response`: Serilog's template, and a note without its label. */
function isHeaded(text: string): boolean {
  const open = text.indexOf(' [');
  if (!isDigit(text, 0) || open < 8 || open > 48 || text.charCodeAt(open + 5) !== 93) return false;
  for (let i = open + 2; i < open + 5; i++) if (text.charCodeAt(i) < 65 || text.charCodeAt(i) > 90) return false;
  return true;
}

/** `# GetListing("/", Auto)`, `>         GetListing("/", Auto)` */
function isCall(text: string): boolean {
  const start = text.startsWith('# ') ? 2 : text.startsWith('>         ') ? 10 : -1;
  const paren = start < 0 ? -1 : text.indexOf('(', start);
  return paren > start && text.endsWith(')') && text.lastIndexOf(' ', paren) < start;
}

/** `230 ok [39ms]`, `[<1ms]`, `[2,326s]`, `[738947.771d]` where the greeting is timed */
function withoutDuration(wire: string): string {
  if (!wire.endsWith('s]') && !wire.endsWith('d]') && !wire.endsWith('h]') && !wire.endsWith('m]')) return wire;
  const start = wire.lastIndexOf(' [');
  return start > 0 && (isDigit(wire, start + 2) || wire.charCodeAt(start + 2) === 60) ? wire.slice(0, start) : wire;
}

/** `Status:   Connecting to 192.0.2.7:990`, `… to IP #1= 192.0.2.7:21` */
function serverOf(entry: string): string {
  const blank = entry.lastIndexOf(' ');
  return entry.slice(Math.max(blank + 1, labelLength + 14));
}

const carries = /(^|[ |])(Command: {2}[A-Z]{3}|Response: \d{3}[ -])/;
const proper = /(^|[ |])(Command: {2}[A-Z]{3}|Status: {3}\S)|^# [A-Z]\w+\(.*\)$|^> {9}[A-Z]\w+\(/;

function detect(sample: Sample): number {
  if (count(sample, (text) => carries.test(text)) === 0 || count(sample, (text) => proper.test(text)) === 0) return 0;
  return understoodShare(sample, open);
}

export const fluentFtp: Dialect = {
  id: 'fluentftp',
  title: '.NET FluentFTP',
  evidence: 'pasted',
  side: 'client',
  identity: 'order',
  duplex: true,
  serial: true,
  example: 'Response: 230 User logged in [39ms]',
  marks: ['Command:  ', 'Response: '],
  detect,
  open,
};
