/** The lines of `curl -v`, with or without a time in front: `* ` note, `> ` sent, `< ` received, `{ `, `} ` amounts of data. */

import { bareOrigin, type Origin } from '../../../decoding/event.ts';
import { isListingLine, longestRun } from '../../../decoding/wire-line.ts';
import type { Decoder, DecoderOptions, EventSink, Understanding } from '../../../model.ts';
import { isBlank } from '../../../text.ts';
import { Clock } from '../../../timestamp.ts';
import { CurlTalk } from './connections.ts';
import { afterIds, hasTime, isCurlNote, isMarkAt, meterEnd } from './mark.ts';

export class CurlLines implements Decoder {
  readonly #talk: CurlTalk;
  readonly #clock: Clock;
  readonly #timed: boolean;
  readonly #origin = bareOrigin();
  /** Lines of data since the last marked line. */
  #run = 0;

  constructor(options: DecoderOptions, emit: EventSink, timed: boolean) {
    this.#talk = new CurlTalk(emit);
    this.#clock = new Clock(options);
    this.#timed = timed;
  }

  line(text: string, line: number): Understanding {
    const timed = hasTime(text);
    if (timed !== this.#timed) {
      if (timed) return 'unparsed';
      return this.#unmarked(text, line);
    }
    const at = afterIds(text, timed ? 16 : 0);
    if (!isMarkAt(text, at)) return timed ? 'unparsed' : this.#unmarked(text, line);
    const time = timed ? this.#clock.timeOfDay(text) : Number.NaN;
    return this.#marked(text, at, this.#at(line, time));
  }

  #at(line: number, time: number): Origin {
    this.#origin.line = line;
    this.#origin.time = time;
    return this.#origin;
  }

  inData(): boolean {
    return this.#talk.moving;
  }

  #marked(text: string, at: number, origin: Origin): Understanding {
    this.#run = 0;
    switch (text.charCodeAt(at)) {
      case 62: // >
        return this.#talk.sent(origin, text.slice(at + 2));
      case 60: // <
        return this.#talk.received(origin, text.slice(at + 2));
      case 42: // *
        return this.#talk.note(origin, text, at + 2);
      default:
        return text.endsWith(' data]') ? 'noise' : 'unparsed';
    }
  }

  /** A meter with or without a marked line behind it, data on the same terminal, an error message. */
  #unmarked(text: string, line: number): Understanding {
    const end = meterEnd(text);
    const from = end > 0 && this.#timed && hasTime(text.slice(end)) ? end + 16 : end;
    if (end > 0 && isMarkAt(text, from)) return this.#marked(text, from, this.#at(line, Number.NaN));
    if (text.startsWith('curl: (')) this.#talk.failed();
    if ((this.#talk.moving && ++this.#run < longestRun) || isBlank(text) || isCurlNote(text) || isListingLine(text))
      return 'noise';
    return 'unparsed';
  }
}
