/**
 * "Follow TCP stream" as tshark and Wireshark save it: ASCII with octet counts, hex rows, raw hex, YAML. What is shown
 * are segments, not lines; what stands in front of a row or count tells the side (a TAB: the second node).
 *
 *   Follow: tcp,ascii            Node 0: 192.0.2.7:50003
 *   16                           the count, then the text, then an empty line
 *   USER anonymous
 */

import { count, share } from '../../../decoding/detect.ts';
import { type End, Flows, type Segment } from '../../../decoding/packets/flows.ts';
import { unnumbered } from '../../../decoding/packets/order.ts';
import { PacketClock } from '../../../decoding/packets/time.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../../model.ts';
import { hexIn, numberIn, portOf } from '../../../number.ts';
import { digits, isDigit, skipBlanks, skipDigits } from '../../../text.ts';

const chunkLimit = 256 * 1024;
const runLimit = 64;
const control = 21;

type Form = '' | 'ascii' | 'hex' | 'raw' | 'yaml';

class WiresharkFollow implements Decoder {
  readonly #clock: PacketClock;
  readonly #flows: Flows;
  readonly #nodes: End[] = [];
  #form: Form = '';
  /** Octets of the chunk that are still to come. */
  #left = 0;
  /** Line ends of the chunk taken for CR LF: so many octets may be missing. */
  #slack = 0;
  #side = 0;
  #time = Number.NaN;
  #data = '';
  #inData = false;
  #dataLine = 0;
  #host = '';
  #blank = true;
  /** What was read of a segment, and where it stands. */
  #text = '';
  readonly #places: number[] = [];
  /** Chunks of one side in a row. */
  readonly #run: { readonly text: string; readonly places: readonly number[]; readonly time: number }[] = [];
  #runSide = 0;
  /** A stream begins. */
  #fresh = true;

  constructor(options: DecoderOptions, emit: EventSink) {
    this.#clock = new PacketClock(options);
    this.#flows = new Flows(options, emit);
  }

  line(text: string, line: number): Understanding {
    if (this.#left > 0) return this.#chunk(text, line);
    if (this.#form === 'ascii' && this.#text !== '' && this.#goesOn(text, line)) return text === '' ? 'noise' : 'event';
    const head = this.#head(text);
    if (head) return 'noise';
    switch (this.#form) {
      case 'ascii':
        return this.#count(text);
      case 'hex':
        return this.#hexRow(text, line);
      case 'raw':
        return this.#rawRow(text, line);
      case 'yaml':
        return this.#yaml(text, line);
      default:
        return 'unparsed';
    }
  }

  end(): void {
    this.#flush();
    this.#release(-1);
    this.#flows.end();
  }

  #head(text: string): boolean {
    if (text.startsWith('Follow: tcp,') || text.startsWith('Follow: tls,')) {
      const form = text.slice(12);
      this.#form = form === 'hex' || form === 'raw' || form === 'yaml' ? form : 'ascii';
      this.#begin();
      return true;
    }
    if (text.startsWith('Node ') && text.charCodeAt(6) === 58) {
      this.#nodes[text.charCodeAt(5) - 48] = endOf(text.slice(8));
      return true;
    }
    if (text === 'peers:') {
      this.#form = 'yaml';
      this.#begin();
      return true;
    }
    return text === '' || text.startsWith('Filter: ') || text.startsWith('=====');
  }

  #begin(): void {
    this.#flush();
    this.#release(-1);
    this.#nodes.length = 0;
    this.#time = Number.NaN;
    this.#fresh = true;
  }

