/**
 * curl's `--trace-ascii` and `--trace` files (7.88.1, recorded; src/tool_cb_dbg.c): a heading tells what comes and how many
 * octets, rows follow with their offset. Only headers are lines of the control connection.
 *   10:00:19.819012 <= Recv header, 71 bytes (0x47)
 *   0000: 150 Opening BINARY mode data connection for numbers.txt (1892 by
 *   0040: tes).
 * A row of `--trace-ascii` ends after 64 octets or at CR LF, which it does not show; `--trace` shows 16 octets a row in hex.
 */

import { count } from '../../../decoding/detect.ts';
import type { Origin } from '../../../decoding/event.ts';
import type { Decoder, DecoderOptions, EventSink, Sample, Understanding } from '../../../model.ts';
import { digits, isBlank, skipDigits } from '../../../text.ts';
import { Clock } from '../../../timestamp.ts';
import { CurlTalk } from './connections.ts';
import { afterIds, hasTime, isCurlNote } from './mark.ts';

const octetsLimit = 16_384;
const hexStart = 6;
const hexEnd = hexStart + 16 * 3;

type Block = '' | 'sent' | 'received' | 'data';

export class CurlTrace implements Decoder {
  readonly #talk: CurlTalk;
  readonly #clock: Clock;
  readonly #hex: boolean;
  #block: Block = '';
  /** Octets that the block has. */
  #size = 0;
  #time = Number.NaN;
  /** What was read of the block's present line, and where that ends. */
  #text = '';
  #line = 0;
  #next = 0;

  constructor(options: DecoderOptions, emit: EventSink, hex: boolean) {
    this.#talk = new CurlTalk(emit);
    this.#clock = new Clock(options);
    this.#hex = hex;
  }

  line(text: string, line: number): Understanding {
    const row = rowOffset(text);
    if (row >= 0 && this.#block !== '') return this.#row(text, row, line);
    const timed = hasTime(text);
    const at = afterIds(text, timed ? 16 : 0);
    const heading = isHeading(text, at);
    if (heading || this.#text !== '') this.#flush();
    if (!heading) return isBlank(text) || isCurlNote(text) ? 'noise' : 'unparsed';
    this.#time = timed ? this.#clock.timeOfDay(text) : Number.NaN;
    if (text.startsWith('== Info: ', at)) {
      this.#block = '';
      return this.#talk.note(this.#at(line), text, at + 9);
    }
    return this.#opened(text, at);
  }

  end(): void {
    this.#flush();
  }

  #at(line: number): Origin {
    return { line, time: this.#time, session: '', peer: '', user: '' };
  }

  /** `=> Send header, 12 bytes (0xc)`: its lines will be events. */
  #opened(text: string, at: number): Understanding {
    const header = text.startsWith(' header, ', at + 7);
    this.#block = !header ? 'data' : text.charCodeAt(at) === 61 ? 'sent' : 'received';
    this.#size = digits(text, at + 16, skipDigits(text, at + 16));
    this.#text = '';
    this.#next = 0;
    return header ? 'event' : 'noise';
  }

  #row(text: string, offset: number, line: number): Understanding {
    if (this.#block === 'data') return 'noise';
    if (this.#hex) this.#hexRow(text, offset, line);
    else {
      if (offset !== this.#next || this.#text === '') this.#flush();
      if (this.#text === '') this.#line = line;
      this.#add(text.slice(6), offset);
      if (this.#next + 2 >= this.#size) this.#flush();
    }
    return 'event';
  }

  #hexRow(text: string, offset: number, line: number): void {
    if (this.#text === '') this.#line = line;
    let octets = '';
    for (let i = hexStart; i < hexEnd; i += 3) {
      const value = hexAt(text, i) * 16 + hexAt(text, i + 1);
      if (!(value >= 0) || text.charCodeAt(i + 2) !== 32) break;
      octets += String.fromCharCode(value);
    }
    this.#add(octets, offset);
    if (this.#next >= this.#size) this.#flush();
  }

  #add(octets: string, offset: number): void {
    if (this.#text.length < octetsLimit) this.#text += octets;
    this.#next = offset + octets.length;
  }

  /** The lines of the block, or the one that is complete, go to the talk. */
  #flush(): void {
    const all = this.#text;
    if (all === '') return;
    this.#text = '';
    let from = 0;
    while (from < all.length) {
      const feed = all.indexOf('\n', from);
      const end = feed < 0 ? all.length : feed;
      const wire = utf8(all.slice(from, end > from && all.charCodeAt(end - 1) === 13 ? end - 1 : end));
      if (this.#block === 'sent') this.#talk.sent(this.#at(this.#line), wire);
      else this.#talk.received(this.#at(this.#line), wire);
      from = end + 1;
    }
  }
}

/** Offset of a row (`0040: tes).`), -1 if it is none. */
function rowOffset(text: string): number {
  if (text.charCodeAt(4) !== 58 || text.charCodeAt(5) !== 32) return -1;
  let value = 0;
  for (let i = 0; i < 4; i++) value = value * 16 + hexAt(text, i);
  return value >= 0 ? value : -1;
}

/** 0 … 15, NaN for any other character. */
function hexAt(text: string, at: number): number {
  const c = text.charCodeAt(at);
  if (c >= 48 && c <= 57) return c - 48;
  return c >= 97 && c <= 102 ? c - 87 : Number.NaN;
}

function isHeading(text: string, at: number): boolean {
  const first = text.charCodeAt(at);
  if (first === 61) return text.startsWith('== Info: ', at) || text.startsWith('=> Send ', at);
  return first === 60 && text.startsWith('<= Recv ', at);
}

/** Octets as text: UTF-8 if they are that. */
function utf8(octets: string): string {
  for (let i = 0; i < octets.length; i++) {
    if (octets.charCodeAt(i) < 0x80) continue;
    const text = Buffer.from(octets, 'latin1').toString('utf8');
    return text.includes('\ufffd') ? octets : text;
  }
  return octets;
}

/** Heading of what the server said. */
export const receivedHeader = '<= Recv header, ';
const heading = /^(?:[\d:.]{15} )?(?:\[\d+-[\dx]+\] )?(?:== Info: |=> Send |<= Recv )/;

/** A trace of FTP in hex or not: some header's first row holds a reply. */
export function isTrace(sample: Sample, hex: boolean): boolean {
  if (count(sample, (text) => heading.test(text)) === 0) return false;
  const { texts } = sample;
  const reply = hex ? /^0000: 3[1-6] 3\d 3\d (?:20|2d) / : /^0000: [1-6]\d\d(?:[ -]|$)/;
  return texts.some((text, i) => reply.test(text) && (texts[i - 1] ?? '').includes(receivedHeader));
}
