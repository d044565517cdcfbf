/**
 * NcFTP's trace (3.2.6, recorded; libncftp/rcmd.c), shared by its two dialects: the code is parted from its text by a
 * colon, further lines of a reply are indented, and the last one's code is dropped.
 *   Cmd: FEAT
 *   211: Features:
 *         MDTM
 *        End
 * The greeting stands in front of `Connected to`.
 */

import { Beginnings } from '../../../decoding/beginnings.ts';
import { commandEvent, type Origin, openEvent, replyEvent } from '../../../decoding/event.ts';
import type { EventSink, Understanding } from '../../../model.ts';
import { digits, isBlank } from '../../../text.ts';

const textLimit = 8192;
const none: Origin = { line: 0, time: Number.NaN, session: '', peer: '', user: '' };

export class Ncftp {
  readonly #emit: EventSink;
  /** The reply that may have further lines. */
  #code = 0;
  #text = '';
  #at: Origin = none;
  #lastText = '';
  /** A command waits for its reply, whose text may be printed in front of it. */
  #asked = false;
  /** Between `Remote listing contents {` and what comes after the listing. */
  #listing = false;

  constructor(emit: EventSink) {
    this.#emit = emit;
  }

  /** A line whose time, if it has one, ends before `from`. */
  read(text: string, from: number, at: Origin): Understanding {
    if (this.#code > 0 && text.startsWith('     ', from)) {
      if (this.#text.length + text.length < textLimit) this.#text += `\n${text.slice(from + 5)}`;
      return 'event';
    }
    if (text.startsWith('Connected to ', from)) return this.#connected(text, from + 13, at);
    this.flush();
    if (text.startsWith('Cmd: ', from)) {
      this.#listing = false;
      this.#asked = true;
      this.#emit(commandEvent(at, text.slice(from + 5)));
      return 'event';
    }
    const code = codeAt(text, from);
    if (code > 0) {
      this.#asked = false;
      this.#code = code;
      this.#text = text.slice(from + 5);
      this.#at = at;
      return 'event';
    }
    return this.#other(text, from);
  }

  /** The reply that was read is complete. */
  flush(): void {
    if (this.#code === 0) return;
    this.#emit(replyEvent(this.#at, this.#code, this.#text));
    this.#lastText = this.#text;
    this.#code = 0;
  }

  /** `192.0.2.7.` names the server; `192.0.2.7:37628 for PASV.` is a data connection. */
  #connected(text: string, from: number, at: Origin): Understanding {
    if (!text.includes(' for P', from) && this.#code === 220) {
      this.#emit(openEvent(this.#at, 0, text.slice(from)));
      this.flush();
      return 'event';
    }
    this.flush();
    return at.line > 0 ? 'noise' : 'unparsed';
  }

  #other(text: string, from: number): Understanding {
    if (text.startsWith('> ', from)) {
      this.#listing = false;
      return 'noise';
    }
    if (text.startsWith('Remote listing contents {', from)) this.#listing = true;
    if (this.#listing || isBlank(text) || text.startsWith(this.#lastText, from) || isNcftpNote(text, from))
      return 'noise';
    // `Directory successfully changed.` in front of `250: Directory successfully changed.`
    if (!this.#asked) return 'unparsed';
    this.#asked = false;
    return 'noise';
  }
}

/** `220: text` at `at`: the code, else 0. */
function codeAt(text: string, at: number): number {
  if (text.charCodeAt(at + 3) !== 58 || text.charCodeAt(at + 4) !== 32) return 0;
  const code = digits(text, at, at + 3);
  return code >= 100 && code < 700 ? code : 0;
}

const notes = new Beginnings(`
  LibNcFTP … NcFTP … Uname: … Contents of … Glibc: … Logged in… Logging in… Login … Resolving … Connecting …
  Connected to … Remote server is running… Fw: … FwExceptions… Fw … SESSION … Program Version:… Compiled for:…
  Process ID:… Hostname:… Terminal:… Copyright (c)… All rights reserved… Thank you for using… Disconnect… Bookmark…
  ncftp… get … put … Note: … Could not … Lost … Timed out… }…
`);

/** What NcFTP says on its own, the description of the machine among it. */
export function isNcftpNote(text: string, from: number): boolean {
  return (
    notes.begin(text, from) ||
    text.startsWith('  ', from) ||
    text.includes('ETA:', from) ||
    text.includes('server said:', from)
  );
}
