/**
 * SmartFTP (pasted, 1.5 and 2.5). The older log indents what is no reply by four blanks; the newer one puts a time before
 * every line and indents nothing. Which side a line is of shows in its content.
 */

import { declared } from '../../decoding/declared.ts';
import { share } from '../../decoding/detect.ts';
import { isReplyLine, startsWithVerb } from '../../decoding/wire-line.ts';
import type { Sample } from '../../model.ts';

const named = /^(?:\[\d\d:\d\d:\d\d\] | {4})(?:SmartFTP v\d|Connecting to \S+ Port: \d)/;
const head = /^(?:\[\d\d:\d\d:\d\d\] | {4})/;

/** A log whose beginning is missing shows only by where its commands stand. */
function weight(sample: Sample): number {
  if (sample.texts.some((text) => named.test(text))) return 1;
  const commands = share(sample, (text) => head.test(text) && startsWithVerb(text.replace(head, '')));
  return commands >= 0.2 && sample.texts.some((text) => isReplyLine(text.replace(/^\[.{8}\] /, ''))) ? 0.75 : 0;
}

export const smartFtp = declared({
  id: 'smartftp',
  title: 'SmartFTP',
  evidence: 'pasted',
  side: 'client',
  identity: 'order',
  serial: true,
  example: '[00:38:04] USER alice',
  heads: ['[{time:clock}] ', '    '],
  lines: [
    ['told', '{said}'],
    ['connecting', 'Connecting to {server}'],
    ['opened', 'Connected to …'],
    ['closed', 'Server closed connection…', 'Client closed the connection…'],
    ['note', '…'],
  ],
  bare: [
    ['told', '{said}'],
    ['noise', '{_}'],
  ],
  voice: 'conversation',
  holdsData: true,
  weight,
});
