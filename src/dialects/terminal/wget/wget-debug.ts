/** `wget -d` (1.21.3, recorded). Passwords stand in clear. */

import { count, understoodShare } from '../../../decoding/detect.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample } from '../../../model.ts';
import { Wget } from './lines.ts';

function open(options: DecoderOptions, emit: EventSink): Decoder {
  return new Wget(options, emit);
}

const own = /^(?:DEBUG output created by Wget|Created socket \d|Closed fd \d|conaddr is: |Releasing 0x)/;

function detect(sample: Sample): number {
  if (count(sample, (text) => own.test(text)) === 0) return 0;
  return count(sample, (text) => text.startsWith('--> ') || text.startsWith('==> ') || text.includes('--  ftp://')) ===
    0
    ? 0
    : understoodShare(sample, open);
}

export const wgetDebug: Dialect = {
  id: 'wget-debug',
  title: 'wget -d',
  evidence: 'recorded',
  side: 'client',
  identity: 'order',
  serial: true,
  example: '--> USER alice',
  marks: ['DEBUG output created by Wget', 'Created socket ', 'Closed fd ', 'conaddr is: ', 'Releasing 0x'],
  detect,
  open,
};