  /** `16`, or `<TAB>16` for the second node. */
  #count(text: string): Understanding {
    const from = text.charCodeAt(0) === 9 ? 1 : 0;
    const n = digits(text, from, text.length);
    if (n < 1) return 'unparsed';
    this.#flush();
    this.#side = from;
    this.#left = n;
    this.#slack = 0;
    return 'noise';
  }

  #chunk(text: string, line: number): Understanding {
    // Bare line feeds are one octet where two were counted: the next count shows that the chunk is over.
    if (this.#blank && this.#slack > 0 && this.#left <= this.#slack && isCount(text)) {
      this.#left = 0;
      return this.#count(text);
    }
    const octets = Buffer.byteLength(text);
    this.#blank = text === '';
    if (octets >= this.#left) {
      this.#left = 0;
      this.#add(text, line);
      return 'event';
    }
    this.#left -= octets + (octets + 1 === this.#left ? 1 : 2);
    this.#slack++;
    this.#add(`${text}\n`, line);
    return 'event';
  }

  /**
   * All octets of the chunk were seen if its line feeds had a CR before them; those that had none leave room for more: the
   * last line feed, or rows of what is no text.
   */
  #goesOn(text: string, line: number): boolean {
    if (this.#slack < 1) return false;
    if (text === '') {
      if (this.#text.endsWith('\n')) return false;
      this.#slack--;
      this.#add('\n', line);
      return true;
    }
    const octets = Buffer.byteLength(text);
    if (octets > this.#slack || isCount(text)) return false;
    this.#slack -= octets + 1;
    this.#add(`${text}\n`, line);
    return true;
  }

  /** `<TAB>00000010  50 41 53 53 20 74 65 73  74 0d 0a                 PASS tes t..` */
  #hexRow(text: string, line: number): Understanding {
    const from = text.charCodeAt(0) === 9 ? 1 : text.startsWith('    ') ? 4 : 0;
    if (text.charCodeAt(from + 8) !== 32 || hexIn(text.slice(from, from + 8)) < 0) return 'unparsed';
    const side = from > 0 ? 1 : 0;
    if (side !== this.#side) this.#flush();
    this.#side = side;
    const octets = Buffer.from(text.slice(from + 10, from + 58).replaceAll(' ', ''), 'hex').toString('latin1');
    this.#add(octets, line);
    // A full row may be the last of its segment: then the next goes on where it ended.
    if (octets.length < 16 || octets.endsWith('\n')) this.#flush();
    return 'event';
  }

  #rawRow(text: string, line: number): Understanding {
    const from = text.charCodeAt(0) === 9 ? 1 : 0;
    if ((text.length - from) % 2 !== 0 || !isHex(text, from)) return 'unparsed';
    this.#side = from;
    this.#add(Buffer.from(text.slice(from), 'hex').toString('latin1'), line);
    this.#flush();
    return 'event';
  }

  #yaml(text: string, line: number): Understanding {
    const start = skipBlanks(text, 0);
    if (this.#inData && start >= 6) {
      this.#data += text.trim();
      return 'event';
    }
    this.#flush();
    const item = text.startsWith('- ', start) ? start + 2 : start;
    if (text.startsWith('host: ', item)) this.#host = text.slice(item + 6).trim();
    else if (text.startsWith('port: ', item))
      this.#nodes.push({ host: this.#host, port: portOf(numberIn(text.slice(item + 6))) });
    else if (text.startsWith('peer: ', item)) this.#side = text.charCodeAt(item + 6) - 48;
    else if (text.startsWith('timestamp: ', item)) this.#time = this.#clock.read(text.slice(item + 11).trim());
    else if (text.startsWith('data: !!binary', item)) {
      this.#inData = true;
      this.#data = '';
      this.#dataLine = line;
    } else if (!text.startsWith('packet', item) && !text.startsWith('index: ', item) && !text.startsWith('#', item))
      return 'unparsed';
    return 'noise';
  }

  #add(text: string, line: number): void {
    if (this.#text.length > chunkLimit) return;
    this.#text += text;
    this.#places.push(this.#text.length, line);
  }

  /** The segment is complete. */
  #flush(): void {
    if (this.#inData) {
      this.#inData = false;
      this.#add(Buffer.from(this.#data, 'base64').toString('latin1'), this.#dataLine);
      this.#data = '';
    }
    const text = this.#text;
    if (text === '') return;
    const places = this.#places.slice();
    this.#text = '';
    this.#places.length = 0;
    this.#said(text, places);
  }

  /**
   * A chunk is complete. Wireshark tells of what is missing where the side goes on, which is behind what the other side
   * said meanwhile: the chunks of one side are kept until it is clear that no such note follows.
   */
  #said(text: string, places: readonly number[]): void {
    const missing = behindGap(text);
    const side = this.#side;
    if (missing > 0) this.#release(side);
    else if (side !== this.#runSide || this.#run.length >= runLimit) this.#release(-1);
    this.#runSide = side;
    if (missing > 0) this.#flows.missing(this.#segment(side, places[1] ?? 0));
    if (missing >= text.length) return;
    this.#run.push({
      text: text.slice(missing),
      places: missing === 0 ? places : places.map((place, i) => (i % 2 === 0 ? place - missing : place)),
      time: this.#time,
    });
  }

  /** Reads the chunks kept. `torn`: the side of which something is missing meanwhile, -1 if nothing is. */
  #release(torn: number): void {
    const side = this.#runSide;
    for (const { text, places, time } of this.#run) {
      const segment = { ...this.#segment(side, places[1] ?? 0), time };
      if (this.#fresh) this.#flows.begins(segment);
      this.#fresh = false;
      // What is missing was said before this answer to it, or in answer to this.
      const answer = this.#nodes[side]?.port === control;
      if (torn >= 0 && torn !== side && answer) this.#flows.missing(this.#segment(torn, segment.line));
      const utf8 = this.#form === 'ascii' ? text : Buffer.from(text, 'latin1').toString('utf8');
      const sound = utf8 !== text && !utf8.includes('\ufffd');
      this.#flows.segment(segment, sound ? utf8 : text, unnumbered, 'octets', sound ? [] : places);
      if (torn >= 0 && torn !== side && !answer) this.#flows.missing(this.#segment(torn, segment.line));
    }
    this.#run.length = 0;
  }

  #segment(side: number, line: number): Segment {
    const from = this.#nodes[side] ?? { host: '', port: side + 1 };
    const to = this.#nodes[1 - side] ?? { host: '', port: 2 - side };
    return { line, time: this.#time, stream: '', from, to, side: '' };
  }
}

