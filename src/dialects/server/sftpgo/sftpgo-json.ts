/** SFTPGo's usual log: a JSON object a line (zerolog). */

import { count, share } from '../../../decoding/detect.ts';
import { asText, jsonObject } from '../../../decoding/json.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../../model.ts';
import { Clock } from '../../../timestamp.ts';
import { Sftpgo } from './entries.ts';

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new Clock(options);
  const sftpgo = new Sftpgo(emit);
  return {
    line(text: string, line: number): Understanding {
      const o = jsonObject(text);
      if (o === undefined || typeof o['sender'] !== 'string' || typeof o['level'] !== 'string') return 'unparsed';
      return sftpgo.read(
        o['sender'],
        asText(o['message']),
        (name) => asText(o[name]),
        line,
        clock.iso(asText(o['time'])),
      );
    },
  };
}

const shape = /^\{"level":"\w+","time":"[^"]+","sender":"/;

function detect(sample: Sample): number {
  const ftp = count(
    sample,
    (text) => shape.test(text) && /"sender":"ftpserverlib"|"connection_id":"FTP_|"protocol":"FTP"/.test(text),
  );
  return ftp > 0 ? share(sample, (text) => shape.test(text)) : 0;
}

export const sftpgoJson: Dialect = {
  id: 'sftpgo-json',
  title: 'SFTPGo',
  evidence: 'pasted',
  side: 'server',
  identity: 'key',
  lacks: ['commands', 'replies'],
  example:
    '{"level":"debug","time":"2025-09-14T16:57:09.591","sender":"ftpserverlib","server_id":"FTP_0","clientId":"13","message":"Received line","line":"SYST"}',
  marks: ['","sender":"'],
  detect,
  open,
};
