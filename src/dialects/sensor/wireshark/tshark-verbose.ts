/**
 * Packet details as text: `tshark -V`, `tshark -O ftp`, Wireshark's plain text export. Of each frame the lines with
 * addresses, ports, stream and time are read, then the lines of the FTP dissection.
 *
 *   File Transfer Protocol (FTP)
 *       USER alice\r\n
 *           Request command: USER
 */

import { count, share } from '../../../decoding/detect.ts';
import { type End, Flows } from '../../../decoding/packets/flows.ts';
import { wireText } from '../../../decoding/packets/octet-text.ts';
import { numbersOf, type TcpNumbers, unnumbered } from '../../../decoding/packets/order.ts';
import { PacketClock } from '../../../decoding/packets/time.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../../model.ts';
import { replyCode } from '../../../protocol/reply-line.ts';
import { digits, skipDigits } from '../../../text.ts';

const textLimit = 64 * 1024;

class TsharkVerbose implements Decoder {
  readonly #clock: PacketClock;
  readonly #flows: Flows;
  #time = Number.NaN;
  #from: End = { host: '', port: 0 };
  #to: End = { host: '', port: 0 };
  #stream = '';
  #inFrame = false;
  #inFtp = false;
  #tcp: TcpNumbers = unnumbered;
  /** What the packet holds of the wire, and where; the dissector's notes below a line tell the side. */
  #text = '';
  readonly #places: number[] = [];
  #firstLine = 0;
  #side: 'client' | 'server' | '' = '';

  constructor(options: DecoderOptions, emit: EventSink) {
    this.#clock = new PacketClock(options);
    this.#flows = new Flows(options, emit);
  }

  line(text: string, line: number): Understanding {
    if (text.startsWith('Frame ') && text.includes(' bytes')) return this.#begin();
    if (!this.#inFrame) return 'unparsed';
    if (this.#inFtp && text.startsWith('    ')) return this.#dissected(text, line);
    this.#inFtp = text.startsWith('File Transfer Protocol (FTP)');
    if (text.startsWith('Internet Protocol')) this.#addresses(text);
    else if (text.startsWith('Transmission Control Protocol')) this.#ports(text);
    else if (text.startsWith('    [Stream index: ')) this.#stream = text.slice(19, text.indexOf(']'));
    else if (text.startsWith('    Epoch Time: ') || text.startsWith('    Epoch Arrival Time: '))
      this.#time = this.#clock.read(word(text, text.indexOf(': ') + 2));
    else if (text.startsWith('    Arrival Time: ') || text.startsWith('    UTC Arrival Time: '))
      this.#time = this.#clock.read(text.slice(text.indexOf(': ') + 2));
    else if (!isDissection(text)) return 'unparsed';
    return 'noise';
  }

  end(): void {
    this.#settle();
    this.#flows.end();
  }

  #begin(): Understanding {
    this.#settle();
    this.#inFrame = true;
    this.#inFtp = false;
    this.#time = Number.NaN;
    this.#stream = '';
    this.#tcp = unnumbered;
    return 'noise';
  }

  /**
   * Lines of the wire are indented by four, what the dissector says of them by eight. A line may begin with blanks of its
   * own: its end is shown (`\\r\\n`), that of a note is not. Neither is the end of a line that goes on in the next packet:
   * what tells it is that it has no label.
   */
  #dissected(text: string, line: number): Understanding {
    if (text.startsWith('        ') && !text.endsWith('\\n') && isNote(text)) {
      const said = text.trimStart();
      if (this.#side === '')
        this.#side = said.startsWith('Request') ? 'client' : said.startsWith('Response') ? 'server' : '';
      return 'noise';
    }
    // `[Current working directory: ]` stands here in some versions.
    if (text.charCodeAt(4) === 91 && text.endsWith(']')) return 'noise';
    if (this.#text.length > textLimit) return 'event';
    if (this.#text === '') this.#firstLine = line;
    this.#text += wireText(text.slice(4));
    this.#places.push(this.#text.length, line);
    return 'event';
  }

  /** The packet is over. */
  #settle(): void {
    const text = this.#text;
    if (text === '') return;
    const side =
      this.#side !== ''
        ? this.#side
        : replyCode(text.slice(0, 4)) > 0 || this.#from.port === 21
          ? 'server'
          : this.#to.port === 21
            ? 'client'
            : '';
    this.#flows.segment(
      { line: this.#firstLine, time: this.#time, stream: this.#stream, from: this.#from, to: this.#to, side },
      text,
      this.#tcp,
      'octets',
      this.#places.length > 2 ? this.#places.slice() : undefined,
    );
    this.#text = '';
    this.#places.length = 0;
    this.#side = '';
  }

  /** `Internet Protocol Version 4, Src: 192.0.2.7, Dst: 198.51.100.1`; older versions add a name and put the address in brackets. */
  #addresses(text: string): void {
    const src = text.indexOf('Src: ');
    const dst = text.indexOf('Dst: ');
    if (src < 0 || dst < 0) return;
    this.#from = { host: address(text.slice(src + 5, text.lastIndexOf(',', dst))), port: 0 };
    this.#to = { host: address(text.slice(dst + 5)), port: 0 };
  }

  /** `Transmission Control Protocol, Src Port: 21, Dst Port: 50003, …`; older: `Src Port: ftp (21)`. */
  #ports(text: string): void {
    this.#from = { host: this.#from.host, port: portAt(text, text.indexOf('Src Port: ') + 10) };
    this.#to = { host: this.#to.host, port: portAt(text, text.indexOf('Dst Port: ') + 10) };
    this.#tcp = numbersOf(behind(text, ', Seq: '), behind(text, ', Ack: '), behind(text, ', Len: '));
  }
}

