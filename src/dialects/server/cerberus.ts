/**
 * Cerberus FTP Server (pasted): time in brackets, sort of the line, number of the connection, 0 for the server itself.
 *
 *   [2026-03-10 14:02:11]:CONNECT [    17] - FTP connection request accepted from 192.0.2.7
 *   [2026-03-10 14:02:12]:COMMAND [    17] - USER alice
 *   [2026-03-10 14:02:12]:  REPLY [    17] - 331 User alice, password please
 */

import { share } from '../../decoding/detect.ts';
import { SessionNotes } from '../../decoding/session-notes.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Understanding } from '../../model.ts';
import { skipBlanks, skipDigits } from '../../text.ts';
import { Clock } from '../../timestamp.ts';

const sentences = {
  opened: ['FTP connection request accepted', 'FTPS connection request accepted', 'Connection request accepted'],
  closed: ['Connection terminated', 'Connection closed', 'Disconnected', 'Client disconnected'],
};

class Cerberus implements Decoder {
  readonly #clock: Clock;
  readonly #notes: SessionNotes;

  constructor(options: DecoderOptions, emit: EventSink) {
    this.#clock = new Clock(options);
    this.#notes = new SessionNotes(emit, sentences);
  }

  line(text: string, line: number): Understanding {
    if (text.charCodeAt(0) !== 91) return 'unparsed';
    const time = this.#clock.iso(text, 1);
    const date = text.indexOf(']', 19);
    const open = text.indexOf('[', date);
    if (this.#clock.end < 0 || date < 0 || date > 32 || open < 0 || open > date + 24) return 'unparsed';
    const numberAt = skipBlanks(text, open + 1);
    const numberEnd = skipDigits(text, numberAt);
    const close = skipBlanks(text, numberEnd);
    if (numberEnd === numberAt || !text.startsWith('] - ', close)) return 'unparsed';
    const said = text.slice(close + 4);
    if (numberEnd === numberAt + 1 && text.charCodeAt(numberAt) === 48) return 'noise';
    const session = text.slice(numberAt, numberEnd);
    const sort = text
      .slice(date + 1, open)
      .replace(':', '')
      .trim();
    if (sort === 'COMMAND' || sort === 'REPLY')
      return this.#notes.takeSide(line, time, session, said, sort === 'COMMAND');
    return this.#notes.take(line, time, session, said);
  }
}

const shape = /^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[^\]]{0,12}\]:? *[A-Z]+ *\[ *\d+ *\] - /;

export const cerberus: Dialect = {
  id: 'cerberus',
  title: 'Cerberus FTP Server',
  evidence: 'pasted',
  side: 'server',
  identity: 'key',
  example: '[2026-03-10 14:02:12]:COMMAND [    17] - USER alice',
  marks: ['] - '],
  detect: (sample) => share(sample, (text) => shape.test(text)),
  open: (options, emit) => new Cerberus(options, emit),
};
