/**
 * Documents of the Elastic Common Schema, nested or with dotted names: Elastic's integrations of Zeek and Suricata,
 * Security Onion (`ftp.command`, `ftp.argument`).
 *
 *   {"@timestamp":"2007-08-17T19:31:45.019Z","source":{"ip":"192.0.2.7","port":62014},"zeek":{"session_id":"CpQo…","ftp":{"command":"RETR",…}}}
 */
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { Clock } from '../../timestamp.ts';
import { count, share } from '../detect.ts';
import { asNumber, asText, at, isObject, type JsonObject } from '../json.ts';
import { innermost } from './innermost.ts';
import { emitSuricata } from './suricata.ts';
import { emitZeek } from './zeek.ts';

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new Clock(options);
  return {
    line(text: string, line: number): Understanding {
      const o = innermost(text);
      if (o === undefined) return 'unparsed';
      const first = (...paths: readonly string[]): unknown => {
        for (const path of paths) {
          const value = at(o, path);
          if (value !== undefined && value !== null) return value;
        }
        return undefined;
      };
      const time = clock.iso(asText(first('@timestamp', 'timestamp')));
      const client = asText(first('source.ip', 'client.ip', 'source.address', 'client.address'));
      const clientPort = Math.max(0, asNumber(first('source.port', 'client.port')));
      const server = asText(first('destination.ip', 'server.ip', 'destination.address'));
      const uid = asText(first('zeek.session_id', 'suricata.eve.flow_id', 'log.id.uid', 'network.community_id'));
      const eve = at(o, 'suricata.eve.ftp');
      if (isObject(eve)) {
        const origin = { line, time, session: uid === '' ? `${client}:${clientPort}` : uid, peer: client, user: '' };
        return emitSuricata(eve, origin, clientPort, server, emit) ? 'event' : 'noise';
      }
      const command = asText(first('zeek.ftp.command', 'ftp.command'));
      const code = Math.max(0, asNumber(first('zeek.ftp.reply.code', 'ftp.reply_code', 'ftp.reply.code')));
      if (command === '' && code === 0) return isEcs(o) ? 'noise' : 'unparsed';
      emitZeek(
        {
          line,
          time,
          uid,
          client,
          clientPort,
          server,
          user: asText(first('zeek.ftp.user', 'ftp.user', 'user.name')),
          command,
          arg: asText(first('zeek.ftp.arg', 'ftp.argument', 'ftp.arg')),
          code,
          message: asText(first('zeek.ftp.reply.msg', 'ftp.reply_message', 'ftp.reply.msg')),
          size: asNumber(first('file.size', 'zeek.ftp.file.size')),
        },
        emit,
      );
      return 'event';
    },
  };
}

function isEcs(o: JsonObject): boolean {
  return (
    o['@timestamp'] !== undefined &&
    (o['ecs'] !== undefined || o['event'] !== undefined || o['ecs.version'] !== undefined)
  );
}

const decisive =
  /"zeek":\s*\{.*"ftp":|"zeek\.ftp\.|"suricata":\s*\{.*"ftp":|"suricata\.eve\.ftp|"ftp\.command"|"ftp":\s*\{[^{}]*"(command|argument)"/;

function detect(sample: Sample): number {
  const isMine = (text: string): boolean => text.includes('@timestamp"') && decisive.test(text);
  return count(sample, isMine) === 0 ? 0 : share(sample, (text) => text.includes('@timestamp"'));
}

export const ecsFtp: Dialect = {
  id: 'ecs-ftp',
  title: 'Elastic Common Schema, from Zeek or Suricata',
  evidence: 'pasted',
  side: 'sensor',
  identity: 'key',
  example:
    '{"@timestamp":"2007-08-17T19:31:45.019Z","source":{"ip":"192.0.2.7","port":62014},"zeek":{"session_id":"CpQo","ftp":{"command":"RETR"}}}',
  detect,
  open,
};
