/**
 * BSD ftp on a terminal without `-d`: replies, the prompt and what was typed, the transcript that people paste most. The
 * commands are concluded from both, and marked so.
 */

import { count, understoodShare } from '../../../decoding/detect.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample } from '../../../model.ts';
import { replyCode } from '../../../protocol/reply-line.ts';
import { BsdFtp } from './terminal.ts';

function open(_options: DecoderOptions, emit: EventSink): Decoder {
  return new BsdFtp(emit, false);
}

const own =
  /^(?:ftp> ?|Name \(.+\):|Remote system type is |Using binary mode to transfer|Connected and logged into |local: .+ remote: |\d+ bytes (?:sent|received) in |Gate ftp: |Hash mark printing|Not connected\.$|setupsockbufsize: )/;
const windows = /:\(none\)\) ?[:：]|^ftp: \d+ |bytes (?:sent|received) in [\d.]+Seconds/;

/** Replies, and something that only this program prints; no command in sight. */
function detect(sample: Sample): number {
  if (count(sample, (text) => own.test(text)) === 0 || count(sample, (text) => replyCode(text) > 0) === 0) return 0;
  if (count(sample, (text) => text.includes('---> ') || windows.test(text)) > 0) return 0;
  return understoodShare(sample, open) * 0.95;
}

export const bsdFtpVerbose: Dialect = {
  id: 'bsd-ftp-verbose',
  title: 'ftp on a terminal: replies and subcommands',
  evidence: 'recorded',
  side: 'client',
  identity: 'order',
  serial: true,
  example: 'ftp> get a.txt',
  marks: [
    'ftp>',
    'Name (',
    'Remote system type is ',
    'Using binary mode to transfer',
    'Connected and logged into ',
    ' remote: ',
    ' bytes sent in ',
    ' bytes received in ',
    'Gate ftp: ',
    'Hash mark printing',
    'Not connected.',
    'setupsockbufsize: ',
  ],
  detect,
  open,
};
