/**
 * Zeek's ftp.log as a JSON object a line, times as epoch seconds, milliseconds or ISO.
 *
 *   {"ts":1187379104.95,"uid":"CpQo…","id.orig_h":"192.0.2.7","id.orig_p":62014,…,"command":"EPSV","reply_code":229,…}
 */

import { count, share } from '../../../decoding/detect.ts';
import { innermost } from '../../../decoding/innermost.ts';
import { asText, at, type JsonObject, path } from '../../../decoding/json.ts';
import { PacketClock } from '../../../decoding/packets/time.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../../model.ts';
import { codeOf, numberOf, portOf } from '../../../number.ts';
import { epochOf } from '../../../timestamp.ts';
import { emitZeek } from './records.ts';

const clientHost = path('id.orig_h');
const clientPort = path('id.orig_p');
const serverHost = path('id.resp_h');

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new PacketClock(options);
  return {
    line(text: string, line: number): Understanding {
      const o = innermost(text);
      const client = o === undefined ? '' : asText(at(o, clientHost));
      if (o === undefined || client === '') return 'unparsed';
      const code = codeOf(numberOf(o['reply_code']));
      if (!isFtp(o)) return 'unparsed';
      emitZeek(
        {
          line,
          time: timeOf(o['ts'], clock),
          uid: asText(o['uid']),
          client,
          clientPort: portOf(numberOf(at(o, clientPort))),
          server: asText(at(o, serverHost)),
          user: asText(o['user']),
          password: asText(o['password']),
          command: asText(o['command']),
          arg: asText(o['arg']),
          code,
          message: asText(o['reply_msg']),
          size: numberOf(o['file_size']),
        },
        emit,
      );
      return 'event';
    },
  };
}

/** Other logs of Zeek have an `id.orig_h`, and one even a `command`. */
function isFtp(o: JsonObject): boolean {
  const path = o['_path'];
  if (typeof path === 'string') return path === 'ftp';
  return (
    typeof o['command'] === 'string' &&
    (o['reply_code'] !== undefined ||
      o['reply_msg'] !== undefined ||
      o['password'] !== undefined ||
      asText(o['arg']).startsWith('ftp://'))
  );
}

function timeOf(ts: unknown, clock: PacketClock): number {
  if (typeof ts === 'string') return clock.read(ts);
  return typeof ts === 'number' ? epochOf(ts) : Number.NaN;
}

const decisive = /"_path":\s*"ftp"|"reply_code|"reply_msg|"data_channel|"arg":\s*"ftp:|\\"reply_code/;

function detect(sample: Sample): number {
  const isRow = (text: string): boolean =>
    text.includes('orig_h') && text.includes('command') && decisive.test(text) && !text.includes('@timestamp');
  return count(sample, isRow) === 0 ? 0 : share(sample, isRow);
}

export const zeekFtpJson: Dialect = {
  id: 'zeek-ftp-json',
  title: 'Zeek ftp.log as JSON',
  evidence: 'pasted',
  side: 'sensor',
  identity: 'key',
  // As Zeek comes: `FTP::logged_commands` names more.
  lacks: ['logins', 'commands'],
  example:
    '{"ts":1187379104.95,"uid":"CpQoCn3o","id.orig_h":"192.0.2.7","id.orig_p":62014,"command":"EPSV","reply_code":229}',
  marks: ['orig_h'],
  detect,
  open,
};
