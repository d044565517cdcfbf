/**
 * ProFTPD's TraceLog with the channels command and response (1.3.8, recorded; src/trace.c), with `TraceOptions +ConnIPs` or not:
 *   2026-11-22 09:59:10,147 [24865] (client 192.0.2.7, server ::ffff:192.0.2.1:14088) <command:7>: dispatching CMD command 'SYST' to mod_core.c
 *   2026-11-22 09:59:10,147 [24865] <response:1>: 215 UNIX Type: L8
 * `response:1` is what was sent, line by line; higher levels speak of replies to come.
 */

import { share } from '../../../decoding/detect.ts';
import { closeEvent, commandEvent, type Origin, replyLine } from '../../../decoding/event.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Understanding } from '../../../model.ts';
import { isDigit } from '../../../text.ts';
import { Clock } from '../../../timestamp.ts';
import { Dispatch } from './dispatch.ts';

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new Clock(options);
  const dispatch = new Dispatch();
  return {
    line(text: string, line: number): Understanding {
      if (text.charCodeAt(19) !== 44 || text.charCodeAt(24) !== 91) return 'unparsed';
      const close = text.indexOf('] ', 24);
      if (close < 0) return 'unparsed';
      let channel = close + 2;
      let peer = '';
      if (text.startsWith('(client ', channel)) {
        const comma = text.indexOf(',', channel);
        channel = text.indexOf(') <', channel) + 2;
        if (comma < 0 || channel < 2) return 'unparsed';
        peer = text.slice(close + 10, comma);
      }
      const mark = text.indexOf('>: ', channel);
      if (text.charCodeAt(channel) !== 60 || mark < 0) return 'unparsed';
      const at: Origin = { line, time: clock.iso(text), session: text.slice(25, close), peer, user: '' };
      if (text.startsWith('<response:1>', channel)) {
        // What a timeout sends: `async: 421 Idle timeout (4 seconds): closing control connection`.
        emit(replyLine(at, text.slice(text.startsWith('async: ', mark + 3) ? mark + 10 : mark + 3)));
        return 'event';
      }
      if (!text.startsWith('<command:', channel)) return 'noise';
      if (text.startsWith('client sent EOF', mark + 3)) {
        dispatch.take(at.session);
        emit(closeEvent(at, text.slice(mark + 3)));
        return 'event';
      }
      if (dispatch.read(text, mark + 3, line, at.time, at.session) !== 'begun') return 'noise';
      emit(commandEvent(at, dispatch.command));
      return 'event';
    },
  };
}

function isTrace(text: string): boolean {
  const close = text.indexOf('] ', 24);
  if (text.charCodeAt(19) !== 44 || text.charCodeAt(24) !== 91 || !isDigit(text, 25) || close < 0) return false;
  return /^(?:\(client [^)]*\) )?<[\w.]+:\d+>: /.test(text.slice(close + 2, close + 160));
}

export const proftpdTrace: Dialect = {
  id: 'proftpd-trace',
  title: "ProFTPD's TraceLog",
  evidence: 'recorded',
  side: 'server',
  identity: 'key',
  example: '2026-11-22 09:59:10,147 [24865] <response:1>: 331 Password required for alice',
  marks: ['>: '],
  detect: (sample) => share(sample, isTrace),
  open,
};
