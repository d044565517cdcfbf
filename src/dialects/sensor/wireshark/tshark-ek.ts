/**
 * `tshark -T ek`: pairs of lines for Elasticsearch, an index line and the packet, whole or with chosen fields (`-e`).
 *
 *   {"timestamp":"1795347450003","layers":{"tcp_stream":["0"],"ip_src":["192.0.2.7"],"ftp_request_command":["NOOP"]}}
 */

import { count, share } from '../../../decoding/detect.ts';
import { isObject, jsonObject } from '../../../decoding/json.ts';
import { PacketClock } from '../../../decoding/packets/time.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../../model.ts';
import { Layers } from './layers.ts';

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const layers = new Layers(new PacketClock(options), options, emit);
  return {
    line(text: string, line: number): Understanding {
      if (text.startsWith('{"index":{"_index":"packets-')) return 'noise';
      if (!text.startsWith('{"timestamp"')) return 'unparsed';
      const o = jsonObject(text);
      if (o === undefined || !isObject(o['layers'])) return 'unparsed';
      return layers.take(o['layers'], line, o['timestamp']) ? 'event' : 'noise';
    },
    end: () => layers.end(),
  };
}

function detect(sample: Sample): number {
  if (
    count(
      sample,
      (text) => text.startsWith('{"timestamp"') && text.includes('"layers"') && /"ftp(_|":\{)/.test(text),
    ) === 0
  )
    return 0;
  return share(sample, (text) => text.startsWith('{"timestamp"') || text.startsWith('{"index":{"_index":"packets-'));
}

function capture(sample: Sample): number {
  const packets = count(sample, (text) => text.startsWith('{"index":{"_index":"packets-'));
  return packets > 0 ? share(sample, isPacket) : 0;
}

function isPacket(text: string): boolean {
  return text.startsWith('{"timestamp"') || text.startsWith('{"index":{"_index":"packets-');
}

export const tsharkEk: Dialect = {
  id: 'tshark-ek',
  title: 'tshark -T ek',
  evidence: 'recorded',
  side: 'sensor',
  identity: 'key',
  example:
    '{"timestamp":"1795347450003","layers":{"tcp_stream":["0"],"ip_src":["192.0.2.7"],"ftp_request_command":["NOOP"]}}',
  marks: ['"layers"'],
  detect,
  capture,
  open,
};
