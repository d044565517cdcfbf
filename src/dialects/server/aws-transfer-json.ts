/**
 * AWS Transfer Family in CloudWatch: structured JSON (user guide), or the older text; exports put the event's time and
 * the record in an object of their own. Neither verbs nor codes: what they did is concluded.
 *
 *   {"activity-type":"CLOSE","path":"/b/a.txt","bytes-in":"10","session-id":"9ca9…","user":"alice"}
 *   alice.9ca9a0e1cec6ad9d CLOSE Path=/b/a.txt BytesIn=10
 */

import { count, share } from '../../decoding/detect.ts';
import {
  ambiguousEvent,
  closeEvent,
  exchangeEvent,
  loginEvent,
  type Origin,
  openEvent,
  transferEvent,
} from '../../decoding/event.ts';
import { asText, type JsonObject, jsonObject } from '../../decoding/json.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { numberOf } from '../../number.ts';
import { Clock, epochTime } from '../../timestamp.ts';

const done: ReadonlyMap<string, string> = new Map([
  ['DELETE', 'DELE'],
  ['MKDIR', 'MKD'],
  ['RMDIR', 'RMD'],
  ['RENAME', 'RNTO'],
  ['SETSTAT', 'SITE'],
]);
const known: readonly string[] = [
  'CONNECTED',
  'AUTH_FAILURE',
  'OPEN',
  'CLOSE',
  'PARTIAL_CLOSE',
  'ERROR',
  'EXIT_REASON',
  'TLS_RESUME_FAILURE',
  'DISCONNECTED',
  ...done.keys(),
];

/** A value of the record, by the name it has in JSON. */
type Field = (name: string) => string;

function activity(type: string, field: Field, at: Origin, emit: EventSink): Understanding {
  switch (type) {
    case 'CONNECTED':
      emit(openEvent(at));
      emit(loginEvent(at, true));
      return 'event';
    case 'AUTH_FAILURE':
      emit(loginEvent(at, false, 'daemon', field('message')));
      return 'event';
    case 'DISCONNECTED':
      emit(closeEvent(at));
      return 'event';
    case 'CLOSE':
    case 'PARTIAL_CLOSE': {
      const received = numberOf(field('bytes-in'));
      const sent = numberOf(field('bytes-out'));
      if (received < 0 && sent < 0) return 'noise';
      const upload = received > 0 || sent < 0;
      emit(transferEvent(at, upload ? 'STOR' : 'RETR', field('path'), type === 'CLOSE', upload ? received : sent, -1));
      return 'event';
    }
    default: {
      const verb = done.get(type);
      if (verb === undefined) return 'noise';
      const path = type === 'RENAME' ? field('new-path') || field('path') : field('path');
      emit(exchangeEvent(at, verb, verb === 'SITE' ? `SETSTAT ${path}` : path, 0, { ok: true, inferred: true }));
      return 'event';
    }
  }
}

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new Clock(options);
  return {
    line(text: string, line: number, envelope): Understanding {
      const outer = jsonObject(text);
      const inner =
        typeof outer?.['message'] === 'string' && outer['activity-type'] === undefined ? outer['message'] : text;
      const o = inner === text ? outer : jsonObject(inner);
      const time = timeOf(outer, clock, envelope.time);
      if (o !== undefined && typeof o['activity-type'] === 'string') {
        const at: Origin = {
          line,
          time,
          session: asText(o['session-id']),
          peer: asText(o['source-ip']),
          user: asText(o['user']),
        };
        return activity(o['activity-type'], (name) => asText(o[name]), at, emit);
      }
      return oldForm(inner, line, Number.isNaN(time) ? clock.iso(inner) : time, emit);
    },
  };
}

/** CloudWatch's time of the event: milliseconds, or ISO. */
function timeOf(outer: JsonObject | undefined, clock: Clock, fallback: number): number {
  const stamp = outer?.['timestamp'] ?? outer?.['@timestamp'];
  if (typeof stamp === 'number') return epochTime(asText(stamp), 3);
  return typeof stamp === 'string' ? clock.iso(stamp) : fallback;
}

