/**
 * The packet list of tshark and Wireshark, one line a packet, in any time format; printed by the window it has a head
 * and no arrow, exported as CSV it has quotes. Only the first line of a segment is shown, and no ports: connections of
 * two hosts at the same time cannot be told apart.
 *
 *   6   2.895726 192.0.2.7 → 198.51.100.1 FTP 82 Request: USER alice
 *   4 2012-02-21 16:52:42.083353 198.51.100.1 -> 192.0.2.7 FTP 127 Response: 220 ready.
 */

import { cells } from '../../../decoding/columns.ts';
import { count, share } from '../../../decoding/detect.ts';
import { Flows, type Segment } from '../../../decoding/packets/flows.ts';
import { wireText } from '../../../decoding/packets/octet-text.ts';
import { type TcpNumbers, unnumbered } from '../../../decoding/packets/order.ts';
import { PacketClock } from '../../../decoding/packets/time.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../../model.ts';
import { digits, isDigit, own, skipBlanks, skipDigits } from '../../../text.ts';

/** The packet's columns; `info` is what the dissector says. */
export interface Summary {
  readonly time: string;
  readonly source: string;
  readonly target: string;
  readonly protocol: string;
  readonly info: string;
}

/** Emits what a summary of the FTP dissector says; false if it says nothing. */
export function readSummary(flows: Flows, clock: PacketClock, summary: Summary, line: number): boolean {
  const { info } = summary;
  const request = info.startsWith('Request: ') ? 0 : info.startsWith('Response: ') ? -1 : info.indexOf('Request:');
  const response = request >= 0 ? -1 : info.startsWith('Response: ') ? 0 : info.indexOf('Response:');
  if (request < 0 && response < 0) return false;
  const shown = info.slice(request < 0 ? response + 10 : request + 9);
  const text = wireText(shown);
  // A line end in a segment of its own (netcat sends it so) looks like an empty command.
  if (text === '') return false;
  const from = { host: summary.source, port: 0 };
  const to = { host: summary.target, port: 0 };
  const time = clock.read(summary.time);
  const segment: Segment = { line, time, stream: '', from, to, side: request < 0 ? 'server' : 'client' };
  const tcp = request === 0 || response === 0 ? unnumbered : marked(info);
  return text !== shown && text.includes('\n')
    ? flows.segment(segment, `${text}\n`, tcp)
    : flows.whole(segment, text, tcp);
}

/** What Wireshark's analysis of TCP says in front: `[TCP Retransmission] Request: USER alice`. */
function marked(info: string): TcpNumbers {
  const end = info.lastIndexOf(']') + 1;
  const said = info.slice(0, end);
  const again = said.includes('Retransmission]') || said.includes('[TCP Keep-Alive]');
  const lost = said.includes('[TCP Previous segment ')
    ? 'own'
    : said.includes('[TCP ACKed unseen segment]')
      ? 'other'
      : '';
  return again || lost !== '' ? { ...unnumbered, again, lost } : unnumbered;
}

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new PacketClock(options);
  const flows = new Flows(options, emit, true);
  const columns = new Columns();
  return {
    line(text: string, line: number): Understanding {
      const csv = text.charCodeAt(0) === 34;
      const summary = csv ? fromCsv(text) : columns.read(text) ? columns : undefined;
      if (summary === undefined) return isHead(text) ? 'noise' : 'unparsed';
      if (summary.protocol !== 'FTP') return 'noise';
      return readSummary(flows, clock, summary, line) ? 'event' : 'noise';
    },
    end: () => flows.end(),
  };
}

function isHead(text: string): boolean {
  return (
    text.startsWith('No.') ||
    text.startsWith('"No."') ||
    (text.startsWith('Frame ') && !text.includes(' bytes on wire')) ||
    text.startsWith('Capturing on ')
  );
}

/** The columns of a line: number, time, source, arrow, target, protocol, length, the rest. Those of the line read last. */
class Columns implements Summary {
  time = '';
  source = '';
  target = '';
  protocol = '';
  info = '';
  /** The hosts found last. */
  readonly #hosts: string[] = ['', ''];
  #found = '';

