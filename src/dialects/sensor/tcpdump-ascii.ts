/**
 * tcpdump's lines (4.99 recorded), with any time format, alone or with the packet below them as text (`-A`) or in
 * hexadecimal (`-X`). Alone, only the first line of a segment is shown.
 *
 *   16:52:42.083353 IP 198.51.100.1.21 > 192.0.2.7.50003: Flags [P.], seq 1:62, …, length 61: FTP: 220 ready.
 *   E..q.o@.0..............S$.e.m......D.y.....220 ready.
 *
 * With `-e` the link's addresses stand before the packet's; with `-t` there is no time:
 *
 *   02:00:5e:00:53:01 > 02:00:5e:00:53:02, ethertype IPv4 (0x0800), length 70: 192.0.2.7.50003 > 198.51.100.1.21: Flags […
 *
 * With `-v` a head has two lines, and the lines of the segment stand below it:
 *
 *   16:52:42.083353 IP (tos 0x0, ttl 64, id 4, offset 0, flags [DF], proto TCP (6), length 51)
 *       198.51.100.1.21 > 192.0.2.7.50003: Flags [P.], cksum 0x8563 (correct), seq 1:12, …, length 11: FTP, length: 11
 *   <TAB>220 ready
 */

import { count, share } from '../../decoding/detect.ts';
import { type End, Flows, type Segment } from '../../decoding/packets/flows.ts';
import { wireText } from '../../decoding/packets/octet-text.ts';
import { type TcpNumbers, unnumbered } from '../../decoding/packets/order.ts';
import { PacketClock } from '../../decoding/packets/time.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { overheardIn } from '../../protocol/secrets.ts';
import { digits, isDigit, skipDigits } from '../../text.ts';

interface Head {
  readonly line: number;
  readonly time: number;
  readonly from: End;
  readonly to: End;
  readonly length: number;
  /** Octets of the headers of IP and TCP. */
  readonly headers: number;
  /** What the head itself shows of FTP. */
  readonly shown: string;
  /** It says `FTP` and nothing more: octets beyond ASCII. */
  readonly unshown: boolean;
  readonly tcp: TcpNumbers;
}

/** Octets of a packet that its head does not tell: of the link, options of IP. */
const moreHeaders = 64;
const blockLimit = 256 * 1024;
/** No head: what `ipMark` says of such a line. */
const none = -2;
const tab = 9;

class Tcpdump implements Decoder {
  readonly #clock: PacketClock;
  readonly #flows: Flows;
  #head: Head | undefined;
  #block = '';
  #rows = 0;
  #hex = '';
  /** Lines that `-v` shows below a head, each with its end. */
  #lines = '';
  /** The first of the two lines of a head. */
  #above = '';

  constructor(options: DecoderOptions, emit: EventSink) {
    this.#clock = new PacketClock(options);
    this.#flows = new Flows(options, emit);
  }

  line(wire: string, line: number): Understanding {
    const above = this.#above;
    this.#above = '';
    const text = above !== '' && wire.startsWith('    ') ? `${above}${wire.slice(4)}` : withoutLink(wire);
    const ip = ipMark(text);
    const flags = ip === none ? -1 : text.indexOf(': Flags [');
    if (flags < 0) return this.#packetLine(text, ip);
    this.#settle();
    const arrow = text.lastIndexOf(' > ', flags);
    const length = text.lastIndexOf(', length ');
    const tail = text.indexOf(': ', length + 9);
    const ftp = text.indexOf('FTP: ', flags);
    const older = text.indexOf('FTP, length', flags);
    const size =
      older > 0 ? digitsAt(text, text.indexOf(' ', older + 5) + 1) : length < 0 ? 0 : digitsAt(text, length + 9);
    const shown =
      ftp > 0 ? text.slice(ftp + 5) || '\n' : older > 0 && tail > 0 ? text.slice(text.indexOf(': ', older) + 2) : '';
    const time = ip < 0 ? Number.NaN : this.#clock.read(text.slice(0, timeEnd(text)));
    const head: Head = {
      line,
      time,
      from: endOf(text.slice(text.lastIndexOf(' ', arrow - 1) + 1, arrow)),
      to: endOf(text.slice(arrow + 3, flags)),
      length: size,
      headers: (text.startsWith('IP6 ', ip + 1) ? 60 : 40) + optionsLength(text, flags),
      shown: text.startsWith('length: ', older + 5) ? '' : shown,
      unshown: text.endsWith(': FTP'),
      tcp: size > 0 ? numbersAt(text, flags, size) : unnumbered,
    };
    this.#head = head;
    if (text.startsWith('[S]', flags + 8)) this.#flows.begins(segmentOf(head));
    return size > 0 ? 'event' : 'noise';
  }

