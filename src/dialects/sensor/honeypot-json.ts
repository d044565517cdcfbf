/**
 * FTP in the JSON logs of honeypots (pasted): Dionaea writes a connection with all its commands, qeeqbox/honeypots a line
 * for each step. Replies are not logged; a login is told with its outcome, or not at all.
 *   {"timestamp": "…", "src_ip": "192.0.2.7", "src_port": 38666, "connection": {"protocol": "ftpd"}, "ftp": {"commands": {"command": ["USER"], "arguments": ["root"]}}}
 *   {"action": "login", "server": "ftp_server", "src_ip": "192.0.2.7", "src_port": "55086", "status": "failed", "username": "root", "timestamp": "…"}
 */

import { share } from '../../decoding/detect.ts';
import { closeEvent, commandOfParts, loginEvent, type Origin, openEvent, verbOf } from '../../decoding/event.ts';
import { asText, at, isObject, type JsonObject, jsonObject, path } from '../../decoding/json.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { numberOf, portOf } from '../../number.ts';
import { Clock } from '../../timestamp.ts';

const commandsPath = path('ftp.commands');

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new Clock(options);

  function originOf(o: JsonObject, line: number, peer: string, port: number): Origin {
    return { line, time: clock.iso(asText(o['timestamp'])), session: `${peer}:${port}`, peer, user: '' };
  }

  /** All commands of a connection that is over. */
  function whole(origin: Origin, port: number, commands: JsonObject): void {
    emit(openEvent(origin, port));
    const verbs = Array.isArray(commands['command']) ? commands['command'] : [];
    const args = Array.isArray(commands['arguments']) ? commands['arguments'] : [];
    verbs.forEach((verb, i) => {
      emit(commandOfParts(origin, verbOf(asText(verb)), asText(args[i])));
    });
    emit(closeEvent(origin));
  }

  function step(o: JsonObject, origin: Origin, port: number): Understanding {
    const action = asText(o['action']);
    if (action === 'connection') emit(openEvent(origin, port));
    else if (action === 'login') {
      const user = asText(o['username']);
      emit(loginEvent({ ...origin, user }, asText(o['status']) === 'success', 'daemon', '', asText(o['password'])));
    } else if (action === 'command') {
      const data = isObject(o['data']) ? o['data'] : {};
      emit(commandOfParts(origin, verbOf(asText(data['cmd'])), argumentOf(data['args'])));
    } else return 'noise';
    return 'event';
  }

  return {
    line(text: string, line: number): Understanding {
      const o = jsonObject(text);
      if (o === undefined) return 'unparsed';
      const peer = asText(o['src_ip']);
      const port = portOf(numberOf(o['src_port']));
      const commands = at(o, commandsPath);
      if (peer !== '' && isObject(commands)) {
        whole(originOf(o, line, peer, port), port, commands);
        return 'event';
      }
      if (asText(o['server']) === 'ftp_server') return step(o, originOf(o, line, peer, port), port);
      return peer !== '' && (o['connection'] !== undefined || o['server'] !== undefined) ? 'noise' : 'unparsed';
    },
  };
}

/** Arguments are a string, or Python's `None`. */
function argumentOf(value: unknown): string {
  const text = asText(value);
  return text === 'None' ? '' : text;
}

const ftp = /"ftp": ?\{"commands": ?\{|"server": ?"ftp_server"/;

/** Other services of the same honeypot are noise, but for them alone nothing is claimed. */
function detect(sample: Sample): number {
  if (share(sample, (text) => ftp.test(text)) === 0) return 0;
  return share(sample, (text) => text.startsWith('{') && text.includes('"src_ip"'));
}

export const honeypotJson: Dialect = {
  id: 'honeypot-json',
  title: 'Dionaea and qeeqbox/honeypots, FTP',
  evidence: 'pasted',
  side: 'sensor',
  identity: 'key',
  lacks: ['replies', 'transfers'],
  example:
    '{"action": "connection", "server": "ftp_server", "src_ip": "192.0.2.7", "src_port": "55086", "timestamp": "2026-01-02T10:00:00.102938"}',
  marks: ['{"commands":', '"ftp_server"'],
  detect,
  open,
};
