/**
 * `ngrep -W byline` (1.47 recorded): a head for a segment, its lines below, an empty line behind them; CR and other
 * octets that are no text are dots, so a line that ends in a dot ended in CR LF.
 *
 *   T 2026/11/22 11:36:52.018896 192.0.2.7:45678 -> 198.51.100.1:21 [AP] #6
 *   USER alice.
 */

import { Beginnings } from '../../decoding/beginnings.ts';
import { count, share } from '../../decoding/detect.ts';
import { type End, Flows, type Segment } from '../../decoding/packets/flows.ts';
import { unnumbered } from '../../decoding/packets/order.ts';
import { PacketClock } from '../../decoding/packets/time.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { digits, isDigit } from '../../text.ts';

const textLimit = 256 * 1024;

class Ngrep implements Decoder {
  readonly #clock: PacketClock;
  readonly #flows: Flows;
  #segment: Segment | undefined;
  /** A line of the packet whose end is not known yet. */
  #held: string | undefined;
  #heldLine = 0;
  /** Empty lines behind it: ngrep's own, and another if it had an end. */
  #empty = 0;
  /** What was read of the packet, and where it stands. */
  #text = '';
  readonly #places: number[] = [];
  /** ngrep's own empty lines were not taken out. */
  #spaced = false;

  constructor(options: DecoderOptions, emit: EventSink) {
    this.#clock = new PacketClock(options);
    this.#flows = new Flows(options, emit);
  }

  line(text: string, line: number): Understanding {
    if (isHead(text)) {
      this.#say(!this.#spaced && this.#held?.endsWith('.') === true);
      this.#settle();
      this.#empty = 0;
      this.#segment = segmentOf(text, line, this.#clock);
      return this.#segment === undefined ? 'unparsed' : 'event';
    }
    if (isNote(text)) return 'noise';
    if (this.#segment === undefined) return 'unparsed';
    if (text === '') {
      if (++this.#empty !== 2) return 'noise';
      this.#spaced = true;
      this.#say(true);
      return 'noise';
    }
    this.#say(true);
    this.#held = text;
    this.#heldLine = line;
    this.#empty = 0;
    return 'event';
  }

  end(): void {
    this.#say(this.#held?.endsWith('.') === true);
    this.#settle();
    this.#flows.end();
  }

  /** Takes what is held: as a line, or as the end of a packet that has none. */
  #say(ended: boolean): void {
    const text = this.#held;
    if (text === undefined || this.#text.length > textLimit) return;
    this.#held = undefined;
    this.#text += !ended ? text : `${text.endsWith('.') ? text.slice(0, -1) : text}\n`;
    this.#places.push(this.#text.length, this.#heldLine);
  }

  /** The packet is complete. */
  #settle(): void {
    const segment = this.#segment;
    if (segment !== undefined && this.#text !== '')
      this.#flows.segment(segment, this.#text, unnumbered, 'octets', this.#places.slice());
    this.#text = '';
    this.#places.length = 0;
    this.#segment = undefined;
  }
}

/** `T ` (TCP), with or without a time. */
function isHead(text: string): boolean {
  return text.charCodeAt(0) === 84 && text.charCodeAt(1) === 32 && text.includes(' -> ');
}

function segmentOf(text: string, line: number, clock: PacketClock): Segment | undefined {
  const arrow = text.indexOf(' -> ');
  const source = text.lastIndexOf(' ', arrow - 1) + 1;
  const targetEnd = text.indexOf(' ', arrow + 4);
  if (!isDigit(text, arrow - 1)) return undefined;
  const time = source > 3 ? clock.read(text.slice(2, source - 1)) : Number.NaN;
  return {
    line,
    time,
    stream: '',
    from: endOf(text.slice(source, arrow)),
    to: endOf(text.slice(arrow + 4, targetEnd < 0 ? text.length : targetEnd)),
    side: '',
  };
}

function endOf(text: string): End {
  const colon = text.lastIndexOf(':');
  const host = text.slice(0, colon);
  return {
    host: host.startsWith('[') ? host.slice(1, -1) : host,
    port: Math.max(0, digits(text, colon + 1, text.length)),
  };
}

const notes = new Beginnings('interface: … filter: … input: … match: … output: … exit…');

function isNote(text: string): boolean {
  if (text.charCodeAt(0) === 35) return text.endsWith('#') || text.endsWith('#exit') || text.endsWith(' exit');
  return notes.begin(text) || text.endsWith(' received') || text.endsWith(' dropped');
}

const head = /^T (\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d\.\d+ |\+?\d+\.\d+ )?\S+:\d+ -> \S+:\d+( \[[A-Z]*\])?/;

function detect(sample: Sample): number {
  const heads = count(sample, (text) => head.test(text));
  const said = count(sample, (text) =>
    /^(\d{3}[ -].*|(USER|PASS|SYST|QUIT|FEAT|TYPE|PASV|CWD|LIST|RETR)( .*)?)\.$/i.test(text),
  );
  return heads > 0 && said > 0
    ? Math.max(
        0.9,
        share(sample, (text) => head.test(text) || text.endsWith('.')),
      )
    : 0;
}

/** Heads, each with what its packet holds: that may be anything. */
function capture(sample: Sample): number {
  const heads = count(sample, (text) => head.test(text) || /^U \S+:\d+ -> \S+:\d+/.test(text));
  return heads > 1 && head.test(sample.texts.find((text) => !isNote(text)) ?? '') ? 0.9 : 0;
}

export const ngrepByline: Dialect = {
  id: 'ngrep-byline',
  title: 'ngrep -W byline',
  evidence: 'recorded',
  side: 'sensor',
  identity: 'key',
  example: 'T 2026/11/22 11:36:52.018896 192.0.2.7:45678 -> 198.51.100.1:21 [AP] #6',
  marks: [' -> '],
  detect,
  capture,
  open: (options, emit) => new Ngrep(options, emit),
};
