/**
 * OpenCanary, a honeypot: logtype 2000 is a try to log in by FTP, which always fails. Its other records are noise.
 *
 *   {"dst_port": 21, "utc_time": "2025-04-09 08:23:14.061325", "logdata": {"PASSWORD": "x", "USERNAME": "root"}, "logtype": 2000, "src_host": "192.0.2.7", "src_port": 58572}
 */

import { share } from '../../decoding/detect.ts';
import { exchangeEvent, type Origin } from '../../decoding/event.ts';
import { asText, isObject, jsonObject } from '../../decoding/json.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { numberOf, portOf } from '../../number.ts';
import { Clock } from '../../timestamp.ts';

const utc = (): number => 0;

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const universal = new Clock({ ...options, offsetAt: utc });
  const local = new Clock(options);
  return {
    line(text: string, line: number): Understanding {
      const o = jsonObject(text);
      const logdata = o?.['logdata'];
      if (o === undefined || typeof o['logtype'] !== 'number' || o['src_host'] === undefined) return 'unparsed';
      if (o['logtype'] !== 2000 || !isObject(logdata)) return 'noise';
      const peer = asText(o['src_host']);
      const port = portOf(numberOf(o['src_port']));
      const stamp = asText(o['utc_time']);
      const user = asText(logdata['USERNAME']);
      const at: Origin = {
        line,
        time: stamp !== '' ? universal.iso(stamp) : local.iso(asText(o['local_time'])),
        session: `${peer}:${port}`,
        peer,
        user: '',
      };
      emit(exchangeEvent(at, 'USER', user, 331, { inferred: true, peerPort: port }));
      emit(exchangeEvent(at, 'PASS', asText(logdata['PASSWORD']), 530, { inferred: true, peerPort: port }));
      return 'event';
    },
  };
}

function detect(sample: Sample): number {
  const ftp = share(sample, (text) => /"logtype": ?2000\b/.test(text) && text.includes('"USERNAME"'));
  return ftp === 0 ? 0 : share(sample, (text) => /"logtype": ?\d+/.test(text) && text.includes('"src_host"'));
}

export const opencanaryFtp: Dialect = {
  id: 'opencanary-ftp',
  title: 'OpenCanary, FTP logins',
  evidence: 'pasted',
  side: 'sensor',
  identity: 'key',
  lacks: ['commands', 'transfers'],
  example:
    '{"logdata": {"PASSWORD": "x", "USERNAME": "root"}, "logtype": 2000, "src_host": "192.0.2.7", "src_port": 58572}',
  marks: ['"logtype":'],
  detect,
  open,
};
