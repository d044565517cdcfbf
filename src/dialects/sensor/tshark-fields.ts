/**
 * `tshark -T fields`: columns chosen by the user, parted by TAB or another mark, quoted or not, with a head or none;
 * then they are learned from what stands in them. Several lines of a segment are joined by commas.
 *
 *   1329843164.864218000<TAB>192.0.2.7<TAB>198.51.100.1<TAB>0<TAB>USER<TAB>alice<TAB><TAB>
 */
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { isVerb } from '../../protocol/commands.ts';
import { digits, isDigit } from '../../text.ts';
import { count, share } from '../detect.ts';
import { cells } from './columns.ts';
import { FieldPackets } from './field-packets.ts';
import { PacketClock } from './packet-time.ts';

interface Layout {
  time: number;
  source: number;
  sourcePort: number;
  target: number;
  targetPort: number;
  stream: number;
  command: number;
  arg: number;
  code: number;
  text: number;
  count: number;
}

/** Rows held until the columns are known. */
const learnLimit = 200;
const marks: readonly number[] = [9, 44, 59, 124, 94];

class TsharkFields implements Decoder {
  readonly #clock: PacketClock;
  readonly #packets: FieldPackets;
  #mark = 0;
  #layout: Layout | undefined;
  #held: { readonly values: readonly string[]; readonly line: number }[] = [];

  constructor(options: DecoderOptions, emit: EventSink) {
    this.#clock = new PacketClock(options);
    this.#packets = new FieldPackets(emit);
  }

