/** `curl -v --trace-time` (7.88.1, recorded): a time without a date in front of each line. */

import { count, understoodShare } from '../../../decoding/detect.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample } from '../../../model.ts';
import { CurlLines } from './lines.ts';

function open(options: DecoderOptions, emit: EventSink): Decoder {
  return new CurlLines(options, emit, true);
}

function detect(sample: Sample): number {
  const replies = count(sample, (text) => /\d\d:\d\d:\d\d\.\d{6} (?:\[\d+-[\dx]+\] )?< \d{3}[ -]/.test(text));
  return replies === 0 ? 0 : understoodShare(sample, open);
}

export const curlVerboseTime: Dialect = {
  id: 'curl-verbose-time',
  title: 'curl -v --trace-time',
  evidence: 'recorded',
  side: 'client',
  identity: 'order',
  duplex: true,
  serial: true,
  example: '10:00:20.044968 > USER alice',
  marks: [' < '],
  detect,
  open,
};