/** `alice.9ca9a0e1cec6ad9d CLOSE Path=/a b BytesIn=10`, perhaps behind an ISO time. */
function oldForm(text: string, line: number, time: number, emit: EventSink): Understanding {
  const start = text.charCodeAt(10) === 84 && text.indexOf(' ') > 0 ? text.indexOf(' ') + 1 : 0;
  const blank = text.indexOf(' ', start);
  const end = text.indexOf(' ', blank + 1);
  const type = text.slice(blank + 1, end < 0 ? text.length : end);
  const dot = text.lastIndexOf('.', blank);
  if (blank < 0 || dot <= start || !known.includes(type)) return 'unparsed';
  // A path that holds a whole record, or a record behind a name that holds one.
  const next = recordStart.exec(text.slice(end < 0 ? text.length : end));
  if (next !== null) {
    emit(ambiguousEvent({ line, time, session: '', peer: '', user: '' }));
    return 'event';
  }
  const field: Field = (name) =>
    name === 'bytes-in' || name === 'bytes-out'
      ? lastWord(text, ` ${oldNames.get(name)}=`)
      : fieldOf(text, oldNames.get(name) ?? name);
  const at: Origin = {
    line,
    time,
    session: text.slice(dot + 1, blank),
    // Only a record of the connection names the client; a path may hold what looks like it.
    peer: type === 'CONNECTED' ? field('source-ip') : type === 'AUTH_FAILURE' ? lastWord(text, ' SourceIP=') : '',
    user: text.slice(start, dot),
  };
  return activity(type, field, at, emit);
}

const recordStart = /\.[0-9a-f]{16} [A-Z_]{4,}(?: |$)/;

const oldNames: ReadonlyMap<string, string> = new Map([
  ['source-ip', 'SourceIP'],
  ['path', 'Path'],
  ['new-path', 'NewPath'],
  ['bytes-in', 'BytesIn'],
  ['bytes-out', 'BytesOut'],
  ['message', 'Message'],
]);

/** The word behind the last of these marks: what is in front of it may be a path. */
function lastWord(text: string, mark: string): string {
  const at = text.lastIndexOf(mark);
  if (at < 0) return '';
  const end = text.indexOf(' ', at + mark.length);
  return text.slice(at + mark.length, end < 0 ? text.length : end);
}

/** A value ends where the next name begins. */
function fieldOf(text: string, name: string): string {
  const at = text.indexOf(` ${name}=`);
  if (at < 0) return '';
  const from = at + name.length + 2;
  for (let end = text.indexOf(' ', from); end >= 0; end = text.indexOf(' ', end + 1)) {
    const equals = text.indexOf('=', end);
    if (equals > 0 && !text.slice(end + 1, equals).includes(' ') && /^[A-Z]\w+$/.test(text.slice(end + 1, equals)))
      return text.slice(from, end);
  }
  return text.slice(from);
}

const shape =
  /\\?"activity-type\\?": ?\\?"[A-Z_]+|^(\S+T\S+ )?\S+\.[0-9a-f]{16} (CONNECTED|AUTH_FAILURE|OPEN|CLOSE|PARTIAL_CLOSE|DELETE|MKDIR|RMDIR|RENAME|SETSTAT|ERROR|DISCONNECTED)\b/;

function detect(sample: Sample): number {
  return count(sample, (text) => shape.test(text)) === 0 ? 0 : share(sample, (text) => shape.test(text));
}

export const awsTransferJson: Dialect = {
  id: 'aws-transfer-json',
  title: 'AWS Transfer Family',
  evidence: 'documented',
  side: 'server',
  identity: 'key',
  lacks: ['commands', 'replies'],
  example: '{"activity-type":"CLOSE","path":"/b/a.txt","bytes-in":"10","session-id":"9ca9a0e1cec6ad9d"}',
  marks: ['activity-type', ...known.map((type) => ` ${type}`)],
  detect,
  open,
};
