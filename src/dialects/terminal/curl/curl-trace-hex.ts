/** `curl --trace FILE` (7.88.1, recorded), also with `--trace-time` and `--trace-ids`. */

import { understoodShare } from '../../../decoding/detect.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample } from '../../../model.ts';
import { CurlTrace, isTrace, receivedHeader } from './trace.ts';

function open(options: DecoderOptions, emit: EventSink): Decoder {
  return new CurlTrace(options, emit, true);
}

function detect(sample: Sample): number {
  return isTrace(sample, true) ? understoodShare(sample, open) : 0;
}

export const curlTraceHex: Dialect = {
  id: 'curl-trace-hex',
  title: 'curl --trace',
  evidence: 'recorded',
  side: 'client',
  identity: 'order',
  duplex: true,
  serial: true,
  example: '0000: 55 53 45 52 20 61 6c 69 63 65 0d 0a             USER alice..',
  marks: [receivedHeader],
  detect,
  open,
};
