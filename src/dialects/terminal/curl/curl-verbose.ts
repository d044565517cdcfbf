/** `curl -v` (7.88.1, recorded), also with `--trace-ids`, several runs in one file, the progress meter in between. */

import { count, understoodShare } from '../../../decoding/detect.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample } from '../../../model.ts';
import { CurlLines } from './lines.ts';

function open(options: DecoderOptions, emit: EventSink): Decoder {
  return new CurlLines(options, emit, false);
}

const reply = /(?:^|\d)(?:\[\d+-[\dx]+\] )?< \d{3}[ -]/;
const note =
  /^(?:\[\d+-[\dx]+\] )?\* (?: {2}Trying |Connected to |Connection |Closing |closing |Entry path|ftp_perform|Re-using|Found bundle|Host |IPv[46]: |Access denied|[A-Z][A-Za-z ]{6,})/;

/** Replies of FTP (HTTP answers `< HTTP/1.1 200`) and notes of curl. */
function detect(sample: Sample): number {
  if (count(sample, (text) => reply.test(text)) === 0) return 0;
  return count(sample, (text) => note.test(text) || /\d\* {3}Trying /.test(text)) === 0
    ? 0
    : understoodShare(sample, open);
}

export const curlVerbose: Dialect = {
  id: 'curl-verbose',
  title: 'curl -v',
  evidence: 'recorded',
  side: 'client',
  identity: 'order',
  duplex: true,
  serial: true,
  example: '> USER alice',
  marks: ['< '],
  detect,
  open,
};
