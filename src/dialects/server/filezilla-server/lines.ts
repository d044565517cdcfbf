/**
 * FileZilla Server from 1.0 on: what stands in the module's brackets, and what was said. Shared by the log file and by
 * what the administration window copies.
 *
 *   2024-03-09T16:36:15.676Z >> [FTP Session 3 192.0.2.7 alice] CWD pub
 */

import {
  ambiguousEvent,
  closeEvent,
  commandEvent,
  type Origin,
  openEvent,
  replyLine,
} from '../../../decoding/event.ts';
import { UnmarkedSides } from '../../../decoding/unmarked-side.ts';
import { withoutTelnet } from '../../../decoding/wire-line.ts';
import type { EventSink, Understanding } from '../../../model.ts';
import { skipDigits } from '../../../text.ts';

/** Which side said a line: what the log marks, or what its content shows. */
export type Said = 'command' | 'reply' | 'unmarked' | 'note';

export class FilezillaSession {
  readonly #emit: EventSink;
  readonly #sides: UnmarkedSides;

  constructor(emit: EventSink) {
    this.#emit = emit;
    this.#sides = new UnmarkedSides(emit);
  }

  /**
   * Which of the places where the brackets could end is theirs: a user name may hold one, but where no user stands the
   * first is. -1 if there are several; `at` is where the module's text begins.
   */
  endOf(text: string, at: number, ends: readonly number[]): number {
    const first = ends[0] ?? -1;
    return ends.length < 2 || userOf(text.slice(at, first)) === '' ? first : -1;
  }

  /** Several readings are left: the connection and its client stand in front of what is unclear. */
  unclear(module: string, line: number, time: number): Understanding {
    const peer = peerOf(module);
    this.#emit(ambiguousEvent({ line, time, session: sessionOf(module), peer, user: '' }));
    return 'event';
  }

  /** `module`: `FTP Session 3 192.0.2.7 alice`. */
  read(module: string, said: Said, text: string, line: number, time: number): Understanding {
    const idEnd = skipDigits(module, 12);
    if (!module.startsWith('FTP Session ') || idEnd === 12)
      return said === 'note' || said === 'unmarked' ? 'noise' : 'unparsed';
    const at: Origin = { line, time, session: sessionOf(module), peer: peerOf(module), user: userOf(module) };
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

/** `3` in `FTP Session 3 192.0.2.7 alice`. */
function sessionOf(module: string): string {
  return module.slice(12, skipDigits(module, 12));
}

function peerOf(module: string): string {
  const from = skipDigits(module, 12) + 1;
  const end = module.indexOf(' ', from);
  return module.slice(from, end < 0 ? module.length : end);
}

function userOf(module: string): string {
  const end = module.indexOf(' ', skipDigits(module, 12) + 1);
  return end < 0 ? '' : module.slice(end + 1);
}
