/**
 * `tshark -T fields`: columns chosen by the user, in any order, parted by TAB or another mark, quoted or not, with a head
 * or none; then they are learned from what stands in them. Of a segment only the first line has fields.
 *
 *   1329843164.864218000<TAB>192.0.2.7<TAB>198.51.100.1<TAB>0<TAB>USER<TAB>alice<TAB><TAB>
 */

import { cells, quoteOf } from '../../../decoding/columns.ts';
import { numbersOf, unnumbered } from '../../../decoding/packets/order.ts';
import { PacketClock } from '../../../decoding/packets/time.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../../model.ts';
import { codeAt } from '../../../protocol/reply-line.ts';
import { digits } from '../../../text.ts';
import {
  at,
  isAddress,
  isCode,
  isHead,
  isInfo,
  isKnownVerb,
  isTime,
  type Layout,
  learned,
  named,
} from './field-columns.ts';
import { FieldPackets } from './field-packets.ts';

/** Rows held until the columns are known. */
const learnLimit = 200;
/** Enough rows to tell the columns, if they hold both commands and replies. */
const learnRows = 12;
const tab = 9;
const marks: readonly number[] = [tab, 44, 59, 124, 94];
const blank = 32;
const none: readonly string[] = [];

class TsharkFields implements Decoder {
  readonly #clock: PacketClock;
  readonly #packets: FieldPackets;
  #mark = 0;
  /** The quoting of the table; 0 as long as none was seen. */
  #quote = 0;
  #layout: Layout | undefined;
  #held: { readonly values: readonly string[]; readonly line: number }[] = [];
  #commands = 0;
  #codes = 0;

  constructor(options: DecoderOptions, emit: EventSink) {
    this.#clock = new PacketClock(options);
    this.#packets = new FieldPackets(options, emit);
  }

  line(text: string, line: number): Understanding {
    if (this.#mark === 0) this.#mark = markOf(text);
    if (this.#mark === 0) return 'unparsed';
    if (this.#quote === 0) this.#quote = quoteIn(text, this.#mark);
    const values = cells(text, this.#mark, this.#quote);
    const layout = this.#layout;
    if (layout !== undefined && !isHead(values)) {
      if (values.length < layout.count - 2) return 'unparsed';
      return this.#row(layout, values, line);
    }
    if (!isHead(values)) return this.#learn(values, line);
    this.end();
    this.#layout = named(values);
    return 'noise';
  }

  end(): void {
    this.#settle();
    this.#packets.end();
  }

  #learn(values: readonly string[], line: number): Understanding {
    if (values.length < 2) return 'unparsed';
    this.#held.push({ values, line });
    if (values.some(isKnownVerb)) this.#commands++;
    if (values.some(isCode)) this.#codes++;
    const enough = this.#held.length >= learnRows && this.#commands > 2 && this.#codes > 2;
    if (enough || this.#held.length >= learnLimit) this.#settle();
    return 'event';
  }

  #settle(): void {
    const held = this.#held;
    if (held.length === 0) return;
    this.#held = [];
    const layout = learned(held.map((h) => h.values));
    if (layout === undefined) return;
    this.#layout = layout;
    for (const h of held) this.#row(layout, h.values, h.line);
  }

  #row(layout: Layout, values: readonly string[], line: number): Understanding {
    const time = this.#clock.read(at(values, layout.time));
    const source = at(values, layout.source) || at(values, layout.source6);
    if (Number.isNaN(time) && layout.time >= 0 && !(layout.source >= 0 && isAddress(source))) return 'unparsed';
    let command = at(values, layout.command);
    let arg = at(values, layout.arg);
    let code = at(values, layout.code);
    let text = at(values, layout.text);
    const info = at(values, layout.info);
    if (command === '' && code === '' && isInfo(info)) {
      const request = info.startsWith('Request: ');
      const said = info.slice(request ? 9 : 10);
      const word = said.indexOf(' ') < 0 ? said.length : said.indexOf(' ');
      if (request) {
        command = said.slice(0, word);
        arg = said.slice(word + 1);
      } else {
        code = codeAt(said) >= 0 ? said.slice(0, 3) : '';
        text = code === '' ? said : said.slice(4);
      }
    }
    const commands = command === '' ? none : command.includes(',') ? command.split(',') : [command];
    const codes = code === '' ? none : code.split(',').filter((c) => digits(c, 0, c.length) >= 0);
    const said = this.#packets.take({
      line,
      time,
      stream: at(values, layout.stream),
      source,
      sourcePort: port(at(values, layout.sourcePort)),
      target: at(values, layout.target) || at(values, layout.target6),
      targetPort: port(at(values, layout.targetPort)),
      tcp:
        layout.octets < 0
          ? unnumbered
          : numbersOf(at(values, layout.seq), at(values, layout.ack), at(values, layout.octets)),
      commands,
      args: commands.length > 1 ? arg.split(',') : [arg],
      codes,
      texts: text === '' ? none : textsOf(text, codes),
    });
    return said ? 'event' : 'noise';
  }
}

