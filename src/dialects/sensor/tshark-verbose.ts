/**
 * Packet details as text: `tshark -V`, `tshark -O ftp`, Wireshark's plain text export. Of each frame the lines with
 * addresses, ports, stream and time are read, then the lines of the FTP dissection.
 *
 *   File Transfer Protocol (FTP)
 *       USER alice\r\n
 *           Request command: USER
 */
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { replyCode } from '../../protocol/reply-line.ts';
import { digits, skipDigits } from '../../text.ts';
import { count, share } from '../detect.ts';
import { type End, Flows } from './flows.ts';
import { PacketClock } from './packet-time.ts';
import { wireText } from './wire-text.ts';

class TsharkVerbose implements Decoder {
  readonly #clock: PacketClock;
  readonly #flows: Flows;
  #time = Number.NaN;
  #from: End = { host: '', port: 0 };
  #to: End = { host: '', port: 0 };
  #stream = '';
  #inFrame = false;
  #inFtp = false;
  /** A line of the wire whose side the next line tells. */
  #held = '';
  #heldLine = 0;

  constructor(options: DecoderOptions, emit: EventSink) {
    this.#clock = new PacketClock(options);
    this.#flows = new Flows(emit);
  }

  line(text: string, line: number): Understanding {
    if (text.startsWith('Frame ') && text.includes(' bytes')) return this.#begin();
    if (!this.#inFrame) return 'unparsed';
    if (this.#inFtp && text.startsWith('    ')) return this.#dissected(text, line);
    this.#release('');
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
    this.#release('');
  }

  #begin(): Understanding {
    this.#release('');
    this.#inFrame = true;
    this.#inFtp = false;
    this.#time = Number.NaN;
    this.#stream = '';
    return 'noise';
  }

  #dissected(text: string, line: number): Understanding {
    if (text.startsWith('        ')) {
      const said = text.trimStart();
      if (said.startsWith('Request')) this.#release('client');
      else if (said.startsWith('Response')) this.#release('server');
      else return this.#wire(text, line);
      return 'noise';
    }
    return this.#wire(text, line);
  }

  #wire(text: string, line: number): Understanding {
    this.#release('');
    this.#held = text.slice(4);
    this.#heldLine = line;
    return 'event';
  }

  #release(side: 'client' | 'server' | ''): void {
    const held = this.#held;
    if (held === '') return;
    this.#held = '';
    const known =
      side !== ''
        ? side
        : replyCode(held) > 0
          ? 'server'
          : this.#from.port === 21
            ? 'server'
            : this.#to.port === 21
              ? 'client'
              : '';
    this.#flows.segment(
      { line: this.#heldLine, time: this.#time, stream: this.#stream, from: this.#from, to: this.#to, side: known },
      wireText(held),
    );
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
  }
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

export const tsharkVerbose: Dialect = {
  id: 'tshark-verbose',
  title: 'Packet details of tshark and Wireshark',
  evidence: 'recorded',
  side: 'sensor',
  identity: 'key',
  example: '        Request command: USER',
  marks: ['File Transfer Protocol (FTP)', ' Request command: ', ' Response code: '],
  detect,
  open: (options, emit) => new TsharkVerbose(options, emit),
};
