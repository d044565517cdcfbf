/**
 * Packets as XML: PDML (`tshark -T pdml`, Wireshark's export) with whole dissections, PSML with the packet list.
 *
 *   <field name="" show="USER alice\r\n" size="12" pos="66" value="…">
 *   <section>Request: USER alice</section>
 */

import { count, share } from '../../../decoding/detect.ts';
import { Flows } from '../../../decoding/packets/flows.ts';
import { PacketClock } from '../../../decoding/packets/time.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../../model.ts';
import { hexIn, numberIn } from '../../../number.ts';
import { skipBlanks } from '../../../text.ts';
import { Layers } from './layers.ts';
import { readSummary } from './tshark-summary.ts';

const kept: ReadonlySet<string> = new Set([
  'frame.time_epoch',
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
  'ftp.request',
  'timestamp',
]);
const wireLimit = 10_000;

class TsharkXml implements Decoder {
  readonly #clock: PacketClock;
  readonly #layers: Layers;
  readonly #flows: Flows;
  #fields: Record<string, unknown> = {};
  #wires: string[] = [];
  #sections: string[] = [];
  #names: readonly string[] = [];
  #inPacket = false;
  #inFtp = false;

  constructor(options: DecoderOptions, emit: EventSink) {
    this.#clock = new PacketClock(options);
    this.#layers = new Layers(this.#clock, options, emit);
    this.#flows = new Flows(options, emit, true);
  }

  line(text: string, line: number): Understanding {
    const start = skipBlanks(text, 0);
    if (text.charCodeAt(start) !== 60) return this.#inPacket || text === '' ? 'noise' : 'unparsed';
    if (text.startsWith('<field ', start)) return this.#field(text, start);
    if (text.startsWith('<section>', start)) {
      const end = text.lastIndexOf('</section>');
      if (this.#sections.length < 64)
        this.#sections.push(unescaped(text.slice(start + 9, end < 0 ? text.length : end)));
      return this.#inPacket ? 'event' : 'noise';
    }
    if (text.startsWith('<proto ', start)) this.#inFtp = attribute(text, start, ' name="') === 'ftp';
    else if (text.startsWith('<packet>', start)) this.#begin();
    else if (text.startsWith('</packet>', start)) this.#settle(line);
    else if (text.startsWith('</structure>', start)) {
      this.#names = this.#sections;
      this.#sections = [];
    } else if (!isMarkup(text, start)) return 'unparsed';
    return 'noise';
  }

  end(): void {
    this.#layers.end();
    this.#flows.end();
  }

  #begin(): void {
    this.#inPacket = true;
    this.#inFtp = false;
    this.#fields = {};
    this.#wires = [];
    this.#sections = [];
  }

  #field(text: string, start: number): Understanding {
    const name = attribute(text, start, ' name="');
    if (this.#inFtp && name === '') {
      if (this.#wires.length < wireLimit) this.#wires.push(unescaped(attribute(text, start, ' show="')));
      return 'event';
    }
    if (kept.has(name)) this.#fields[name] = attribute(text, start, name === 'timestamp' ? ' value="' : ' show="');
    return 'noise';
  }

  #settle(line: number): void {
    this.#inPacket = false;
    if (this.#sections.length > 0) this.#summary(line);
    if (this.#wires.length === 0) return;
    const fields = this.#fields;
    const asked = fields['ftp.request'];
    this.#layers.take(
      { 'frame.time_epoch': fields['timestamp'], ...fields, ftp: { 'ftp.request': asked, text: this.#wires } },
      line,
      undefined,
    );
  }

  #summary(line: number): void {
    const of = (name: string): string => this.#sections[this.#names.indexOf(name)] ?? '';
    if (of('Protocol') !== 'FTP') return;
    const summary = {
      time: of('Time'),
      source: of('Source'),
      target: of('Destination'),
      protocol: 'FTP',
      info: of('Info'),
    };
    readSummary(this.#flows, this.#clock, summary, line);
  }
}

function isMarkup(text: string, at: number): boolean {
  return ['</', '<?xml', '<!--', '<psml', '<pdml', '<structure'].some((start) => text.startsWith(start, at));
}

/** The value behind `mark`, as written; '' if there is none. */
function attribute(text: string, from: number, mark: string): string {
  const at = text.indexOf(mark, from);
  if (at < 0) return '';
  const end = text.indexOf('"', at + mark.length);
  return end < 0 ? '' : text.slice(at + mark.length, end);
}

const entities: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** The text behind `&quot;`, `&#233;`, `&#xe9;`. */
function unescaped(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|\w+);/gi, (whole, name: string) => {
    if (name.charCodeAt(0) !== 35) return entities.get(name) ?? whole;
    const code =
      name.charCodeAt(1) === 120 || name.charCodeAt(1) === 88 ? hexIn(name.slice(2)) : numberIn(name.slice(1));
    return code >= 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

function detect(sample: Sample): number {
  const ftp = count(sample, (text) => /<proto name="ftp"|:ftp"|<section>(Request|Response): |<section>FTP</.test(text));
  if (ftp === 0) return 0;
  return share(sample, (text) => /^\s*<\/?(\?xml|!--|pdml|psml|packet|proto|field|section|structure)/.test(text));
}

function capture(sample: Sample): number {
  const packets = count(sample, (text) => /^\s*<(packet|pdml|psml)\b/.test(text));
  return packets > 0
    ? share(sample, (text) => /^\s*<\/?(\?xml|!--|pdml|psml|packet|proto|field|section|structure)/.test(text))
    : 0;
}

export const tsharkPdml: Dialect = {
  id: 'tshark-pdml',
  title: 'Packets as PDML or PSML',
  evidence: 'recorded',
  side: 'sensor',
  identity: 'key',
  example: '<field name="" show="USER alice\\r\\n" size="12" pos="66" value="55534552">',
  marks: ['<proto name="ftp"', ':ftp"', '<section>Request: ', '<section>Response: ', '<section>FTP<'],
  detect,
  capture,
  open: (options, emit) => new TsharkXml(options, emit),
};
