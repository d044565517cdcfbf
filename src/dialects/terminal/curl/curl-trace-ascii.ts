/** `curl --trace-ascii FILE` (7.88.1, recorded), also with `--trace-time` and `--trace-ids`. */

import { understoodShare } from '../../../decoding/detect.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample } from '../../../model.ts';
import { CurlTrace, isTrace, receivedHeader } from './trace.ts';

function open(options: DecoderOptions, emit: EventSink): Decoder {
  return new CurlTrace(options, emit, false);
}

function detect(sample: Sample): number {
  return isTrace(sample, false) ? understoodShare(sample, open) : 0;
}

export const curlTraceAscii: Dialect = {
  id: 'curl-trace-ascii',
  title: 'curl --trace-ascii',
  evidence: 'recorded',
  side: 'client',
  identity: 'order',
  duplex: true,
  serial: true,
  example: '0000: USER alice',
  marks: [receivedHeader],
  detect,
  open,
};
