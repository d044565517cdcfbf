/**
 * npm ftp-srv (4.6.3 recorded) with its bunyan log at level trace: a JSON object a line, a UUID for the connection. The
 * password stands in `raw` in clear, though `arg` is starred; raw lines are repeated as `Handle command`.
 *
 *   {"name":"ftp-srv","pid":1,"id":"9e0c…","ip":"192.0.2.7","level":10,"command":{"directive":"CWD","arg":"x","raw":"CWD x"},"msg":"Handle command",…}
 */

import { count, share } from '../../decoding/detect.ts';
import { commandEvent, type Origin, replyLine } from '../../decoding/event.ts';
import { asText, isObject, type JsonObject, jsonObject } from '../../decoding/json.ts';
import { withoutTelnet } from '../../decoding/wire-line.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { Clock } from '../../timestamp.ts';

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new Clock(options);
  return {
    line(text: string, line: number): Understanding {
      const o = jsonObject(text);
      if (o === undefined || !isBunyan(o)) return 'unparsed';
      const at: Origin = {
        line,
        time: clock.iso(asText(o['time'])),
        session: asText(o['id']),
        peer: asText(o['ip']),
        user: '',
      };
      const { msg, command, message } = o;
      if (msg === 'Handle command' && isObject(command)) {
        const raw = command['raw'];
        const directive = `${asText(command['directive'])} ${asText(command['arg'])}`;
        emit(commandEvent(at, withoutTelnet(typeof raw === 'string' ? raw : directive)));
        return 'event';
      }
      if (msg === 'Reply' && typeof message === 'string') {
        for (const said of message.split(/\r?\n/)) emit(replyLine(at, said));
        return 'event';
      }
      return 'noise';
    },
  };
}

function isBunyan(o: JsonObject): boolean {
  return (
    typeof o['msg'] === 'string' && typeof o['level'] === 'number' && o['v'] === 0 && typeof o['time'] === 'string'
  );
}

const decisive = /"msg":"(Handle command|Reply)"/;

function detect(sample: Sample): number {
  if (count(sample, (text) => decisive.test(text) && /"(directive|encoding)":/.test(text)) === 0) return 0;
  return share(sample, (text) => text.startsWith('{"name":') && text.includes('"msg":') && text.includes('"v":0'));
}

export const ftpSrvBunyan: Dialect = {
  id: 'ftp-srv-bunyan',
  title: 'npm ftp-srv, bunyan log',
  evidence: 'recorded',
  side: 'server',
  identity: 'key',
  example:
    '{"name":"ftp-srv","pid":1,"id":"9e0c07aa","ip":"192.0.2.7","level":10,"message":"331 Password?","msg":"Reply","v":0}',
  marks: ['"msg":"Handle command"', '"msg":"Reply"'],
  detect,
  open,
};
