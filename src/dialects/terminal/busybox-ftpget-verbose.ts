/**
 * BusyBox `ftpget -v` and `ftpput -v` (1.35, recorded; networking/ftpgetput.c): commands, no replies. The program ends at the
 * first reply that it does not expect, so a command that another one follows succeeded; that is concluded, and marked so.
 *   ftpget: cmd USER alice
 *   ftpget: cmd (null) (null)                  ← reads one more reply
 *   ftpget: unexpected server response to PASS: 530 Login incorrect.
 */

import { count, understoodShare } from '../../decoding/detect.ts';
import { exchangeEvent, loginEvent, type Origin, openEvent } from '../../decoding/event.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { replyCode } from '../../protocol/reply-line.ts';
import { isBlank } from '../../text.ts';

const none: Origin = { line: 0, time: Number.NaN, session: '', peer: '', user: '' };

class Busybox implements Decoder {
  readonly #emit: EventSink;
  #at: Origin = none;
  #verb = '';
  #arg = '';
  #user = '';

  constructor(emit: EventSink) {
    this.#emit = emit;
  }

  line(text: string, line: number): Understanding {
    const at: Origin = { line, time: Number.NaN, session: '', peer: '', user: '' };
    if (text.startsWith('Connecting to ')) {
      this.#settle('', true);
      this.#emit(openEvent(at, 0, text.slice(14)));
      return 'event';
    }
    const from = text.startsWith('ftpget: ') || text.startsWith('ftpput: ') ? 8 : 0;
    if (from === 0) return isBlank(text) ? 'noise' : 'unparsed';
    if (text.startsWith('cmd ', from)) return this.#command(text.slice(from + 4), at);
    if (text.startsWith('unexpected server response', from)) return this.#refused(text);
    return 'noise';
  }

  end(): void {
    this.#settle('', true);
  }

  /** `TYPE I (null)`, `USER alice`, `SIZE pub/a b.txt`. */
  #command(said: string, at: Origin): Understanding {
    const wire = said.endsWith(' (null)') ? said.slice(0, -7) : said;
    if (wire === '(null)') return 'noise';
    const blank = wire.indexOf(' ');
    const verb = blank < 0 ? wire : wire.slice(0, blank);
    // Without EPSV the server is asked for PASV.
    this.#settle(verb, !(this.#verb === 'EPSV' && verb === 'PASV'));
    this.#verb = verb;
    this.#arg = blank < 0 ? '' : wire.slice(blank + 1);
    this.#at = at;
    if (verb === 'USER') this.#user = this.#arg.slice(0, 256);
    return 'event';
  }

  /** The reply stands behind the last colon that a code follows. */
  #refused(text: string): Understanding {
    for (let at = text.indexOf(': ', 8); at >= 0; at = text.indexOf(': ', at + 1)) {
      const code = replyCode(text, at + 2);
      if (code === 0) continue;
      this.#emit(exchangeEvent(this.#at, this.#verb, this.#arg, code, { text: text.slice(at + 6) }));
      if (this.#verb === 'PASS') this.#login(false);
      this.#verb = '';
      return 'event';
    }
    this.#settle('', false);
    return 'event';
  }

  #settle(next: string, ok: boolean): void {
    const verb = this.#verb;
    if (verb === '') return;
    this.#verb = '';
    this.#emit(exchangeEvent(this.#at, verb, this.#arg, 0, { ok, inferred: true }));
    if (verb === 'PASS' && next !== '') this.#login(ok);
  }

  #login(ok: boolean): void {
    const { line, time, session, peer } = this.#at;
    this.#emit(loginEvent({ line, time, session, peer, user: this.#user }, ok));
  }
}

function open(_options: DecoderOptions, emit: EventSink): Decoder {
  return new Busybox(emit);
}

function detect(sample: Sample): number {
  const own = count(sample, (text) => /^ftp(?:get|put): cmd (?:[A-Z]{3,4}|\(null\)) /.test(text));
  return own === 0 ? 0 : understoodShare(sample, open);
}

export const busyboxFtpgetVerbose: Dialect = {
  id: 'busybox-ftpget-verbose',
  title: 'BusyBox ftpget -v, ftpput -v',
  evidence: 'recorded',
  side: 'client',
  identity: 'order',
  serial: true,
  example: 'ftpget: cmd USER alice',
  marks: ['ftpget: cmd ', 'ftpput: cmd '],
  detect,
  open,
};
