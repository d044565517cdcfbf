/**
 * GNU Wget on FTP (1.21.3, recorded), at its three levels. `-d` and `-S` show commands behind `--> ` and replies bare; by
 * default there are steps only, several to a line:
 *   ==> SYST ... done.    ==> PWD ... done.
 *   ==> CWD (1) /pub ...
 *   No such directory ‘pub’.
 */

import { commandEvent, exchangeEvent, loginEvent, type Origin, openEvent, replyLine } from '../../../decoding/event.ts';
import { isListingLine, longestRun, wordEnd } from '../../../decoding/wire-line.ts';
import type { Decoder, DecoderOptions, EventSink, Understanding } from '../../../model.ts';
import { codeAt, isPreliminary, replyCode } from '../../../protocol/reply-line.ts';
import { digits, isBlank, skipDigits } from '../../../text.ts';
import { Clock } from '../../../timestamp.ts';
import { isWgetNote } from './notes.ts';

export class Wget implements Decoder {
  readonly #emit: EventSink;
  readonly #clock: Clock;
  /** Commands are shown: what the steps say is said already. */
  #shown = false;
  #openCode = 0;
  /** Lines inside the open reply, or of data. */
  #run = 0;
  #moving = false;
  /** The control connection's end (`host:port`) as last named. */
  #server = '';
  /** Time of the last line that has one. */
  #time = Number.NaN;
  #user = '';
  /** A command was shown, and no reply since. */
  #asked = false;
  /** A step without an outcome on its line. */
  #verb = '';
  #arg = '';
  #stepLine = 0;
  /** Three digits that SIZE was answered; '' if it was not, or otherwise. */
  #size = '';
  /** The file that is retrieved by steps. */
  #path = '';

  constructor(options: DecoderOptions, emit: EventSink) {
    this.#emit = emit;
    this.#clock = new Clock(options);
  }

