/**
 * `tshark -T json`: one array over the whole file, indented. It is read line by line, since a layer repeats keys that
 * JSON.parse would drop, and the FTP layer has the lines of the wire as keys. With `-e` it holds lists of fields.
 *
 *   "ftp": {
 *     "ftp.request": "1",
 *     "USER alice\\r\\n": {
 */

import { count, share } from '../../../decoding/detect.ts';
import { at, isObject, jsonObject, path } from '../../../decoding/json.ts';
import { tcpSegment } from '../../../decoding/packets/octets.ts';
import { PacketClock } from '../../../decoding/packets/time.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../../model.ts';
import { skipBlanks } from '../../../text.ts';
import { Layers } from './layers.ts';

/** Fields that are kept of a packet. */
const kept: ReadonlySet<string> = new Set([
  'frame.time_epoch',
  'frame.time',
  'ip.src',
  'ip.dst',
  'ipv6.src',
  'ipv6.dst',
  'tcp.srcport',
  'tcp.dstport',
  'tcp.stream',
  'tcp.seq',
  'tcp.ack',
  'tcp.len',
  'ftp.request.command',
  'ftp.request.arg',
  'ftp.response.code',
  'ftp.response.arg',
  'ftp.request',
  'frame_raw',
]);
const valuesLimit = 10_000;

const sourceLayers = path('_source.layers');

class TsharkJson implements Decoder {
  readonly #layers: Layers;
  #fields: Record<string, unknown> = {};
  #wires: string[] = [];
  #inPacket = false;
  /** Indentation of the FTP layer's key; -1 outside. */
  #ftpIndent = -1;
  /** The list that is open, and its values. */
  #list: string[] | undefined;
  #packetLine = 0;

  constructor(options: DecoderOptions, emit: EventSink) {
    this.#layers = new Layers(new PacketClock(options), options, emit);
  }

  line(text: string, line: number): Understanding {
    const start = skipBlanks(text, 0);
    const c = text.charCodeAt(start);
    if (text.startsWith('"_index": ', start)) return this.#begin(line);
    if (!this.#inPacket) return c === 91 || c === 123 || c === 93 ? this.#whole(text, line) : 'unparsed';
    if (c === 34) return this.#member(text, start);
    if (c === 93) this.#list = undefined;
    else if (c === 125 && start === this.#ftpIndent) this.#ftpIndent = -1;
    else if (c !== 125 && c !== 123 && c !== 91 && !isScalar(c)) return 'unparsed';
    return 'noise';
  }

  end(): void {
    this.#settle();
    this.#layers.end();
  }

  #begin(line: number): Understanding {
    this.#settle();
    this.#inPacket = true;
    this.#packetLine = line;
    return 'event';
  }

  /** A packet on a line of its own (after `jq -c`), or a bracket. */
  #whole(text: string, line: number): Understanding {
    const object = jsonObject(text.endsWith(',') ? text.slice(0, -1) : text);
    if (object === undefined) return text.trim().length <= 2 ? 'noise' : 'unparsed';
    const layers = at(object, sourceLayers);
    if (!isObject(layers)) return 'unparsed';
    return this.#layers.take(layers, line, undefined) ? 'event' : 'noise';
  }

  /** `"key": "value",`, `"key": {`, `"key": [` or a value of a list. */
  #member(text: string, start: number): Understanding {
    const end = stringEnd(text, start);
    if (end < 0) return 'unparsed';
    if (text.charCodeAt(end + 1) !== 58) {
      if (this.#list !== undefined && this.#list.length < valuesLimit) this.#list.push(string(text, start, end));
      return 'noise';
    }
    const key = text.slice(start + 1, end);
    const value = end + 3;
    const opens = text.charCodeAt(value);
    if (key === 'ftp' && opens === 123) this.#ftpIndent = start;
    else if (this.#ftpIndent >= 0 && opens === 123 && !key.startsWith('ftp.') && start <= this.#ftpIndent + 4) {
      if (this.#wires.length < valuesLimit) this.#wires.push(string(text, start, end));
      return 'event';
    }
    if (!kept.has(key)) return 'noise';
    if (opens === 91) {
      this.#list = [];
      this.#fields[key] = this.#list;
    } else if (opens === 34) {
      const close = stringEnd(text, value);
      if (close > 0) this.#fields[key] = string(text, value, close);
    }
    return 'noise';
  }

  #settle(): void {
    if (!this.#inPacket) return;
    const fields = this.#fields;
    const packet: Record<string, unknown> = { ...fields };
    if (this.#wires.length > 0) packet['ftp'] = { 'ftp.request': fields['ftp.request'], text: this.#wires };
    this.#layers.take(packet, this.#packetLine, undefined);
    this.#fields = {};
    this.#wires = [];
    this.#list = undefined;
    this.#ftpIndent = -1;
    this.#inPacket = false;
  }
}

/** A number, `true`, `false`, `null`. */
function isScalar(c: number): boolean {
  return (c >= 48 && c <= 57) || c === 45 || c === 116 || c === 102 || c === 110;
}

/** Index of the quote that ends the string at `at`; -1. */
function stringEnd(text: string, at: number): number {
  for (let i = at + 1; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 92) i++;
    else if (c === 34) return i;
  }
  return -1;
}

function string(text: string, from: number, to: number): string {
  const raw = text.slice(from + 1, to);
  if (!raw.includes('\\')) return raw;
  const object = jsonObject(`{"s":"${raw}"}`);
  return typeof object?.['s'] === 'string' ? object['s'] : raw;
}

/** A frame in hexadecimal that carries a line of FTP from or to port 21. */
function isRawFtp(text: string): boolean {
  const hex = /^ +"([0-9a-f]{108,})",$/.exec(text)?.[1];
  const tcp = hex === undefined ? undefined : tcpSegment(hex);
  return (
    tcp !== undefined && (tcp.from.port === 21 || tcp.to.port === 21) && /^(\d{3}[ -]|[A-Z]{3,4}( |\r))/.test(tcp.text)
  );
}

function detect(sample: Sample): number {
  const packets = count(
    sample,
    (text) => /^\s*"_index": "packets-/.test(text) || /^\s*\[?\{"_index":"packets-/.test(text),
  );
  const ftp = count(
    sample,
    (text) => /"ftp(": \{|\.(request|response)|":\{)/.test(text) || text.includes(':tcp:ftp"') || isRawFtp(text),
  );
  if (packets === 0 || ftp === 0) return 0;
  return share(sample, (text) => /^\s*("|[[\]{}]|[-\dtfn])/.test(text));
}

function capture(sample: Sample): number {
  const packets = count(sample, (text) => /^\s*\[?\{?\s*"_index": ?"packets-/.test(text));
  return packets > 0 ? share(sample, (text) => /^\s*("|[[\]{}]|[-\dtfn,])/.test(text)) : 0;
}

export const tsharkJson: Dialect = {
  id: 'tshark-json',
  title: 'tshark -T json',
  evidence: 'recorded',
  side: 'sensor',
  identity: 'key',
  example: '"USER alice\\\\r\\\\n": {',
  marks: ['"_index": "packets-', '"_index":"packets-'],
  detect,
  capture,
  open: (options, emit) => new TsharkJson(options, emit),
};
