/**
 * FileZilla Server from 1.0 on: what stands in the module's brackets, and what was said. Shared by the log file and by
 * what the administration window copies.
 *
 *   2024-03-09T16:36:15.676Z >> [FTP Session 3 192.0.2.7 alice] CWD pub
 */
import type { EventSink, Understanding } from '../../model.ts';
import { skipDigits } from '../../text.ts';
import { closeEvent, commandEvent, type Origin, openEvent, replyLine } from '../event.ts';
import { withoutTelnet } from '../wire-line.ts';
import { UnmarkedSides } from './unmarked-side.ts';

/** Which side said a line: what the log marks, or what its content shows. */
export type Said = 'command' | 'reply' | 'unmarked' | 'note';

export class FilezillaSession {
  readonly #emit: EventSink;
  readonly #sides: UnmarkedSides;

  constructor(emit: EventSink) {
    this.#emit = emit;
    this.#sides = new UnmarkedSides(emit);
  }

  /** `module`: `FTP Session 3 192.0.2.7 alice`. */
  read(module: string, said: Said, text: string, line: number, time: number): Understanding {
    const idEnd = skipDigits(module, 12);
    if (!module.startsWith('FTP Session ') || idEnd === 12)
      return said === 'note' || said === 'unmarked' ? 'noise' : 'unparsed';
    const ipEnd = module.indexOf(' ', idEnd + 1);
    const peer = module.slice(idEnd + 1, ipEnd < 0 ? module.length : ipEnd);
    const at: Origin = {
      line,
      time,
      session: module.slice(12, idEnd),
      peer,
      user: ipEnd < 0 ? '' : module.slice(ipEnd + 1),
    };
    if (said === 'command') this.#emit(commandEvent(at, withoutTelnet(text)));
    else if (said === 'reply') this.#emit(replyLine(at, text));
    else return this.#note(at, said, text);
    return 'event';
  }

  #note(at: Origin, said: Said, text: string): Understanding {
    if (
      text.startsWith('Session 0x') ||
      text.startsWith('Session ended') ||
      text.startsWith('Control channel closed')
    ) {
      if (text.endsWith(' created.')) {
        this.#sides.forget(at.session);
        this.#emit(openEvent(at));
        return 'event';
      }
      if (text.includes('destroyed') || text.startsWith('Session ended')) {
        this.#emit(closeEvent(at, text));
        return 'event';
      }
      return 'noise';
    }
    return said === 'unmarked' && this.#sides.take(at, text) ? 'event' : 'noise';
  }
}