/** `        Response code: …`, or in brackets, at any depth. */
function isNote(text: string): boolean {
  let at = 8;
  while (text.charCodeAt(at) === 32) at++;
  const c = text.charCodeAt(at);
  if (c === 91) return true;
  return at === 8 && c >= 65 && c <= 90 && text.includes(': ', at);
}

function address(shown: string): string {
  const open = shown.lastIndexOf('(');
  return open < 0 ? shown.trim() : shown.slice(open + 1, shown.indexOf(')', open));
}

function portAt(text: string, at: number): number {
  const end = skipDigits(text, at);
  if (end > at) return digits(text, at, end);
  const open = text.indexOf('(', at) + 1;
  return Math.max(0, digits(text, open, skipDigits(text, open)));
}

/** The digits behind a mark; '' if there are none. */
function behind(text: string, mark: string): string {
  const at = text.indexOf(mark) + mark.length;
  return at < mark.length ? '' : text.slice(at, skipDigits(text, at));
}

function word(text: string, at: number): string {
  const end = text.indexOf(' ', at);
  return end < 0 ? text.slice(at) : text.slice(at, end);
}

/** A line of another protocol's dissection: indented, in brackets, or a title with a comma, a hyphen or no more words. */
function isDissection(text: string): boolean {
  const c = text.charCodeAt(0);
  if (text === '' || c === 32 || c === 91) return true;
  return (
    c >= 65 &&
    c <= 90 &&
    (text.includes(', ') || text.endsWith(')') || text.endsWith('Protocol') || text.endsWith(' data'))
  );
}

function detect(sample: Sample): number {
  const frames = count(sample, (text) => /^Frame \d+: \d+ bytes/.test(text));
  const ftp = count(
    sample,
    (text) => text.startsWith('File Transfer Protocol (FTP)') || /^ {8}(Request command|Response code): /.test(text),
  );
  return frames > 0 && ftp > 0 ? Math.max(0.6, share(sample, isDissection)) : 0;
}

function capture(sample: Sample): number {
  const frames = count(sample, (text) => /^Frame \d+: \d+ bytes on wire/.test(text));
  return frames > 0 ? share(sample, (text) => text.startsWith('Frame ') || isDissection(text)) : 0;
}

export const tsharkVerbose: Dialect = {
  id: 'tshark-verbose',
  title: 'Packet details of tshark and Wireshark',
  evidence: 'recorded',
  side: 'sensor',
  identity: 'key',
  example: '        Request command: USER',
  marks: ['File Transfer Protocol (FTP)', ' Request command: ', ' Response code: '],
  detect,
  capture,
  open: (options, emit) => new TsharkVerbose(options, emit),
};