  /** False if the line is no row of a packet list. */
  read(text: string): boolean {
    const number = skipBlanks(text, 0);
    const timeAt = skipBlanks(text, skipDigits(text, number));
    if (timeAt === number || !isDigit(text, timeAt)) return false;
    const timeEnd = afterTime(text, timeAt);
    if (timeEnd < 0) return false;
    const source = skipBlanks(text, timeEnd);
    const sourceEnd = this.#host(text, source);
    if (sourceEnd < 0) return false;
    this.source = this.#found;
    let target = skipBlanks(text, sourceEnd);
    if (text.charCodeAt(target) === 0x2192) target = skipBlanks(text, target + 1);
    else if (text.startsWith('-> ', target)) target = skipBlanks(text, target + 3);
    const targetEnd = this.#host(text, target);
    if (targetEnd < 0) return false;
    this.target = this.#found;
    const protocol = skipBlanks(text, targetEnd);
    const protocolEnd = text.indexOf(' ', protocol);
    const length = skipBlanks(text, protocolEnd);
    const lengthEnd = skipDigits(text, length);
    if (protocolEnd < 0 || lengthEnd === length) return false;
    this.protocol = text.startsWith('FTP ', protocol) ? 'FTP' : text.slice(protocol, protocolEnd);
    this.time = text.slice(timeAt, timeEnd);
    this.info = text.slice(skipBlanks(text, lengthEnd));
    return true;
  }

  /** Finds the host at `at`, mostly one of the two of the line before; index behind it, or -1. */
  #host(text: string, at: number): number {
    for (const known of this.#hosts) {
      if (known !== '' && text.startsWith(known, at) && text.charCodeAt(at + known.length) === 32) {
        this.#found = known;
        return at + known.length;
      }
    }
    const end = text.indexOf(' ', at);
    if (end < 0 || !isHost(text, at, end)) return -1;
    this.#hosts.shift();
    this.#found = own(text.slice(at, end));
    this.#hosts.push(this.#found);
    return end;
  }
}

function summaryOf(text: string): Summary | undefined {
  if (text.charCodeAt(0) === 34) return fromCsv(text);
  const columns = new Columns();
  return columns.read(text) ? columns : undefined;
}

/** `"6","2.895726","192.0.2.7","198.51.100.1","FTP","82","Request: USER alice"` */
function fromCsv(text: string): Summary | undefined {
  const [number = '', time = '', source = '', target = '', protocol = '', , info = ''] = cells(text, 44);
  if (digits(number, 0, number.length) < 0) return undefined;
  return { time, source, target, protocol, info };
}

/** Index behind the time, which is one word or, with a date, two; -1 if there is none. */
function afterTime(text: string, at: number): number {
  const end = text.indexOf(' ', at);
  const dash = text.charCodeAt(at + 4);
  if ((dash === 45 || dash === 47) && text.charCodeAt(at + 7) === dash && end === at + 10)
    return text.indexOf(' ', end + 1);
  return end;
}

function isHost(text: string, at: number, end: number): boolean {
  for (let i = at; i < end; i++) {
    const c = text.charCodeAt(i);
    const letter = (c | 32) >= 97 && (c | 32) <= 122;
    if (!letter && !(c >= 48 && c <= 58) && c !== 46 && c !== 45 && c !== 95 && c !== 37) return false;
  }
  return end > at;
}

function detect(sample: Sample): number {
  const ftp = count(sample, (text) => {
    const summary = summaryOf(text);
    return summary?.protocol === 'FTP' && /(^| )(Request|Response): /.test(summary.info);
  });
  return ftp === 0 ? 0 : share(sample, (text) => summaryOf(text) !== undefined || isHead(text));
}

/** A row has hosts and a protocol: no other table begins with a number, a time and two addresses. */
function capture(sample: Sample): number {
  return share(sample, (text) => {
    const summary = summaryOf(text);
    return summary !== undefined ? isNamed(summary) : isHead(text);
  });
}

/** An address or a name with a dot, and a protocol in capitals. */
function isNamed({ source, target, protocol }: Summary): boolean {
  return /[.:]/.test(source) && /[.:]/.test(target) && /^[A-Z][\w./-]*$/.test(protocol);
}

export const tsharkSummary: Dialect = {
  id: 'tshark-summary',
  title: 'Packet list of tshark and Wireshark',
  evidence: 'recorded',
  side: 'sensor',
  identity: 'key',
  example: '    6   2.895726 192.0.2.7 → 198.51.100.1 FTP 82 Request: USER alice',
  marks: ['Request: ', 'Response: '],
  detect,
  capture,
  open,
};