const missingText = ' bytes missing in capture file]';

/** Index behind `[19 bytes missing in capture file]` and the NUL that ends it; 0 where the text begins otherwise. */
function behindGap(text: string): number {
  if (text.charCodeAt(0) !== 91) return 0;
  const end = skipDigits(text, 1);
  return end > 1 && text.startsWith(missingText, end) ? end + missingText.length + 1 : 0;
}

function isCount(text: string): boolean {
  const from = text.charCodeAt(0) === 9 ? 1 : 0;
  return isDigit(text, from) && skipDigits(text, from) === text.length;
}

/** `192.0.2.7:50003`, `[2001:db8::7]:21`, `2001:db8::7:21` */
function endOf(text: string): End {
  const colon = text.lastIndexOf(':');
  const host = text.slice(0, colon);
  return {
    host: host.startsWith('[') ? host.slice(1, -1) : host,
    port: Math.max(0, digits(text, colon + 1, text.length)),
  };
}

function isHex(text: string, from: number): boolean {
  for (let i = from; i < text.length; i++) {
    const c = text.charCodeAt(i) | 32;
    if (!(c >= 48 && c <= 57) && !(c >= 97 && c <= 102)) return false;
  }
  return text.length > from;
}

const ftpText =
  /^(\d{3}[ -]|(USER|PASS|AUTH|SYST|FEAT|QUIT|RETR|PASV) ?|\t?[0-9A-F]{8} {2}(32 32 30|55 53 45 52)|\t?(323230|55534552)| {6}(MjIw|VVNFU))/;

/** The head is decisive, if FTP follows; its rows count by the form. */
function detect(sample: Sample): number {
  const follow = count(
    sample,
    (text) => text.startsWith('Follow: tcp,') || text === 'peers:' || text.startsWith('Follow: tls,'),
  );
  const ftp = count(sample, (text) => ftpText.test(text) || /^Node \d: .*:21$|^ +port: 21$/.test(text));
  if (follow === 0 || ftp === 0) return 0;
  if (sample.texts.some((text) => text === 'peers:') && !sample.texts.some((text) => text.includes('!!binary')))
    return 0;
  return Math.max(
    0.9,
    share(sample, (text) => ftpText.test(text)),
  );
}

export const wiresharkFollow: Dialect = {
  id: 'wireshark-follow',
  title: 'Follow TCP stream of Wireshark and tshark',
  evidence: 'recorded',
  side: 'sensor',
  identity: 'key',
  example: 'Follow: tcp,ascii',
  marks: ['Follow: tcp,', 'Follow: tls,', 'peers:'],
  detect,
  open: (options, emit) => new WiresharkFollow(options, emit),
};
