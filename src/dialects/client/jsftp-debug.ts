/**
 * npm jsftp. Versions before 1.5 emit `jsftp_debug` events, which the README prints as `DEBUG:  user_command` and the data
 * as JSON below it. Later ones use the debug package (source: 2.1.3): `jsftp:command pasv`, twice for each command, and
 * `jsftp:response 227 …`.
 */

import { Conversation } from '../../decoding/conversation.ts';
import { count, understoodShare } from '../../decoding/detect.ts';
import type { Origin } from '../../decoding/event.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { replyCode } from '../../protocol/reply-line.ts';
import { isBlank, isDigit } from '../../text.ts';

const jsonLimit = 64 * 1024;
const commandMark = 'jsftp:command ';
const responseMark = 'jsftp:response ';

function open(_options: DecoderOptions, emit: EventSink): Decoder {
  const conversation = new Conversation(emit);
  let kind = '';
  let json = '';
  let lastCommand = '';
  let inObject = false;
  let received = false;

  /** JSON of an event, once it is complete: an object ends with `}` at the start of a line. */
  function data(text: string, at: Origin): Understanding {
    json += json === '' ? text : `\n${text}`;
    const isObject = json.charCodeAt(0) === 123;
    if (isObject && text !== '}' && !(text === json && text.endsWith('}')) && json.length < jsonLimit) return 'event';
    const whole = json;
    const what = kind;
    json = '';
    kind = '';
    const said = textOf(whole);
    if (said === '') return 'noise';
    if (what === 'response') conversation.replyText(at, said);
    else if (what === 'user_command') conversation.command(at, said.trimEnd());
    else return 'noise';
    return 'event';
  }

  function command(at: Origin, wire: string): Understanding {
    received = false;
    if (wire === lastCommand) {
      lastCommand = '';
      return 'noise';
    }
    lastCommand = wire;
    conversation.command(at, wire);
    return 'event';
  }

  function response(at: Origin, wire: string): Understanding {
    received = true;
    lastCommand = '';
    // The object `{ code: 227, text: … }` comes first, on one line or on several, then its text.
    if (conversation.openCode === 0 && !isDigit(wire, 0)) {
      inObject = wire === '{';
      return 'noise';
    }
    conversation.reply(at, wire);
    return 'event';
  }

  return {
    inData: () => conversation.transferring,
    line(text: string, line: number): Understanding {
      const at: Origin = { line, time: Number.NaN, session: '', peer: '', user: '' };
      if (kind !== '' && !text.startsWith('DEBUG: ')) return data(text, at);
      if (text.startsWith('DEBUG:  ')) {
        json = '';
        kind = text.slice(8).trimEnd();
        return 'event';
      }
      const mark = text.indexOf('jsftp:');
      if (inObject && mark < 0) {
        inObject = text !== '}';
        return 'noise';
      }
      inObject = false;
      if (mark >= 0 && text.startsWith(commandMark, mark)) {
        return command(at, withoutDelay(text.slice(mark + commandMark.length)));
      }
      if (mark >= 0 && text.startsWith(responseMark, mark)) {
        return response(at, withoutDelay(text.slice(mark + responseMark.length)));
      }
      if (mark >= 0 && text.startsWith('jsftp:general', mark)) return 'noise';
      // One read may hold two replies.
      if (conversation.openCode > 0 || (received && !conversation.transferring && replyCode(text) > 0))
        return response(at, withoutDelay(text));
      return isBlank(text) || conversation.transferring ? 'noise' : 'unparsed';
    },
  };
}

/** `{"code":220,"text":"220 ready"}`, `"USER alice"` → the text; '' if it is neither. */
function textOf(json: string): string {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return '';
  }
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  for (const key of ['text', 'command', 'action', 'cmd']) {
    const text: unknown = Reflect.get(value, key);
    if (typeof text === 'string') return text;
  }
  return '';
}

/** `user alice +12ms` → `user alice` */
function withoutDelay(wire: string): string {
  const plus = wire.lastIndexOf(' +');
  if (plus < 0 || !isDigit(wire, plus + 2)) return wire;
  const last = wire.charCodeAt(wire.length - 1);
  return last === 115 || last === 109 || last === 104 || last === 100 ? wire.slice(0, plus) : wire;
}

function detect(sample: Sample): number {
  const marked = count(
    sample,
    (text) => /jsftp:(command|response) \S/.test(text) || /^DEBUG: {2}(user_command|response|event:\w+)$/.test(text),
  );
  return marked === 0 ? 0 : understoodShare(sample, open);
}

export const jsFtpDebug: Dialect = {
  id: 'jsftp-debug',
  title: 'npm jsftp, debug',
  evidence: 'source',
  side: 'client',
  identity: 'order',
  serial: true,
  example: 'jsftp:command user alice +0ms',
  marks: ['jsftp:', 'DEBUG:  '],
  detect,
  open,
};
