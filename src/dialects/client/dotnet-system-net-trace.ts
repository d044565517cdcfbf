/**
 * System.Net tracing of .NET Framework's FtpWebRequest (pasted): octets in hex below `Data from Socket#1::Receive`, and
 * sentences in the language of the system, `FtpControlStream#1 - Received response [220 ready]`. The octets are taken as
 * long as they can be read; under TLS only the sentences can.
 */

import { Conversations } from '../../decoding/conversation.ts';
import { count, understoodShare } from '../../decoding/detect.ts';
import type { Origin } from '../../decoding/event.ts';
import { fromOctets } from '../../decoding/literal.ts';
import { startsWithVerb } from '../../decoding/wire-line.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { hexIn } from '../../number.ts';
import { codeAt, replyCode } from '../../protocol/reply-line.ts';
import { own } from '../../text.ts';

const streamLimit = 256;
const tailLimit = 16 * 1024;

/** One direction of one socket. */
interface Stream {
  readonly socket: string;
  readonly sent: boolean;
  tail: string;
}

const annotations: readonly string[] = [
  'ProcessId=',
  'DateTime=',
  'ThreadId=',
  'LogicalOperationStack=',
  'Timestamp=',
  'Callstack=',
];

function open(_options: DecoderOptions, emit: EventSink): Decoder {
  const conversations = new Conversations(emit);
  const streams = new Map<string, Stream>();
  /** Which stream the rows of a thread belong to. */
  const current = new Map<string, Stream>();
  const control = new Set<string>();
  const encrypted = new Set<string>();
  let lastControl = '';
  let sentence = '';

  function streamOf(socket: string, sent: boolean): Stream {
    const key = `${socket}${sent ? '>' : '<'}`;
    const known = streams.get(key);
    if (known !== undefined) return known;
    if (streams.size >= streamLimit) {
      streams.clear();
      current.clear();
    }
    const fresh = { socket: own(socket), sent, tail: '' };
    streams.set(own(key), fresh);
    return fresh;
  }

  function wireLine(stream: Stream, wire: string, line: number): void {
    const { socket, sent } = stream;
    if (!control.has(socket)) {
      if (sent ? !startsWithVerb(wire) : replyCode(wire) === 0) return;
      if (control.size >= streamLimit) control.clear();
      control.add(socket);
    }
    lastControl = socket;
    const at: Origin = { line, time: Number.NaN, session: socket, peer: '', user: '' };
    if (sent) conversations.of(socket).command(at, wire);
    else conversations.of(socket).reply(at, wire);
    if (!sent && replyCode(wire) === 234) encrypted.add(socket);
  }

  /** `00000000 : 32 32 30 2D 2D 2D 2D 2D-2D 2D 2D 2D 2D 20 57 65 : 220---------- We` */
  function row(stream: Stream, text: string, at: number, line: number): Understanding {
    if (encrypted.has(stream.socket)) return 'noise';
    for (let i = at + 11; i + 1 < text.length && text.charCodeAt(i) !== 58; i += 3) {
      const octet = hexIn(text.slice(i, i + 2));
      if (octet < 0) break;
      if (octet === 10) {
        const end = stream.tail.endsWith('\r') ? stream.tail.length - 1 : stream.tail.length;
        wireLine(stream, fromOctets(stream.tail.slice(0, end)), line);
        stream.tail = '';
      } else if (stream.tail.length < tailLimit) stream.tail += String.fromCharCode(octet);
    }
    return 'event';
  }

  /** `Data from Socket#51213311::Receive` */
  function dataFrom(thread: string, text: string, at: number): Understanding {
    const start = text.indexOf('Socket#', at);
    const colons = text.indexOf('::', start);
    if (start < 0 || colons < 0) return 'noise';
    if (current.size >= streamLimit) current.clear();
    current.set(own(thread), streamOf(text.slice(start, colons), text.startsWith('Send', colons + 2)));
    return 'noise';
  }

  /** `FtpControlStream#1 - Sending command [USER alice]` in any language; the bracket may close lines below. */
  function say(text: string, line: number): Understanding {
    const open = text.indexOf(' [');
    if (open < 0) return 'noise';
    if (!text.endsWith(']')) {
      sentence = own(text.slice(0, tailLimit));
      return 'event';
    }
    sentence = '';
    const inner = text.slice(open + 2, -1);
    const readable = lastControl !== '' && !encrypted.has(lastControl);
    if (readable) return 'noise';
    const session = lastControl !== '' ? lastControl : text.slice(0, text.indexOf(' '));
    const at: Origin = { line, time: Number.NaN, session, peer: '', user: '' };
    if (codeAt(inner) >= 0) conversations.of(session).replyText(at, inner);
    else if (startsWithVerb(inner)) conversations.of(session).command(at, inner.trimEnd());
    else return 'noise';
    return 'event';
  }

  return {
    line(text: string, line: number): Understanding {
      if (!text.startsWith('System.Net')) {
        if (sentence !== '') return say(`${sentence}\n${text}`, line);
        const word = text.trimStart();
        for (const annotation of annotations) if (word.startsWith(annotation)) return 'noise';
        return 'unparsed';
      }
      sentence = '';
      const open = text.indexOf(' : [');
      const close = open < 0 ? -1 : text.indexOf('] ', open);
      if (close < 0) return 'noise';
      const thread = text.slice(open + 4, close);
      const at = close + 2;
      if (text.startsWith(' : ', at + 8)) {
        const stream = current.get(thread);
        return stream === undefined ? 'noise' : row(stream, text, at, line);
      }
      current.delete(thread);
      if (text.startsWith('FtpControlStream#', at)) return say(text.slice(at), line);
      const receive = text.indexOf('::Receive', at);
      const isData = text.startsWith('Data ', at) || (text.indexOf('Socket#', at) > at && text.endsWith('::Send'));
      return isData || (receive > 0 && receive + 9 === text.length) ? dataFrom(thread, text, at) : 'noise';
    },
  };
}

function detect(sample: Sample): number {
  const marked = count(sample, (text) =>
    /^System\.Net(\.Sockets)? (Information|Verbose|Error|Warning): 0 : \[/.test(text),
  );
  const ftp = count(sample, (text) => /FtpWebRequest#|FtpControlStream#| : 3[1-5] 3\d 3\d 2[0D] /.test(text));
  return marked === 0 || ftp === 0 ? 0 : understoodShare(sample, open);
}

export const dotnetSystemNetTrace: Dialect = {
  id: 'dotnet-system-net-trace',
  title: '.NET System.Net trace of FtpWebRequest',
  evidence: 'pasted',
  side: 'client',
  identity: 'key',
  serial: true,
  example: 'System.Net.Sockets Verbose: 0 : [4568] 00000000 : 32 32 30 20 : 220 ',
  marks: [': 0 : ['],
  detect,
  open,
};
