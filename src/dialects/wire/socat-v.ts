/**
 * `socat -v` between client and server (1.7.4, recorded): a heading with direction and time, then the octets, CR as `\r`.
 *   > 2026/11/22 12:38:36.000749003  length=12 from=0 to=11
 *   USER alice\r
 * The nine digits are microseconds with three zeros in front. Which mark is the server's shows in the greeting.
 */

import { count, understoodShare } from '../../decoding/detect.ts';
import type { Origin } from '../../decoding/event.ts';
import { MarkedWire } from '../../decoding/marked.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { replyCode } from '../../protocol/reply-line.ts';
import { digits, isBlank, skipDigits } from '../../text.ts';
import { Clock } from '../../timestamp.ts';

const pieceLimit = 8192;

class Socat implements Decoder {
  readonly #wire: MarkedWire;
  readonly #clock: Clock;
  /** Mark of the lines that the server sends: 60 (`<`) unless the greeting says otherwise. */
  #server = 60;
  #mark = 0;
  #time = Number.NaN;
  #greeted = false;
  /** The beginning of a line whose rest comes with the next block of the same direction. */
  #piece = '';
  #pieceMark = 0;

  constructor(options: DecoderOptions, emit: EventSink) {
    this.#wire = new MarkedWire(emit);
    this.#clock = new Clock(options);
  }

  line(text: string, line: number): Understanding {
    const at = headingAt(text);
    if (at < 0) return this.#mark === 0 ? (isBlank(text) ? 'noise' : 'unparsed') : this.#said(text, line);
    if (at > 0 && this.#mark !== 0) {
      this.#piece = (this.#pieceMark === this.#mark ? this.#piece : '') + text.slice(0, at).slice(0, pieceLimit);
      this.#pieceMark = this.#mark;
    }
    this.#mark = text.charCodeAt(at);
    this.#time = this.#clock.iso(text, at + 2) - fraction(text, at + 21, true) + fraction(text, at + 21, false);
    return 'event';
  }

  end(): void {
    this.#wire.flush();
  }

  #said(text: string, line: number): Understanding {
    const origin: Origin = { line, time: this.#time, session: '', peer: '', user: '' };
    const whole = this.#pieceMark === this.#mark ? this.#piece + text : text;
    if (this.#pieceMark === this.#mark) this.#pieceMark = 0;
    const wire = unescaped(whole.endsWith('\\r') ? whole.slice(0, -2) : whole);
    if (!this.#greeted) {
      this.#greeted = true;
      const replies = replyCode(wire) > 0;
      this.#server = replies ? this.#mark : 122 - this.#mark;
    }
    return this.#mark === this.#server ? this.#wire.reply(origin, wire) : this.#wire.command(origin, wire);
  }
}

/** Index of `> 2026/11/22 …  length=`, which stands at the start or behind octets without a line end; -1 if there is none. */
function headingAt(text: string): number {
  const length = text.indexOf('  length=');
  if (length < 0) return -1;
  for (let at = length - 22; at >= 0 && at >= length - 34; at--) {
    const mark = text.charCodeAt(at);
    if (
      (mark === 62 || mark === 60) &&
      text.charCodeAt(at + 1) === 32 &&
      text.charCodeAt(at + 6) === 47 &&
      text.charCodeAt(at + 9) === 47
    )
      return at;
  }
  return -1;
}

/** Milliseconds of the fraction at `at`, as `Clock` reads it, or as socat means it. */
function fraction(text: string, at: number, asWritten: boolean): number {
  const end = skipDigits(text, at + 1);
  const n = digits(text, at + 1, end);
  if (n < 0) return 0;
  if (asWritten) return digits(text, at + 1, Math.min(end, at + 4)) * (end - at > 3 ? 1 : 0);
  return Math.floor(end - at - 1 === 9 ? (n < 1e6 ? n / 1e3 : n / 1e6) : n / 10 ** (end - at - 1 - 3));
}

/** `\\` and `\"` as socat writes them; other octets that do not print are `.` for good. */
function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replaceAll('\\"', '"').replaceAll('\\t', '\t').replaceAll('\\\\', '\\');
}

function open(options: DecoderOptions, emit: EventSink): Decoder {
  return new Socat(options, emit);
}

function detect(sample: Sample): number {
  const headings = count(sample, (text) =>
    /[<>] \d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d\.\d+ {2}length=\d+ from=\d+ to=\d+$/.test(text),
  );
  if (headings === 0 || count(sample, (text) => replyCode(text) > 0 && text.endsWith('\\r')) === 0) return 0;
  return understoodShare(sample, open);
}

export const socatV: Dialect = {
  id: 'socat-v',
  title: 'socat -v',
  evidence: 'recorded',
  side: 'wire',
  identity: 'order',
  duplex: true,
  example: '> 2026/11/22 12:38:36.000749003  length=12 from=0 to=11',
  marks: ['  length='],
  detect,
  open,
};
