/**
 * bftpd (logging.c, commands.c): its log file, or the same sentences behind a syslog header. No address, no reply.
 *   Sun Nov 22 09:58:57 2026 bftpd[412]: Successfully logged in as user 'alice'.
 *   Sun Nov 22 09:58:59 2026 bftpd[412]: File transmission of 'a b.txt' successful.
 */

import { share } from '../../decoding/detect.ts';
import { closeEvent, exchangeEvent, loginEvent, type Origin, openEvent, transferEvent } from '../../decoding/event.ts';
import { pamLogin } from '../../decoding/pam.ts';
import type { Decoder, DecoderOptions, Dialect, Envelope, EventSink, Understanding } from '../../model.ts';
import { own } from '../../text.ts';
import { Clock } from '../../timestamp.ts';

/** Sentences about one file: what stands before and behind its name, and the command they stand for. */
const sentences: readonly (readonly [start: string, end: string, verb: string, ok: boolean])[] = [
  ["Changed directory to '", "'.", 'CWD', true],
  ["Deleted file '", "'.", 'DELE', true],
  ["Created directory '", "'.", 'MKD', true],
  ["Removed directory '", "'.", 'RMD', true],
];

const errors: readonly (readonly [mark: string, verb: string])[] = [
  [" while changing directory to '", 'CWD'],
  [" while deleting file '", 'DELE'],
  [" while creating directory '", 'MKD'],
  [" while removing directory '", 'RMD'],
  [" while renaming '", 'RNTO'],
  [" while trying to store file '", 'STOR'],
  [" while storing file '", 'STOR'],
  [" while opening file '", 'RETR'],
  [" while receiving file '", 'RETR'],
];

const fileLimit = 1024;

function quotedEnd(text: string, from: number): number {
  return text.endsWith("'.") ? text.length - 2 : Math.max(from, text.lastIndexOf("'"));
}

class Bftpd implements Decoder {
  readonly #emit: EventSink;
  readonly #clock: Clock;
  /** The file a process stores: its end names none. */
  readonly #storing = new Map<string, string>();

  constructor(options: DecoderOptions, emit: EventSink) {
    this.#emit = emit;
    this.#clock = new Clock(options);
  }

  line(text: string, line: number, envelope: Envelope): Understanding {
    const mark = text.indexOf('bftpd[');
    if (mark !== 25 && mark !== 24)
      return this.#said(text, { line, time: envelope.time, session: envelope.pid, peer: '', user: '' }, envelope);
    const close = text.indexOf(']: ', mark);
    const time = this.#clock.ctime(text);
    if (close < 0 || this.#clock.end < 0) return 'unparsed';
    return this.#said(
      text.slice(close + 3),
      { line, time, session: text.slice(mark + 6, close), peer: '', user: '' },
      envelope,
    );
  }

  #said(text: string, at: Origin, envelope: Envelope): Understanding {
    if (text.startsWith('Successfully logged in as ')) return this.#login(at, text, true);
    if (text.startsWith("Login as user '")) return this.#login(at, text, false);
    if (text.startsWith('Client is storing file ') || text.startsWith('Client is receiving file '))
      return this.#began(at, text);
    if (text.startsWith('File transmission of ')) return this.#moved(at, 'RETR', text);
    if (text.startsWith('File transmission successful') || text.startsWith('File transmission interrupted'))
      return this.#moved(at, 'STOR', text);
    if (text === 'Quitting.') {
      this.#storing.delete(at.session);
      this.#emit(closeEvent(at));
      return 'event';
    }
    if (text.startsWith('Incoming connection from ')) {
      const end = text.indexOf(' ', 25);
      this.#emit(openEvent({ ...at, peer: end < 0 ? text.slice(25) : text.slice(25, end) }));
      return 'event';
    }
    for (const [start, end, verb, ok] of sentences) {
      if (text.startsWith(start) && text.endsWith(end))
        return this.#did(at, verb, text.slice(start.length, -end.length), ok);
    }
    if (text.startsWith("Error: '")) return this.#failed(at, text);
    if (text.startsWith('pam_')) return pamLogin(text, at.line, envelope, this.#emit);
    return text.startsWith('Trying to log in as ') || text.startsWith('Could not ') ? 'noise' : 'unparsed';
  }

  #login(at: Origin, text: string, ok: boolean): Understanding {
    const open = text.indexOf("'");
    const close = text.lastIndexOf("'");
    const user = close > open ? text.slice(open + 1, close) : '';
    this.#emit(loginEvent({ ...at, user }, ok, 'daemon'));
    return 'event';
  }

  #began(at: Origin, text: string): Understanding {
    if (text.startsWith('Client is storing') && this.#storing.size < fileLimit) {
      this.#storing.set(at.session, own(text.slice(24, quotedEnd(text, 24))));
    }
    return 'noise';
  }

  #moved(at: Origin, verb: string, text: string): Understanding {
    const open = text.indexOf("'");
    const close = text.lastIndexOf("'");
    const path =
      verb === 'STOR' ? (this.#storing.get(at.session) ?? '') : text.slice(open + 1, Math.max(open + 1, close));
    this.#storing.delete(at.session);
    this.#emit(transferEvent(at, verb, path, text.includes('successful', Math.max(0, close)), -1, -1));
    return 'event';
  }

  #failed(at: Origin, text: string): Understanding {
    for (const [mark, verb] of errors) {
      const found = text.indexOf(mark);
      if (found < 0) continue;
      return this.#did(at, verb, text.slice(found + mark.length, quotedEnd(text, found + mark.length)), false);
    }
    return 'noise';
  }

  #did(at: Origin, verb: string, arg: string, ok: boolean): Understanding {
    this.#emit(exchangeEvent(at, verb, arg, 0, { ok, inferred: true }));
    return 'event';
  }
}

function isMine(text: string, program: string): boolean {
  if (/^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4} (?:\S*\/)?bftpd\[\d+\]: /.test(text)) return true;
  return /(?:^|\/)bftpd$/.test(program);
}

export const bftpd: Dialect = {
  id: 'bftpd',
  title: 'bftpd',
  evidence: 'source',
  side: 'server',
  identity: 'key',
  lacks: ['commands', 'replies'],
  example: "Sun Nov 22 09:58:57 2026 bftpd[412]: Successfully logged in as user 'alice'.",
  detect: (sample) => share(sample, isMine),
  open: (options, emit) => new Bftpd(options, emit),
};
