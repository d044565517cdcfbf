/**
 * WinSCP's session log and that of NetBox, which holds the same engine (source and pasted, 2.1 to 6):
 * `< 2022-08-04 16:22:22.238 220 ready`. `<` received, `>` sent, `.` note, `!` error, `*` exception; a background
 * connection writes `[name] ` in front of the text. Sessions of other protocols are logged the same way.
 */

import { Conversations } from '../../decoding/conversation.ts';
import { count, understoodShare } from '../../decoding/detect.ts';
import type { Origin } from '../../decoding/event.ts';
import { wordEnd } from '../../decoding/wire-line.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { codeAt } from '../../protocol/reply-line.ts';
import { isDigit, own } from '../../text.ts';
import { Clock, offsetAt } from '../../timestamp.ts';

const stampLength = 23;
const zoneMark = 'Time zone: Current: ';

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const conversations = new Conversations(emit);
  let clock = new Clock(options);
  let zone = Number.NaN;
  let timed = false;
  let foreign = false;
  let server = '';

  /** Header and state lines. */
  function note(text: string, from: number, at: Origin): Understanding {
    if (text.startsWith('Transfer Protocol: ', from)) foreign = !text.startsWith('FTP', from + 19);
    else if (text.startsWith('Host name: ', from)) server = serverOf(text, from + 11);
    else if (text.startsWith('Hostname: ', from)) server = serverOf(text, from + 10);
    else if (text.startsWith(zoneMark, from)) {
      const minutes = offsetAt(text, from + zoneMark.length);
      if (minutes === zone || Number.isNaN(minutes)) return 'noise';
      zone = minutes;
      clock = new Clock({ ...options, offsetAt: () => minutes });
    } else if (!foreign && text.startsWith('Connecting to ', from)) {
      const end = text.indexOf(' ...', from + 14);
      const name = end > 0 ? text.slice(from + 14, end) : text.slice(from + 14);
      conversations.of(at.session).opened(at, own(server.includes(name) ? server : name));
      return 'event';
    } else if (isEnd(text, from)) return conversations.of(at.session).closed(at, text.slice(from)) ? 'event' : 'noise';
    return foreign ? 'noise' : conversations.of(at.session).note(at, text.slice(from));
  }

  function sent(text: string, from: number, at: Origin): Understanding {
    // In other protocols: `Type: SSH_FXP_INIT`; of a script: `Script: open …`.
    const end = wordEnd(text, from);
    const isCommand = end > from && (end === text.length || text.charCodeAt(end) === 32);
    if (foreign || !isCommand) return 'noise';
    conversations.of(at.session).command(at, text.slice(from));
    return 'event';
  }

  function received(text: string, from: number, at: Origin): Understanding {
    const conversation = conversations.of(at.session);
    if (foreign || (conversation.openCode === 0 && conversation.interrupted === 0 && codeAt(text, from) < 0))
      return 'noise';
    conversation.reply(at, text.slice(from));
    return 'event';
  }

  return {
    line(text: string, line: number): Understanding {
      const mark = text.charCodeAt(0);
      if (!isMark(mark) || text.charCodeAt(1) !== 32) return 'unparsed';
      const stamped = hasStamp(text);
      if (stamped) timed = true;
      else if (timed || mark === 42) return 'unparsed';
      let from = stamped ? stampLength + 3 : 2;
      let session = '';
      const close = text.charCodeAt(from) === 91 ? text.indexOf('] ', from) : -1;
      if (close > 0 && (mark !== 60 || conversations.of('').openCode === 0)) {
        session = text.slice(from + 1, close);
        from = close + 2;
      }
      const time = stamped ? clock.iso(text, 2) : Number.NaN;
      const at: Origin = { line, time, session, peer: '', user: '' };
      if (mark === 60) return received(text, from, at);
      if (mark === 62) return sent(text, from, at);
      return note(text, from, at);
    },
  };
}

function isMark(c: number): boolean {
  return c === 60 || c === 62 || c === 46 || c === 33 || c === 42;
}

/** `< 2022-08-04 16:22:22.238 ` */
function hasStamp(text: string): boolean {
  return (
    text.charCodeAt(6) === 45 &&
    text.charCodeAt(9) === 45 &&
    text.charCodeAt(12) === 32 &&
    text.charCodeAt(21) === 46 &&
    isDigit(text, 2) &&
    isDigit(text, 24) &&
    (text.charCodeAt(25) === 32 || text.length === 25)
  );
}

/** `192.0.2.7 (Port: 2121)` */
function serverOf(text: string, at: number): string {
  return text.slice(at);
}

function isEnd(text: string, from: number): boolean {
  return (
    text.startsWith('Disconnected from server', from) ||
    text.startsWith('Connection closed', from) ||
    text.startsWith('Lost connection', from) ||
    text.startsWith('Timeout detected. (control connection)', from) ||
    (text.startsWith('(E', from) && text.includes(') Lost connection', from))
  );
}

const heads =
  /^\. (\d{4}-\d\d-\d\d \d\d.\d\d.\d\d\.\d{3} )?(WinSCP Version|NetBox |Host ?name: |Transfer Protocol: |Log level: |Connect(ing to|ed with) |-{20})/;
const stamped = /^[<>!.*] \d{4}-\d\d-\d\d \d\d[:.]\d\d[:.]\d\d\.\d{3} /;

function detect(sample: Sample): number {
  if (count(sample, (text) => heads.test(text) || stamped.test(text)) === 0) return 0;
  return understoodShare(sample, open);
}

export const winScpLog: Dialect = {
  id: 'winscp-log',
  title: 'WinSCP session log',
  evidence: 'pasted',
  side: 'client',
  identity: 'key',
  duplex: true,
  serial: true,
  example: '< 2022-08-04 16:22:22.238 220 ready',
  detect,
  open,
};