  end(): void {
    this.#settle();
    this.#flows.end();
  }

  /** The packet is complete. */
  #settle(): void {
    const head = this.#head;
    if (head === undefined) return;
    this.#head = undefined;
    const { length, headers, shown } = head;
    const whole = this.#hex !== '' || this.#rows > 0 || this.#lines !== '';
    const text =
      this.#hex !== ''
        ? payloadOfHex(this.#hex, length)
        : this.#rows > 0
          ? textOf(this.#block, length, headers)
          : this.#lines !== ''
            ? linesOf(this.#lines, length)
            : shownText(shown, length);
    this.#block = '';
    this.#rows = 0;
    this.#hex = '';
    this.#lines = '';
    if (text !== '') this.#flows.segment(segmentOf(head), text, head.tcp, whole ? 'octets' : 'first-line');
    else if (length > 0) this.#flows.unshown(segmentOf(head), head.tcp, head.unshown);
  }

  /** A line of the packet below a head, or one of another protocol. */
  #packetLine(text: string, ip: number): Understanding {
    if (ip !== none) {
      this.#settle();
      if (text.endsWith(')')) this.#above = `${text.slice(0, text.indexOf(' (', ip + 1))} `;
      return 'noise';
    }
    if (isNote(text)) return 'noise';
    if (this.#head === undefined) return 'unparsed';
    if (text.startsWith('\t0x')) {
      if (this.#hex.length < blockLimit) this.#hex += text.slice(text.indexOf(':') + 1, 51).replaceAll(' ', '');
    } else if (text.charCodeAt(0) === tab && this.#rows === 0) {
      if (this.#lines.length < blockLimit) this.#lines += `${text.slice(1)}\n`;
    } else if (
      this.#rows > 0 &&
      this.#block.length + text.length > this.#head.headers + this.#head.length + moreHeaders
    )
      return 'unparsed';
    else {
      this.#block = this.#rows === 0 ? text : this.#block.length < blockLimit ? `${this.#block}\n${text}` : this.#block;
      this.#rows++;
    }
    return this.#head.length > 0 ? 'event' : 'noise';
  }
}

function segmentOf({ line, time, from, to }: Head): Segment {
  return { line, time, stream: '', from, to, side: '' };
}

/** `, seq 1:12, ack 1,` */
function numbersAt(text: string, flags: number, octets: number): TcpNumbers {
  const seq = text.indexOf(', seq ', flags);
  const ack = text.indexOf(', ack ', flags);
  if (seq < 0) return unnumbered;
  return { seq: digitsAt(text, seq + 6), ack: ack < 0 ? -1 : digitsAt(text, ack + 6), octets, again: false, lost: '' };
}

/** Lines as tcpdump shows them, without the CR of their ends, and with an end that the last may not have had. */
function linesOf(shown: string, length: number): string {
  let lines = shown;
  if (lines.endsWith('[|ftp]\n')) lines = lines.slice(0, lines.endsWith(' [|ftp]\n') ? -8 : -7);
  const octets = Buffer.byteLength(lines);
  if (octets === length) return lines;
  if (octets - 1 === length && lines.endsWith('\n')) return lines.slice(0, -1);
  return octets + lineFeeds(lines, 0) === length ? lines.replaceAll('\n', '\r\n') : lines;
}

/** What the head shows. `[|ftp]` marks a text without line end, which then comes alone, or one that was cut off. */
function shownText(shown: string, length: number): string {
  if (shown === '' || shown === '\n') return length > 2 ? '' : shown;
  if (!shown.endsWith('[|ftp]')) return `${wireText(shown)}\n`;
  const text = wireText(shown.slice(0, shown.endsWith(' [|ftp]') ? -7 : -6));
  return Buffer.byteLength(text) + 2 < length ? `${text}\n` : text;
}

/** The line as it is without `-e`, where it has what that shows. */
function withoutLink(text: string): string {
  const type = text.indexOf(', ethertype IPv');
  if (type < 0 || type > 72) return text;
  const length = text.indexOf(', length ', type);
  const packet = length < 0 ? -1 : text.indexOf(': ', length);
  const link = text.lastIndexOf(' > ', type);
  if (packet < 0 || link < 0) return text;
  const time = text.lastIndexOf(' ', link - 1);
  const ip = text.startsWith('IPv6', type + 12) ? 'IP6' : 'IP';
  return `${time < 0 ? '' : `${text.slice(0, time)} `}${ip} ${text.slice(packet + 2)}`;
}

/** Index of ` IP ` or ` IP6 ` behind the time and, with `-i any`, the interface; -1 where the line begins so; -2. */
function ipMark(text: string): number {
  // The text of a packet may begin so as well.
  if (text.startsWith('IP ') || text.startsWith('IP6 '))
    return head.test(text) || text.startsWith('(tos ', 3) || text.startsWith('(', 4) ? -1 : none;
  if (!isDigit(text, 0) || !isTime(text)) return none;
  const at = text.indexOf(' IP');
  if (at < 6 || at > 64) return none;
  return text.startsWith(' IP ', at) || text.startsWith(' IP6 ', at) ? at : none;
}

/** `16:52:42.083353`, `2012-02-21 16:52:42.083353`, `1329843162.083353`: a reply begins otherwise. */
function isTime(text: string): boolean {
  const c = text.charCodeAt(4);
  return text.charCodeAt(2) === 58 || c === 45 || c === 47 || text.charCodeAt(skipDigits(text, 0)) === 46;
}

/** Index behind the time, which has a date in front or none. */
function timeEnd(text: string): number {
  const c = text.charCodeAt(4);
  return text.indexOf(' ', c === 45 || c === 47 ? 11 : 0);
}

/** The lines of a packet. Others that were taken for its octets may show a password that is repeated in what is left. */
function textOf(block: string, length: number, headers: number): string {
  const last = payload(block, length, headers);
  const before = block.length - last.length;
  const secret = before > headers ? overheardIn(block.slice(0, before)) : undefined;
  const text = linesOf(last, length);
  return secret === undefined ? text : secret.mask(text);
}

/** The last octets of the packet as text; a line feed was CR LF, whose CR tcpdump does not print. */
function payload(block: string, length: number, headers: number): string {
  const rest = block.length - headers;
  // Behind the headers, if it is as long as it must be: a line feed may have been one without CR.
  if (rest > 0 && rest <= length && rest + lineFeeds(block, headers) >= length) return block.slice(headers);
  // The payload's own line end and tcpdump's: one of them is the end of the last row.
  let at = block.length;
  let left = length;
  while (at > 0 && left > 0) {
    at--;
    left -= block.charCodeAt(at) === 10 ? 2 : 1;
  }
  return block.slice(at);
}

function lineFeeds(block: string, from: number): number {
  let n = 0;
  for (let at = block.indexOf('\n', from); at >= 0; at = block.indexOf('\n', at + 1)) n++;
  return n;
}

/** `options [nop,nop,TS val 1 ecr 2], ` → 12 octets. */
function optionsLength(text: string, from: number): number {
  const start = text.indexOf(', options [', from);
  if (start < 0) return 0;
  const end = text.indexOf(']', start);
  let n = 0;
  for (let at = start + 11; at > 0 && at < end; at = text.indexOf(',', at) + 1) {
    if (text.startsWith('TS ', at)) n += 10;
    else if (text.startsWith('sack ', at)) n += 2 + 8 * digitsAt(text, at + 5);
    else if (text.startsWith('nop', at) || text.startsWith('eol', at)) n += 1;
    const next = text.indexOf(',', at);
    if (next < 0 || next > end) break;
  }
  return n;
}

function payloadOfHex(hex: string, length: number): string {
  const octets = Buffer.from(hex, 'hex');
  return length > octets.length ? '' : octets.subarray(octets.length - length).toString('utf8');
}

/** `192.0.2.7.50003`, `2001:db8::7.21`, `host.example.com.ftp` */
function endOf(text: string): End {
  const dot = text.lastIndexOf('.');
  const port = digits(text, dot + 1, text.length);
  return { host: text.slice(0, dot), port: port >= 0 ? port : text.endsWith('.ftp') ? 21 : 0 };
}

function digitsAt(text: string, at: number): number {
  return Math.max(0, digits(text, at, skipDigits(text, at)));
}

function isNote(text: string): boolean {
  const c = text.charCodeAt(0);
  if (c === 116 || c === 108 || c === 114)
    return text.startsWith('tcpdump: ') || text.startsWith('listening on ') || text.startsWith('reading from file ');
  return (
    c >= 48 &&
    c <= 57 &&
    (text.endsWith(' captured') || text.endsWith(' received by filter') || text.endsWith(' dropped by kernel'))
  );
}

const head = /^(?:[\d:. -]{8,27} (?:[\w.-]+ +(?:In|Out|B|M|P) +)?)?IP6? (?:\([^)]*\([^)]*\)[^)]*\) )?\S+ > \S+: /;
/** The second line of a head of `-v`. */
const second = /^ {4}\S+ > \S+: Flags \[/;

/** Heads, and FTP in them or below them; below `-A` and `-X` a head has a few rows of its packet. */
function detect(given: Sample): number {
  const sample = { texts: given.texts.map(withoutLink), programs: given.programs };
  const heads = share(sample, (text) => (head.test(text) || second.test(text)) && text.includes(': Flags ['));
  if (heads < 0.1) return 0;
  const named = count(sample, (text) => / FTP(: |, length)/.test(text) && (head.test(text) || second.test(text)));
  const port = count(sample, (text) => /(\.(21|ftp) > | > \S+\.(21|ftp):)/.test(text));
  const replies = count(sample, (text) => /(^|\D)(220|331|230|530|227|250)[ -]\S/.test(text));
  const commands = count(sample, (text) => /(^|[^A-Z])(USER|PASS|SYST|TYPE|PASV|CWD|QUIT)( \S|$)/.test(text));
  if (named === 0 && (replies === 0 || commands === 0 || (port === 0 && commands < 2))) return 0;
  return Math.max(0.9, heads);
}

/** Heads of packets of any protocol; of those with a packet below them, a head in ten lines will do. */
function capture(given: Sample): number {
  const texts = given.texts.map(withoutLink);
  const heads = texts.filter((text) => head.test(text) || second.test(text)).length;
  const rows = texts.filter((text) => text.startsWith('\t0x')).length;
  if (heads < 2 || !texts.some((text) => text.includes(': Flags ['))) return 0;
  const shares = (heads + rows) / texts.length;
  return shares >= 0.9 || texts.some((text) => /^E[.\0-\x1f]?.{2,}@/.test(text)) ? 0.95 : shares;
}

export const tcpdumpAscii: Dialect = {
  id: 'tcpdump-ascii',
  title: 'tcpdump, alone, with -A or -X',
  evidence: 'recorded',
  side: 'sensor',
  identity: 'key',
  example:
    '16:52:42.083353 IP 198.51.100.1.21 > 192.0.2.7.50003: Flags [P.], seq 1:62, ack 1, win 68, length 61: FTP: 220 ready.',
  marks: [': Flags ['],
  detect,
  capture,
  open: (options, emit) => new Tcpdump(options, emit),
};