/** Commas part lines and stand in them: only where codes differ they part replies. */
function textsOf(text: string, codes: readonly string[]): readonly string[] {
  if (codes.length < 2) return [text];
  const parts = text.split(',');
  if (parts.length <= codes.length) return parts;
  return [...parts.slice(0, codes.length - 1), parts.slice(codes.length - 1).join(',')];
}

function port(text: string): number {
  return Math.max(0, digits(text, 0, text.length));
}

/** The first mark that parts the line into most values; blanks do where they part the names of a head. */
function markOf(text: string): number {
  let best = 0;
  let most = 2;
  for (const mark of marks) {
    const n = cells(text, mark).length;
    if (n > most) {
      best = mark;
      most = n;
      if (mark === tab) break;
    }
  }
  if (best === 0 && text.includes('ftp.re') && isHead(cells(text, blank))) return blank;
  return best;
}

/** The quote that values stand in: empty ones have none, so that a row may not begin with it. */
function quoteIn(text: string, mark: number): number {
  const first = quoteOf(text, mark);
  if (first > 0 || text.charCodeAt(0) !== mark) return first;
  let i = 0;
  while (text.charCodeAt(i) === mark) i++;
  const c = text.charCodeAt(i);
  const last = text.charCodeAt(text.length - 1);
  return (c === 34 || c === 39) && (last === c || last === mark) ? c : 0;
}

/**
 * A head that names FTP's fields, or rows with a verb or a code in columns of their own, and an address or a time, or
 * hardly anything else.
 */
function detect(sample: Sample): number {
  const { texts } = sample;
  const first = texts[0] ?? '';
  const mark = markOf(first);
  if (mark === 0) return 0;
  const quote = texts.map((text) => quoteIn(text, mark)).find((q) => q > 0) ?? 0;
  const rows = texts.map((text) => cells(text, mark, quote));
  const head = rows[0] ?? [];
  const ofWidth = rows.filter((row) => Math.abs(row.length - head.length) <= 1);
  const said = ofWidth.filter((row) => row.some((value) => isKnownVerb(value) || isCode(value) || isInfo(value)));
  if (isHead(head)) {
    const named = head.some((name) => name.startsWith('ftp.')) || said.length > 0;
    return named ? ofWidth.length / rows.length : 0;
  }
  if (mark !== tab && !head.some(isAddress)) return 0;
  // A packet is of one side: who writes command and code on one line is another program.
  if (said.filter((row) => row.some(isKnownVerb) && row.some(isCode)).length * 2 > said.length) return 0;
  const placed = ofWidth.filter((row) => row.some((value) => isTime(value) || isAddress(value)));
  const verbs = said.filter((row) => row.some((value) => isKnownVerb(value) || isInfo(value))).length;
  // A table of numbers has codes, too, but neither verbs nor addresses.
  if (verbs === 0 && !rows.some((row) => row.some(isAddress))) return 0;
  // Codes alone: half of the packets are the client's.
  if (said.length * 4 < rows.length || (verbs === 0 && said.length * 3 < rows.length)) return 0;
  if (placed.length > 0) return (placed.length / rows.length) * 0.9;
  return verbs > 1 && said.length * 10 >= rows.length * 9 && said.length > verbs ? 0.8 : 0;
}

export const tsharkFields: Dialect = {
  id: 'tshark-fields',
  title: 'tshark -T fields',
  evidence: 'recorded',
  side: 'sensor',
  identity: 'key',
  example: '1329843164.864218000\t192.0.2.7\t198.51.100.1\t0\tUSER\talice\t\t',
  detect,
  open: (options, emit) => new TsharkFields(options, emit),
};
