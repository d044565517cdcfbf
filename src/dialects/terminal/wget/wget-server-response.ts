/** `wget -S` and `wget` as it is (1.21.3, recorded): commands and replies, or steps without codes. */

import { count, understoodShare } from '../../../decoding/detect.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample } from '../../../model.ts';
import { Wget } from './lines.ts';

function open(options: DecoderOptions, emit: EventSink): Decoder {
  return new Wget(options, emit);
}

const own = /^(?:--> [A-Z]{3,4}\b|==> (?:SYST|PWD|TYPE|CWD|SIZE|PASV|EPSV|PORT|EPRT|RETR|LIST|REST|AUTH|PBSZ|PROT)\b)/;
const debug = /^(?:DEBUG output created by Wget|Created socket \d|Closed fd \d)/;

/** Of a server that refuses nothing else may be shown. */
const url = /^--\d{4}-\d\d-\d\d \d\d:\d\d:\d\d-- {2}ftps?:\/\//;

function detect(sample: Sample): number {
  if (count(sample, (text) => own.test(text) || url.test(text)) === 0 || count(sample, (text) => debug.test(text)) > 0)
    return 0;
  return understoodShare(sample, open) * 0.98;
}

export const wgetServerResponse: Dialect = {
  id: 'wget-server-response',
  title: 'wget, with -S or without',
  evidence: 'recorded',
  side: 'client',
  identity: 'order',
  serial: true,
  example: '==> SYST ... done.    ==> PWD ... done.',
  marks: ['--> ', '==> ', '--  ftp'],
  detect,
  open,
};
