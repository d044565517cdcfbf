/**
 * A packet as an object of layers (`tshark -T ek`, `-T json` on one line): either whole dissections with the lines of
 * the wire in them, or the chosen fields as lists.
 */

import { asText, asTexts, isObject, type JsonObject } from '../../../decoding/json.ts';
import { Flows } from '../../../decoding/packets/flows.ts';
import { wireText } from '../../../decoding/packets/octet-text.ts';
import { tcpSegment } from '../../../decoding/packets/octets.ts';
import { numbersOf } from '../../../decoding/packets/order.ts';
import type { PacketClock } from '../../../decoding/packets/time.ts';
import type { DecoderOptions, EventSink } from '../../../model.ts';
import { numberIn, portOf } from '../../../number.ts';
import { epochTime } from '../../../timestamp.ts';
import { FieldPackets } from './field-packets.ts';

/** A field by its names: in its layer or beside it, in JSON or in ek. */
interface Field {
  readonly layer: string;
  readonly name: string;
  readonly inEk: string;
  readonly inEkLayer: string;
}

function field(layer: string, name: string): Field {
  const inEk = name.replaceAll('.', '_');
  return { layer, name, inEk, inEkLayer: `${layer}_${inEk}` };
}

const fields = {
  source: field('ip', 'ip.src'),
  source6: field('ipv6', 'ipv6.src'),
  target: field('ip', 'ip.dst'),
  target6: field('ipv6', 'ipv6.dst'),
  sourcePort: field('tcp', 'tcp.srcport'),
  targetPort: field('tcp', 'tcp.dstport'),
  stream: field('tcp', 'tcp.stream'),
  seq: field('tcp', 'tcp.seq'),
  ack: field('tcp', 'tcp.ack'),
  octets: field('tcp', 'tcp.len'),
  epoch: field('frame', 'frame.time_epoch'),
  time: field('frame', 'frame.time'),
  raw: field('', 'frame_raw'),
  command: field('', 'ftp.request.command'),
  arg: field('', 'ftp.request.arg'),
  code: field('', 'ftp.response.code'),
  text: field('', 'ftp.response.arg'),
};

export class Layers {
  readonly #clock: PacketClock;
  readonly #flows: Flows;
  readonly #packets: FieldPackets;

  constructor(clock: PacketClock, options: DecoderOptions, emit: EventSink) {
    this.#clock = clock;
    this.#flows = new Flows(options, emit);
    this.#packets = new FieldPackets(options, emit);
  }

  /** Emits what the packet says; false if it says nothing of FTP. */
  take(layers: JsonObject, line: number, stamp: unknown): boolean {
    const ftp = layers['ftp'];
    const source = first(layers, fields.source) || first(layers, fields.source6);
    const target = first(layers, fields.target) || first(layers, fields.target6);
    const sourcePort = portOf(numberIn(first(layers, fields.sourcePort)));
    const targetPort = portOf(numberIn(first(layers, fields.targetPort)));
    const stream = first(layers, fields.stream);
    const shown = first(layers, fields.epoch) || first(layers, fields.time);
    const time = shown !== '' ? this.#clock.read(shown) : millis(stamp);
    const tcp = numbersOf(first(layers, fields.seq), first(layers, fields.ack), first(layers, fields.octets));
    if (!isObject(ftp)) {
      if (source === '' && this.#raw(layers, line, time)) return true;
      return this.#packets.take({
        line,
        time,
        stream,
        source,
        sourcePort,
        target,
        targetPort,
        tcp,
        commands: list(layers, fields.command),
        args: list(layers, fields.arg),
        codes: list(layers, fields.code),
        texts: list(layers, fields.text),
      });
    }
    const from = { host: source, port: sourcePort };
    const to = { host: target, port: targetPort };
    const asked = ftp['ftp.request'] ?? ftp['ftp_ftp_request'];
    const side = asked === true || asked === '1' || asked === 1 || asked === 'True' ? 'client' : 'server';
    const text = wiresOf(ftp).map(wireText).join('');
    return text !== '' && this.#flows.segment({ line, time, stream, from, to, side }, text, tcp);
  }

  /** `-x` and jsonraw: the frame in hexadecimal. */
  #raw(layers: JsonObject, line: number, time: number): boolean {
    const hex = first(layers, fields.raw);
    const tcp = hex === '' ? undefined : tcpSegment(hex);
    if (tcp === undefined || tcp.text === '') return false;
    return this.#flows.segment({ line, time, stream: '', from: tcp.from, to: tcp.to, side: '' }, tcp.text, tcp.tcp);
  }

  end(): void {
    this.#flows.end();
    this.#packets.end();
  }
}

/** The lines of the wire: keys of a JSON layer, `text` of an ek layer. */
function wiresOf(ftp: JsonObject): readonly string[] {
  const text = ftp['text'];
  if (text !== undefined) return listOf(text);
  return Object.keys(ftp).filter((key) => !key.startsWith('ftp.') && !key.startsWith('ftp_') && !key.startsWith('_ws'));
}

const nothing: readonly string[] = [];

function first(layers: JsonObject, f: Field): string {
  const inner = f.layer === '' ? undefined : layers[f.layer];
  if (isObject(inner)) {
    const found = inner[f.name] ?? inner[f.inEkLayer];
    if (found !== undefined) return firstOf(found);
  }
  return firstOf(layers[f.name] ?? layers[f.inEk]);
}

function firstOf(value: unknown): string {
  return asText(Array.isArray(value) ? value[0] : value);
}

function list(layers: JsonObject, f: Field): readonly string[] {
  return listOf(layers[f.name] ?? layers[f.inEk]);
}

function listOf(value: unknown): readonly string[] {
  if (value === undefined) return nothing;
  return Array.isArray(value) ? asTexts(value) : [asText(value)];
}

function millis(stamp: unknown): number {
  return epochTime(asText(stamp), 3);
}
