/** BSD ftp with `-d` or `debug`: commands behind `---> `, replies bare (tnftp, inetutils, netkit recorded; ftp.exe -d). */

import { count, understoodShare } from '../../../decoding/detect.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample } from '../../../model.ts';
import { replyCode } from '../../../protocol/reply-line.ts';
import { BsdFtp } from './terminal.ts';

function open(_options: DecoderOptions, emit: EventSink): Decoder {
  return new BsdFtp(emit, false);
}

/** Marked commands and bare replies; lftp marks its replies too. */
function detect(sample: Sample): number {
  const commands = count(sample, (text) => text.startsWith('---> ') || text.startsWith('ftp> ---> '));
  if (commands === 0 || count(sample, (text) => replyCode(text) > 0) === 0) return 0;
  return count(sample, (text) => text.startsWith('<--- ') || text.startsWith('---- Connecting')) > 0
    ? 0
    : understoodShare(sample, open);
}

export const bsdFtpDebug: Dialect = {
  id: 'bsd-ftp-debug',
  title: 'ftp -d (tnftp, inetutils, netkit, BSD, macOS)',
  evidence: 'recorded',
  side: 'client',
  identity: 'order',
  serial: true,
  example: '---> USER alice',
  marks: ['---> '],
  detect,
  open,
};