  line(text: string, line: number): Understanding {
    if (text.startsWith('--> ')) return this.#command(text, line);
    if (this.#openCode > 0) return this.#inside(text, line);
    // Behind a command stands its reply, whatever its code.
    const code = this.#asked ? codeAt(text) : replyCode(text) || -1;
    if (code >= 0 && this.#shown) return this.#reply(text, code, line);
    if (isBlank(text)) return 'noise';
    if (text.startsWith('--')) return this.#url(text);
    if (isAddress(text)) return this.#connect(text, line);
    // With `-nv` nothing says that a connection begins.
    if (code >= 0 && (this.#server !== '' || code === 220)) return this.#reply(text, code, line);
    const step = text.indexOf('==> ');
    if (step >= 0) return this.#steps(text, step, line);
    return this.#other(text, line);
  }

  inData(): boolean {
    return this.#moving;
  }

  end(): void {
    this.#verb = '';
  }

  #at(line: number): Origin {
    return { line, time: Number.NaN, session: '', peer: '', user: '' };
  }

  #command(text: string, line: number): Understanding {
    this.#shown = true;
    this.#asked = true;
    this.#verb = '';
    this.#openCode = 0;
    this.#emit(commandEvent(this.#at(line), text.slice(4)));
    return 'event';
  }

  #inside(text: string, line: number): Understanding {
    if (isBlank(text)) return 'noise';
    if ((replyCode(text) === this.#openCode && text.charCodeAt(3) !== 45) || ++this.#run > longestRun)
      this.#openCode = 0;
    this.#emit(replyLine(this.#at(line), text));
    return 'event';
  }

  #reply(text: string, code: number, line: number): Understanding {
    // The answer to SIZE once more: `213 160`, then `160`.
    if (text.length === 3 && this.#size === text) return 'noise';
    this.#size = code === 213 && text.length === 7 ? text.slice(4) : '';
    this.#run = 0;
    this.#asked = false;
    if (text.charCodeAt(3) === 45) this.#openCode = code;
    else this.#moving = isPreliminary(code);
    this.#shown = true;
    this.#emit(replyLine(this.#at(line), text));
    return 'event';
  }

  /** `--2026-11-22 10:00:20--  ftp://alice:*password*@host/pub/a.txt`. */
  #url(text: string): Understanding {
    const time = this.#clock.iso(text, 2);
    if (this.#clock.end < 0 || !text.startsWith('--  ', 21)) return 'unparsed';
    this.#time = time;
    this.#moving = false;
    return 'noise';
  }

  /** `Connecting to host (host)|192.0.2.7|:21... connected.` in any tongue; the open connection ends here. */
  #connect(text: string, line: number): Understanding {
    this.#server = addressIn(text);
    this.#shown = false;
    this.#moving = false;
    this.#verb = '';
    this.#emit(openEvent({ line, time: this.#time, session: '', peer: '', user: '' }, 0, this.#server));
    return 'event';
  }

  #steps(text: string, from: number, line: number): Understanding {
    this.#moving = false;
    if (this.#shown) return 'noise';
    let emitted = false;
    for (let at = from; at >= 0; ) {
      const next = text.indexOf('==> ', at + 4);
      if (this.#step(text.slice(at + 4, next < 0 ? text.length : next), line)) emitted = true;
      at = next;
    }
    return emitted ? 'event' : 'noise';
  }

  /** `SIZE data.bin ... 20000`, `CWD (1) /pub ... done.  `, `CWD not needed.`; false if nothing was sent. */
  #step(step: string, line: number): boolean {
    const dots = step.indexOf(' ...');
    if (dots < 0) return false;
    const verbEnd = wordEnd(step, 0);
    const counted = step.startsWith(' (', verbEnd) ? step.indexOf(') ', verbEnd) + 1 : 0;
    const verb = step.slice(0, verbEnd);
    const arg = step.slice(Math.min(dots, (counted > 0 ? counted : verbEnd) + 1), dots);
    const outcome = step.slice(dots + 4).trim();
    this.#verb = '';
    if (verb === 'RETR' || verb === 'STOR') this.#path = arg;
    else if (verb === 'LIST') this.#path = '';
    if (outcome === '') {
      this.#verb = verb;
      this.#arg = arg.length > 1024 ? arg.slice(0, 1024) : arg;
      this.#stepLine = line;
      return true;
    }
    if (verb !== 'RETR' || outcome !== 'done.') this.#done(line, verb, arg, verb !== 'SIZE' || outcome !== 'done.');
    return true;
  }

  #done(line: number, verb: string, arg: string, ok: boolean): void {
    this.#emit(exchangeEvent(this.#at(line), verb, arg, 0, { ok, inferred: true }));
  }

  #other(text: string, line: number): Understanding {
    const saved = text.lastIndexOf(' [');
    if (saved > 0 && text.endsWith(']') && text.charCodeAt(4) === 45) return this.#saved(text, saved, line);
    if (this.#user === '' && text.startsWith('Logging in as ')) return this.#login(text, line);
    if (this.#verb !== '') return this.#outcome(text);
    if (text.startsWith('Login incorrect')) return this.#loggedIn(line, false);
    if (text.startsWith('Logged in!')) return this.#loggedIn(line, true);
    if ((this.#moving && ++this.#run < longestRun) || isWgetNote(text) || isListingLine(text)) return 'noise';
    return 'unparsed';
  }

  /** `Logging in as alice ... Logged in!`; with `-d` and `-S` the answer comes as a reply. */
  #login(text: string, line: number): Understanding {
    const end = text.indexOf(' ... ');
    const name = text.slice(14, end < 0 ? text.length : end).trim();
    const said = end < 0 ? '' : text.slice(end + 5);
    if (said.startsWith('Logged in') || said.startsWith('Login incorrect')) {
      const at: Origin = { line, time: Number.NaN, session: '', peer: '', user: name };
      const ok = said.startsWith('Logged in');
      this.#emit(exchangeEvent(at, 'USER', name, 0, { ok: true, inferred: true }));
      this.#emit(exchangeEvent(at, 'PASS', '', 0, { ok, inferred: true }));
      this.#emit(loginEvent(at, ok));
      return 'event';
    }
    return 'noise';
  }

  #loggedIn(line: number, ok: boolean): Understanding {
    if (!this.#shown) this.#emit(loginEvent(this.#at(line), ok));
    return this.#shown ? 'noise' : 'event';
  }

  /** What stands below an open step: a sentence for a failure, the rest of the progress otherwise. */
  #outcome(text: string): Understanding {
    const failed =
      text.startsWith('No such') || text.startsWith('Error') || text.startsWith('Invalid') || text.startsWith('Can');
    const ok = text.startsWith('done');
    if (!failed && !ok) return isWgetNote(text) ? 'noise' : 'unparsed';
    this.#done(this.#stepLine, this.#verb, this.#arg, ok);
    if (failed) this.#path = '';
    this.#verb = '';
    return 'event';
  }

  /** `2026-11-22 10:00:21 (183 MB/s) - ‘/tmp/x6’ saved [20000]`, also `[100/20000]`. */
  #saved(text: string, at: number, line: number): Understanding {
    const time = this.#clock.iso(text, 0);
    const end = skipDigits(text, at + 2);
    if (this.#clock.end < 0 || end === at + 2) return 'unparsed';
    this.#moving = false;
    if (this.#shown || this.#path === '') return 'noise';
    const origin: Origin = { line, time, session: '', peer: '', user: '' };
    this.#emit(
      exchangeEvent(origin, 'RETR', this.#path, 0, { ok: true, inferred: true, size: digits(text, at + 2, end) }),
    );
    this.#path = '';
    return 'event';
  }
}

/** `…|192.0.2.7|:21...`, `… 192.0.2.7:21...`, `…|2001:db8::1|:21... connected.`: something with a port before three dots. */
function isAddress(text: string): boolean {
  const dots = text.indexOf('...');
  if (dots < 0 || text.startsWith('==>') || text.charCodeAt(0) === 32) return false;
  let at = dots - 1;
  while (at > 0 && text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57) at--;
  return at < dots - 1 && text.charCodeAt(at) === 58 && text.lastIndexOf(' ', at) > 0;
}

function addressIn(text: string): string {
  const dots = text.indexOf('...');
  const end = text.lastIndexOf(':', dots);
  const bar = text.indexOf('|');
  if (bar > 0 && text.charCodeAt(end - 1) === 124) return `[${text.slice(bar + 1, end - 1)}]${text.slice(end, dots)}`;
  return text.slice(text.lastIndexOf(' ', end) + 1, dots);
}
