/**
 * Serv-U (15.1 pasted): class of the message, date with month name, number of the session, and what either side said.
 *
 *   [21] Tue 19Jan21 00:18:26 - (108422) 331 User name okay, need password.     20 command, 21 reply, 02 notes
 *   Tue 19Jan21 00:18:26 - (108422) USER alice                                 without class up to 6
 */

import { Beginnings } from '../../decoding/beginnings.ts';
import { share } from '../../decoding/detect.ts';
import {
  closeEvent,
  commandEvent,
  loginEvent,
  type Origin,
  openEvent,
  replyLine,
  transferEvent,
} from '../../decoding/event.ts';
import { UnmarkedSides } from '../../decoding/unmarked-side.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Understanding } from '../../model.ts';
import { digits, isDigit, skipDigits } from '../../text.ts';
import { Clock } from '../../timestamp.ts';

const notes = new Beginnings(`
  IP-Name… Sending file … Receiving file … User … Error … Unable to … Invalid … SSL… TLS… SSH… Using … Password …
  Idle… Session … Aborted… Anonymous… Client … Deleted… Renamed… Created… Removed… File … Directory … Listening…
  Serv-U… Domain … Authenticat… FTP Server listening…
`);

class ServU implements Decoder {
  readonly #emit: EventSink;
  readonly #clock: Clock;
  readonly #sides: UnmarkedSides;

  constructor(options: DecoderOptions, emit: EventSink) {
    this.#emit = emit;
    this.#clock = new Clock(options);
    this.#sides = new UnmarkedSides(emit);
  }

  line(text: string, line: number): Understanding {
    const date = text.charCodeAt(0) === 91 ? skipDigits(text, 1) + 2 : 0;
    const mark = text.indexOf(' - (', date);
    if (mark < 0 || mark > date + 26) return 'unparsed';
    const idEnd = skipDigits(text, mark + 4);
    // `Tue 19Jan21 00:18:26`
    const time = this.#clock.dayMonthYear(text, date + 4);
    if (idEnd === mark + 4 || !text.startsWith(') ', idEnd) || this.#clock.end !== mark)
      return text.startsWith(')', idEnd) ? 'noise' : 'unparsed';
    const at: Origin = { line, time, session: text.slice(mark + 4, idEnd), peer: '', user: '' };
    const said = text.slice(idEnd + 2);
    if (text.startsWith('[20] ')) this.#emit(commandEvent(at, said));
    else if (text.startsWith('[21] ')) this.#emit(replyLine(at, said));
    else return this.#note(at, said);
    return 'event';
  }

  #note(at: Origin, said: string): Understanding {
    if (said.startsWith('Connected to ')) {
      const end = said.indexOf(' ', 13);
      this.#emit(openEvent({ ...at, peer: said.slice(13, end < 0 ? said.length : end) }));
      return 'event';
    }
    if (said.startsWith('Closed session') || said.startsWith('Disconnected')) {
      this.#sides.forget(at.session);
      this.#emit(closeEvent(at, said));
      return 'event';
    }
    if (said.startsWith('User ') && said.endsWith(' logged in')) {
      this.#emit(loginEvent({ ...at, user: unquoted(said.slice(5, -10)) }, true));
      return 'event';
    }
    if (said.startsWith('Sent file ') || said.startsWith('Received file ')) return this.#moved(at, said);
    if (this.#sides.take(at, said)) return 'event';
    return notes.begin(said) ? 'noise' : 'unparsed';
  }

  /** `Sent file C:\a b.txt successfully (12.0 kB/sec - 12345 bytes)` */
  #moved(at: Origin, said: string): Understanding {
    const sent = said.startsWith('Sent');
    const end = said.lastIndexOf(' successfully');
    if (end < 0) return 'noise';
    const bytesEnd = said.lastIndexOf(' ');
    let bytesAt = bytesEnd;
    while (isDigit(said, bytesAt - 1)) bytesAt--;
    const path = unquoted(said.slice(sent ? 10 : 14, end));
    this.#emit(transferEvent(at, sent ? 'RETR' : 'STOR', path, true, digits(said, bytesAt, bytesEnd), -1));
    return 'event';
  }
}

function unquoted(text: string): string {
  return text.length > 1 && text.charCodeAt(0) === 34 && text.endsWith('"') ? text.slice(1, -1) : text;
}

const shape = /^(\[\d+\] )?[A-Z][a-z]{2} \d{1,2}[A-Z][a-z]{2}\d{2,4} \d\d:\d\d:\d\d - \(\d+\)/;

export const servU: Dialect = {
  id: 'serv-u',
  title: 'Serv-U',
  evidence: 'pasted',
  side: 'server',
  identity: 'key',
  example: '[20] Tue 19Jan21 00:18:26 - (108422) USER alice',
  marks: [' - ('],
  detect: (sample) => share(sample, (text) => shape.test(text)),
  open: (options, emit) => new ServU(options, emit),
};
