/**
 * JSON lines of log collectors: rsyslog's JSON template (recorded, 8.2302), syslog-ng's format-json, Filebeat, Fluent Bit,
 * Vector. The tag may hold the pid and a colon, the message a blank in front.
 */
import type { DecoderOptions, Envelope } from '../model.ts';
import { Clock, epochTimeOfAnyUnit } from '../timestamp.ts';
import { jsonObject, textOf } from './json-line.ts';
import { unescaped } from './syslog-escapes.ts';
import { once, type Peel, type Peeled, type Wrapper, within } from './wrapper.ts';

const messages = [
  'message',
  'msg',
  'MESSAGE',
  '@message',
  'log/original',
  'event/original',
  'textPayload',
  'log',
  'line',
  // NLog, Serilog and log4net.
  'Message',
  'RenderedMessage',
  '@m',
];
const times = [
  'timestamp',
  '@timestamp',
  'time',
  'timereported',
  'DATE',
  'ISODATE',
  'ts',
  'date',
  'Date',
  'Timestamp',
  '@t',
];
/** A container is a host of its own, and several run on one. */
const hosts = [
  'kubernetes/pod_name',
  'kubernetes/pod/name',
  'container_id',
  'container/id',
  'docker/container_id',
  'host/hostname',
  'host/name',
  'hostname',
  'host',
  'HOST',
  'fromhost',
];
const tags = [
  'tag',
  'syslogtag',
  'syslog/appname',
  'programname',
  'program',
  'app-name',
  'appname',
  'app',
  'ident',
  'identifier',
  'PROGRAM',
  'process/name',
];
const pids = ['procid', 'pid', 'PID', 'process/pid', 'process_id', 'syslog/procid'];

function open(options: DecoderOptions): Peel {
  const clock = new Clock(options);
  return (text: string, outer: Envelope): Peeled | undefined => {
    const entry = jsonObject(text);
    if (entry === undefined) return undefined;
    const message = textOf(entry, messages);
    const time = textOf(entry, times);
    if (message === '' || time === '') return undefined;
    const tag = textOf(entry, tags);
    const bracket = tag.indexOf('[');
    const close = tag.indexOf(']', bracket);
    const program = bracket >= 0 ? tag.slice(0, bracket) : tag.endsWith(':') ? tag.slice(0, -1) : tag;
    const pid = bracket >= 0 && close > bracket ? tag.slice(bracket + 1, close) : textOf(entry, pids);
    const inner = unescaped(message.charCodeAt(0) === 32 ? message.slice(1) : message);
    return once(inner, within(outer, timeOf(time, clock), textOf(entry, hosts), program, pid === '-' ? '' : pid));
  };
}

/** ISO, `Nov 22 09:58:53`, or seconds, milliseconds, micro- or nanoseconds since the epoch. */
function timeOf(text: string, clock: Clock): number {
  const epoch = epochTimeOfAnyUnit(text);
  if (!Number.isNaN(epoch)) return epoch;
  const iso = clock.iso(text);
  return clock.end < 0 ? clock.yearless(text) : iso;
}

export const syslogJson: Wrapper = {
  id: 'syslog-json',
  title: 'JSON lines of rsyslog, syslog-ng, Filebeat, Fluent Bit',
  evidence: 'recorded',
  example: '{"timestamp":"2026-11-22T09:58:53+00:00","host":"ftp1","tag":"vsftpd[24451]:","message":" …"}',
  open,
};
