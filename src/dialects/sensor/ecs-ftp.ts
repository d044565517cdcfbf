/**
 * Documents of the Elastic Common Schema, nested or with dotted names: Elastic's integrations of Zeek and Suricata,
 * Security Onion (`ftp.command`, `ftp.argument`).
 *
 *   {"@timestamp":"2007-08-17T19:31:45.019Z","source":{"ip":"192.0.2.7","port":62014},"zeek":{"session_id":"CpQo…","ftp":{"command":"RETR",…}}}
 */

import { count, share } from '../../decoding/detect.ts';
import { innermost } from '../../decoding/innermost.ts';
import { asText, at, firstAt, isObject, type JsonObject, type Path, path } from '../../decoding/json.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { codeOf, numberOf, portOf } from '../../number.ts';
import { Clock } from '../../timestamp.ts';
import { emitSuricata } from './suricata/transaction.ts';
import { emitZeek } from './zeek/records.ts';

const eveFtp = path('suricata.eve.ftp');
const paths = {
  time: some('@timestamp', 'timestamp'),
  client: some('source.ip', 'client.ip', 'source.address', 'client.address'),
  clientPort: some('source.port', 'client.port'),
  server: some('destination.ip', 'server.ip', 'destination.address'),
  uid: some('zeek.session_id', 'suricata.eve.flow_id', 'log.id.uid', 'network.community_id'),
  command: some('zeek.ftp.command', 'ftp.command'),
  code: some('zeek.ftp.reply.code', 'ftp.reply_code', 'ftp.reply.code'),
  user: some('zeek.ftp.user', 'ftp.user', 'user.name'),
  password: some('zeek.ftp.password', 'ftp.password'),
  arg: some('zeek.ftp.arg', 'ftp.argument', 'ftp.arg'),
  message: some('zeek.ftp.reply.msg', 'ftp.reply_message', 'ftp.reply.msg'),
  size: some('file.size', 'zeek.ftp.file.size'),
};

function some(...wholes: readonly string[]): readonly Path[] {
  return wholes.map(path);
}

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new Clock(options);
  return {
    line(text: string, line: number): Understanding {
      const o = innermost(text);
      if (o === undefined) return 'unparsed';
      const time = clock.iso(asText(firstAt(o, paths.time)));
      const client = asText(firstAt(o, paths.client));
      const clientPort = portOf(numberOf(firstAt(o, paths.clientPort)));
      const server = asText(firstAt(o, paths.server));
      const uid = asText(firstAt(o, paths.uid));
      const eve = at(o, eveFtp);
      if (isObject(eve)) {
        const origin = { line, time, session: uid === '' ? `${client}:${clientPort}` : uid, peer: client, user: '' };
        return emitSuricata(eve, origin, clientPort, server, emit) ? 'event' : 'noise';
      }
      const command = asText(firstAt(o, paths.command));
      const code = codeOf(numberOf(firstAt(o, paths.code)));
      if (command === '' && code === 0) return isEcs(o) ? 'noise' : 'unparsed';
      emitZeek(
        {
          line,
          time,
          uid,
          client,
          clientPort,
          server,
          user: asText(firstAt(o, paths.user)),
          password: asText(firstAt(o, paths.password)),
          command,
          arg: asText(firstAt(o, paths.arg)),
          code,
          message: asText(firstAt(o, paths.message)),
          size: numberOf(firstAt(o, paths.size)),
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
  marks: ['@timestamp"'],
  detect,
  open,
};
