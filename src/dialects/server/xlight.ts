/**
 * Xlight FTP Server (3.9 pasted): user, client, an arrow and server in brackets, what was said in quotes. Nothing tells
 * two connections of one client apart; a greeting begins the next one.
 *
 *   10/04/2019 18:24:08 (not login 192.0.2.7-->192.0.2.1:21) "USER alice"       --> from the client
 *   10/04/2019 18:24:08 (alice 192.0.2.7<--192.0.2.1:21) "230 User alice logged in"
 */

import { share } from '../../decoding/detect.ts';
import { ambiguousEvent, commandEvent, type Origin, openEvent, replyLine } from '../../decoding/event.ts';
import { LocaleClock } from '../../decoding/locale-clock.ts';
import { agreed, Clients, decided, fieldOf, formOf, readingsOf } from '../../decoding/readings.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Understanding } from '../../model.ts';
import { beginsConnection } from '../../protocol/greeting.ts';
import { codeAt, isPreliminary } from '../../protocol/reply-line.ts';
import { own } from '../../text.ts';

const nobody = 'not login';

/** Names are not escaped and may hold blanks. */
const records = [
  formOf('command', '({user} {peer:address}-->{server:address}:{port:digits}) "{said}'),
  formOf('reply', '({user} {peer:address}<--{server:address}:{port:digits}) "{said}'),
];

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new LocaleClock(options, emit, 'mdy');
  const clients = new Clients();
  /** What each client's server has still to say: the verb it answers, or a greeting of which more comes. */
  const due = new Map<string, string>();
  function greets(peer: string, said: string): boolean {
    const code = codeAt(said);
    if (code < 0) return false;
    const waiting = due.get(peer) ?? '';
    const goesOn = said.charCodeAt(3) === 45 || isPreliminary(code);
    const begins = waiting !== greeting && beginsConnection(code, waiting);
    if (!goesOn) due.delete(peer);
    else if (begins && due.size < mostDue) due.set(own(peer), greeting);
    return begins;
  }
  return {
    line(text: string, line: number): Understanding {
      const date = clock.read(text, 0);
      if (date < 0 || !text.startsWith(' (', date)) return 'unparsed';
      const readings = readingsOf(text, date + 1, records);
      if (readings.found.length === 0) return 'unparsed';
      const reading = decided(readings, [(r) => clients.canBe(fieldOf(r, 'peer'), fieldOf(r, 'peer'))]);
      if (reading === undefined) {
        const one = agreed(readings, 'peer');
        clock.sink(ambiguousEvent({ line, time: clock.time, session: one, peer: one, user: '' }));
        return 'event';
      }
      const peer = fieldOf(reading, 'peer');
      const user = fieldOf(reading, 'user');
      if (readings.found.length === 1) clients.learn(peer, peer);
      const at: Origin = { line, time: clock.time, session: peer, peer, user: user === nobody ? '' : user };
      const rest = fieldOf(reading, 'said');
      const said = rest.endsWith('"') ? rest.slice(0, -1) : rest;
      if (reading.form.id === 'command') {
        const event = commandEvent(at, said);
        if (due.size < mostDue) due.set(own(peer), event.verb);
        clock.sink(event);
        return 'event';
      }
      if (greets(peer, said) && user === nobody) clock.sink(openEvent(at));
      clock.sink(replyLine(at, said));
      return 'event';
    },
    end: () => clock.end(),
  };
}

const greeting = '\n';
const mostDue = 4096;

const shape =
  /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4} \d{1,2}:\d\d:\d\d( [AP]M)? \(.+ [0-9A-Fa-f.:]+(<--|-->)[0-9A-Fa-f.:]+:\d+\) "/;

export const xlight: Dialect = {
  id: 'xlight',
  title: 'Xlight FTP Server',
  evidence: 'pasted',
  side: 'server',
  identity: 'key',
  example: '10/04/2019 18:24:08 (not login 192.0.2.7-->192.0.2.1:21) "USER alice"',
  marks: [') "'],
  detect: (sample) => share(sample, (text) => shape.test(text)),
  open,
};