  line(text: string, line: number): Understanding {
    if (this.#mark === 0) this.#mark = markOf(text);
    if (this.#mark === 0) return 'unparsed';
    const values = cells(text, this.#mark);
    if (isHead(values)) {
      this.end();
      this.#layout = named(values);
      return 'noise';
    }
    const layout = this.#layout;
    if (layout === undefined) return this.#learn(values, line);
    if (values.length < layout.count - 2) return 'unparsed';
    return this.#row(layout, values, line);
  }

  end(): void {
    this.#settle();
    this.#packets.end();
  }

  #learn(values: readonly string[], line: number): Understanding {
    if (values.length < 3) return 'unparsed';
    this.#held.push({ values, line });
    if (this.#held.length >= learnLimit || (values.some(isKnownVerb) && this.#held.length > 1)) this.#settle();
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
    if (Number.isNaN(time) && !isAddress(at(values, layout.source)) && layout.time + layout.source > -2)
      return 'unparsed';
    const command = at(values, layout.command);
    const code = at(values, layout.code);
    const text = at(values, layout.text);
    const commands = command === '' ? [] : command.split(',');
    const codes = code === '' ? [] : code.split(',').filter((c) => digits(c, 0, c.length) > 0);
    const arg = at(values, layout.arg);
    const said = this.#packets.take({
      line,
      time,
      stream: at(values, layout.stream),
      source: at(values, layout.source),
      sourcePort: port(at(values, layout.sourcePort)),
      target: at(values, layout.target),
      targetPort: port(at(values, layout.targetPort)),
      commands,
      args: commands.length > 1 ? arg.split(',') : [arg],
      codes,
      texts: text === '' ? [] : textsOf(text, codes),
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

function at(values: readonly string[], column: number): string {
  return column < 0 ? '' : (values[column] ?? '');
}

function port(text: string): number {
  return Math.max(0, digits(text, 0, text.length));
}

function isHead(values: readonly string[]): boolean {
  return values.some(
    (v) => v === 'ftp.request.command' || v === 'ftp.response.code' || v === 'ftp.request' || v === 'ftp.response.arg',
  );
}

/** The first mark that parts the line into most values. */
function markOf(text: string): number {
  let best = 0;
  let most = 2;
  for (const mark of marks) {
    const n = cells(text, mark).length;
    if (n > most) {
      best = mark;
      most = n;
      if (mark === 9) break;
    }
  }
  return best;
}

function named(values: readonly string[]): Layout {
  const of = (...names: readonly string[]): number => values.findIndex((v) => names.includes(v));
  return {
    time: of(
      'frame.time_epoch',
      'frame.time',
      'frame.time_utc',
      '_ws.col.Time',
      'frame.time_relative',
      '_ws.col.cls_time',
    ),
    source: of('ip.src', 'ipv6.src', '_ws.col.Source', '_ws.col.def_src', 'ip.src_host'),
    sourcePort: of('tcp.srcport'),
    target: of('ip.dst', 'ipv6.dst', '_ws.col.Destination', '_ws.col.def_dst', 'ip.dst_host'),
    targetPort: of('tcp.dstport'),
    stream: of('tcp.stream'),
    command: of('ftp.request.command'),
    arg: of('ftp.request.arg'),
    code: of('ftp.response.code'),
    text: of('ftp.response.arg'),
    count: values.length,
  };
}

/** The columns by what rows hold: a column of verbs, one of codes, each with its text behind it. */
function learned(rows: readonly (readonly string[])[]): Layout | undefined {
  const width = Math.max(...rows.map((r) => r.length));
  const verbs: number[] = [];
  const codes: number[] = [];
  for (const row of rows) {
    row.forEach((value, i) => {
      if (isKnownVerb(value)) verbs[i] = (verbs[i] ?? 0) + 1;
      if (isCode(value)) codes[i] = (codes[i] ?? 0) + 1;
    });
  }
  let command = top(verbs);
  let code = top(codes);
  if (command < 0 && code < 0) return undefined;
  if (command < 0 && code >= 2 && rows.every((r) => at(r, code - 2) === '' || !isCode(at(r, code)))) command = code - 2;
  if (code < 0 && command + 2 < width) code = command + 2;
  const first = rows.find((r) => r.length === width) ?? [];
  const hosts = [...first.keys()].filter((i) => isAddress(first[i] ?? ''));
  const edge = Math.min(command < 0 ? width : command, code < 0 ? width : code);
  const source = hosts[0] ?? -1;
  const target = hosts[1] ?? -1;
  const numbers = [...first.keys()].filter((i) => i < edge && i > Math.max(-1, source) && isNumber(first[i] ?? ''));
  const adjacent = numbers.includes(source + 1) && target === source + 2;
  const behind = numbers.filter((i) => i > target);
  const sourcePort = adjacent ? source + 1 : behind.length >= 2 ? (behind[0] ?? -1) : -1;
  const targetPort = adjacent ? target + 1 : behind.length >= 2 ? (behind[1] ?? -1) : -1;
  const stream = numbers.find((i) => i !== sourcePort && i !== targetPort && i > Math.max(target, source)) ?? -1;
  const time = [...first.keys()].find((i) => i < edge && isTime(first[i] ?? '')) ?? -1;
  const texts = (column: number): number => (column < 0 || column + 1 >= width ? -1 : column + 1);
  return {
    time,
    source,
    sourcePort,
    target,
    targetPort,
    stream,
    command,
    arg: texts(command),
    code,
    text: texts(code),
    count: width,
  };
}

function top(counts: readonly number[]): number {
  let best = -1;
  counts.forEach((n, i) => {
    if (n > (best < 0 ? 0 : (counts[best] ?? 0))) best = i;
  });
  return best;
}

function isKnownVerb(value: string): boolean {
  return value.length >= 3 && value.length <= 4 && isVerb(value.toUpperCase());
}

function isCode(value: string): boolean {
  if (value.length < 3 || value.charCodeAt(0) < 49 || value.charCodeAt(0) > 54) return false;
  return digits(value, 0, 3) >= 100 && (value.length === 3 || value.charCodeAt(3) === 44);
}

function isAddress(value: string): boolean {
  return /^(\d{1,3}(\.\d{1,3}){3}|[0-9a-f]{0,4}(:[0-9a-f]{0,4}){2,7})$/i.test(value);
}

function isNumber(value: string): boolean {
  return value !== '' && digits(value, 0, value.length) >= 0;
}

function isTime(value: string): boolean {
  return /^\d+\.\d+$|^[A-Z][a-z]{2} [ \d]\d, \d{4} |^\d{4}-\d\d-\d\d/.test(value) && !isAddress(value);
}

/** A head that names FTP's fields, or rows with an address or a time and a verb or a code in columns of their own. */
function detect(sample: Sample): number {
  const first = sample.texts[0] ?? '';
  const mark = markOf(first);
  if (
    mark === 0 ||
    !(isDigit(first, 0) || first.charCodeAt(0) === 34 || first.includes('ftp.re') || /^[A-Z0-9f]/i.test(first))
  )
    return 0;
  const width = cells(first, mark).length;
  const row = (text: string): boolean => {
    const values = cells(text, mark);
    return Math.abs(values.length - width) <= 1 && (values.some(isTime) || values.some(isAddress));
  };
  if (isHead(cells(first, mark))) return (1 + count(sample, row)) / sample.texts.length;
  if (mark !== 9 && !values(first, mark).some(isAddress)) return 0;
  const verbs = count(sample, (text) => row(text) && values(text, mark).some(isKnownVerb));
  const codes = count(sample, (text) => row(text) && values(text, mark).some(isCode));
  if (verbs === 0 && codes < sample.texts.length / 2) return 0;
  return verbs + codes === 0 || (verbs + codes) * 4 < sample.texts.length ? 0 : share(sample, row) * 0.9;
}

function values(text: string, mark: number): readonly string[] {
  return cells(text, mark);
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
