/**
 * .NET FluentFTP (source and pasted, 33 to 49): `Command:  ` a command, `Response: ` each reply line, `Status:   ` and
 * others notes, `# Connect()` a call. A logger may put its own head before it or on the line above. With several sinks
 * every entry is there several times.
 */
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { replyCode } from '../../protocol/reply-line.ts';
import { isDigit } from '../../text.ts';
import { Clock } from '../../timestamp.ts';
import { count, understoodShare } from '../detect.ts';
import type { Origin } from '../event.ts';
import { Conversation } from './conversation.ts';
import { Sinks } from './sinks.ts';

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

  /** The same entry twice in a row through the same kind of sink. */
  function repeats(sink: string, entry: string, isCommand: boolean): boolean {
    const again = sink === lastSink && entry === last;
    lastSink = sink;
    last = entry;
    if (!again) return false;
    if (isCommand) doubled = true;
    const code = replyCode(entry, labelLength);
    return doubled || isCommand || (code > 0 && entry.charCodeAt(labelLength + 3) !== 45);
  }

  function say(entry: string, at: Origin): Understanding {
    if (entry.startsWith('Response: ')) {
      conversation.reply(at, withoutDuration(entry.slice(labelLength)));
      return 'event';
    }
    if (entry.startsWith('Command:  ')) {
      const daemon = entry.indexOf(' (<-');
      conversation.command(at, entry.slice(labelLength, daemon > 0 && entry.endsWith(')') ? daemon : entry.length));
      return 'event';
    }
    if (entry.startsWith('Connecting to ', labelLength)) {
      conversation.opened(at, serverOf(entry));
      return 'event';
    }
    if (!entry.startsWith('Disposing', labelLength)) return 'noise';
    return conversation.closed(at, entry.slice(labelLength)) ? 'event' : 'noise';
  }

  return {
    line(text: string, line: number): Understanding {
      const labelAt = labelIn(text);
      const wasBelowHead = belowHead;
      belowHead = labelAt < 0 && isHead(text);
      if (belowHead) return 'noise';
      if (labelAt < 0) return isCall(text) || (wasBelowHead && text.startsWith(indent)) ? 'noise' : 'unparsed';
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
  if (response > 0 && replyCode(text, response + 11) > 0) return response + 1;
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

/** `# GetListing("/", Auto)`, `>         GetListing("/", Auto)` */
function isCall(text: string): boolean {
  const start = text.startsWith('# ') ? 2 : text.startsWith('>         ') ? 10 : -1;
  const paren = start < 0 ? -1 : text.indexOf('(', start);
  return paren > start && text.endsWith(')') && text.lastIndexOf(' ', paren) < start;
}

/** `230 ok [39ms]`, `[<1ms]`, `[2,326s]` */
function withoutDuration(wire: string): string {
  if (!wire.endsWith('s]')) return wire;
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
  example: 'Response: 230 User logged in [39ms]',
  detect,
  open,
};
