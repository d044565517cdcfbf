/**
 * Suricata's eve.json: records of type `ftp`. Those of other types in the same file are noise.
 *
 *   {"timestamp":"2023-09-28T17:43:29.917563+0000","flow_id":21737,"event_type":"ftp","src_ip":"192.0.2.7",…,"ftp":{"command":"PASS",…}}
 */

import { count, share } from '../../../decoding/detect.ts';
import { innermost } from '../../../decoding/innermost.ts';
import { asText, isObject } from '../../../decoding/json.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../../model.ts';
import { numberOf } from '../../../number.ts';
import { skipBlanks, skipDigits } from '../../../text.ts';
import { Clock } from '../../../timestamp.ts';
import { emitSuricata } from './transaction.ts';

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new Clock(options);
  return {
    line(text: string, line: number): Understanding {
      const o = innermost(text);
      const type = o?.['event_type'];
      if (o === undefined || typeof type !== 'string' || typeof o['timestamp'] !== 'string') return 'unparsed';
      const ftp = o['ftp'];
      if (type !== 'ftp' || !isObject(ftp)) return 'noise';
      const from = numberOf(o['src_port']);
      const to = numberOf(o['dest_port']);
      // The record of a reply may be written from the server's side.
      const swapped = from === 21 && to !== 21;
      const peer = asText(swapped ? o['dest_ip'] : o['src_ip']);
      const server = asText(swapped ? o['src_ip'] : o['dest_ip']);
      const port = Math.max(0, swapped ? to : from);
      const flow = flowOf(text) || asText(o['flow_id']);
      const at = {
        line,
        time: clock.iso(o['timestamp']),
        session: flow === '' ? `${peer}:${port}` : flow,
        peer,
        user: '',
      };
      return emitSuricata(ftp, at, port, server, emit) ? 'event' : 'noise';
    },
  };
}

const flowKey = '"flow_id":';

/** The number of the flow as it is written: it has more digits than a number keeps. */
function flowOf(text: string): string {
  const key = text.indexOf(flowKey);
  if (key < 0) return '';
  const start = skipBlanks(text, key + flowKey.length);
  return text.slice(start, skipDigits(text, start));
}

function detect(sample: Sample): number {
  const isFtp = (text: string): boolean =>
    /\\?"event_type\\?": ?\\?"ftp\\?"/.test(text) && /\\?"ftp\\?": ?\{/.test(text) && !text.includes('"suricata"');
  return count(sample, isFtp) === 0 ? 0 : share(sample, (text) => /\\?"event_type\\?": ?\\?"\w+\\?"/.test(text));
}

export const suricataEveFtp: Dialect = {
  id: 'suricata-eve-ftp',
  title: 'Suricata eve.json',
  evidence: 'pasted',
  side: 'sensor',
  identity: 'key',
  example:
    '{"timestamp":"2023-09-28T17:43:29.917563+0000","flow_id":21737,"event_type":"ftp","src_ip":"192.0.2.7","ftp":{"command":"SYST"}}',
  marks: ['"event_type'],
  detect,
  open,
};
