/**
 * A packet as an object of layers (`tshark -T ek`, `-T json` on one line): either whole dissections with the lines of
 * the wire in them, or the chosen fields as lists.
 */
import type { EventSink } from '../../model.ts';
import { asText, isObject, type JsonObject } from '../json.ts';
import { FieldPackets } from './field-packets.ts';
import { Flows } from './flows.ts';
import { tcpSegment } from './packet-octets.ts';
import type { PacketClock } from './packet-time.ts';
import { wireText } from './wire-text.ts';

export class Layers {
  readonly #clock: PacketClock;
  readonly #flows: Flows;
  readonly #packets: FieldPackets;

  constructor(clock: PacketClock, emit: EventSink) {
    this.#clock = clock;
    this.#flows = new Flows(emit);
    this.#packets = new FieldPackets(emit);
  }

  /** Emits what the packet says; false if it says nothing of FTP. */
  take(layers: JsonObject, line: number, stamp: unknown): boolean {
    const ftp = layers['ftp'];
    const source = first(layers, 'ip', 'ip.src') || first(layers, 'ipv6', 'ipv6.src');
    const target = first(layers, 'ip', 'ip.dst') || first(layers, 'ipv6', 'ipv6.dst');
    const sourcePort = Number(first(layers, 'tcp', 'tcp.srcport')) || 0;
    const targetPort = Number(first(layers, 'tcp', 'tcp.dstport')) || 0;
    const stream = first(layers, 'tcp', 'tcp.stream');
    const shown = first(layers, 'frame', 'frame.time_epoch') || first(layers, 'frame', 'frame.time');
    const time = shown !== '' ? this.#clock.read(shown) : millis(stamp);
    const packet = { line, time, stream, source, sourcePort, target, targetPort };
    if (!isObject(ftp))
      return source === '' && this.#raw(layers, line, time)
        ? true
        : this.#packets.take({ ...packet, ...fieldsOf(layers) });
    const from = { host: source, port: sourcePort };
    const to = { host: target, port: targetPort };
    const asked = ftp['ftp.request'] ?? ftp['ftp_ftp_request'];
    const side = asked === true || asked === '1' || asked === 1 || asked === 'True' ? 'client' : 'server';
    let any = false;
    for (const wire of wiresOf(ftp))
      any = this.#flows.segment({ line, time, stream, from, to, side }, wireText(wire)) || any;
    return any;
  }

  /** `-x` and jsonraw: the frame in hexadecimal. */
  #raw(layers: JsonObject, line: number, time: number): boolean {
    const hex = list(layers, 'frame_raw')[0] ?? '';
    const tcp = hex === '' ? undefined : tcpSegment(hex);
    if (tcp === undefined || tcp.text === '') return false;
    return this.#flows.segment({ line, time, stream: '', from: tcp.from, to: tcp.to, side: '' }, tcp.text);
  }

  end(): void {
    this.#packets.end();
  }
}

/** The lines of the wire: keys of a JSON layer, `text` of an ek layer. */
function wiresOf(ftp: JsonObject): readonly string[] {
  const text = ftp['text'];
  if (text !== undefined) return listOf(text);
  return Object.keys(ftp).filter((key) => !key.startsWith('ftp.') && !key.startsWith('ftp_') && !key.startsWith('_ws'));
}

function fieldsOf(layers: JsonObject): {
  commands: readonly string[];
  args: readonly string[];
  codes: readonly string[];
  texts: readonly string[];
} {
  return {
    commands: list(layers, 'ftp.request.command'),
    args: list(layers, 'ftp.request.arg'),
    codes: list(layers, 'ftp.response.code'),
    texts: list(layers, 'ftp.response.arg'),
  };
}

/** A field by its name in JSON or in ek, in its layer or beside it. */
function first(layers: JsonObject, layer: string, name: string): string {
  const inner = layers[layer];
  if (isObject(inner)) {
    const found = inner[name] ?? inner[`${layer}_${name.replaceAll('.', '_')}`];
    if (found !== undefined) return listOf(found)[0] ?? '';
  }
  return list(layers, name)[0] ?? '';
}

function list(layers: JsonObject, name: string): readonly string[] {
  return listOf(layers[name] ?? layers[name.replaceAll('.', '_')]);
}

function listOf(value: unknown): readonly string[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value.map(asText) : [asText(value)];
}

function millis(stamp: unknown): number {
  const text = asText(stamp);
  return text === '' ? Number.NaN : Number(text);
}
