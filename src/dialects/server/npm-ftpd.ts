/**
 * npm ftpd (nodeftpd) at log level 4 (recorded): no times, no ports. Commands are shown raw, then with a masked
 * password; only the first line of a reply has a mark.
 *
 *   <::ffff:192.0.2.7> << PASS s3cret            received
 *   <::ffff:192.0.2.7> >> 211-Features           sent; ` SIZE` … `211 end` follow without a mark
 */

import { Beginnings } from '../../decoding/beginnings.ts';
import { count, share } from '../../decoding/detect.ts';
import { closeEvent, commandEvent, type Origin, openEvent, replyLine } from '../../decoding/event.ts';
import { withoutTelnet } from '../../decoding/wire-line.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { isGreeting } from '../../protocol/greeting.ts';
import { codeAt, replyCode } from '../../protocol/reply-line.ts';

const notes = new Beginnings(`
  FTP command: … Passive data … Telling client… Directory has … A data connection exists…
  Non-passive data connection… Setting up listener… self.dataHost… Told client ok… Currently no data connection…
  ...client has connected… Rename from … File opened… Data connection… Client connection… CWD … Error … Path of file…
  Sent … Sending …
`);
const heldChars = 64 * 1024;

class NpmFtpd implements Decoder {
  readonly #emit: EventSink;
  /** Connections accepted whose greeting has not been seen: the accepting line has no address. */
  #accepted = 0;
  #at: Origin | undefined;
  /** A command that may go on in the next line: several in one segment are one for this server. */
  #held = '';
  /** What a line without a mark continues. */
  #after: '' | 'command' | 'reply' | 'rows' = '';
  #code = 0;
  /** Further lines of the last command: its masked repetition has as many. */
  #further = 0;

  constructor(emit: EventSink) {
    this.#emit = emit;
  }

  line(text: string, line: number): Understanding {
    const close = text.charCodeAt(0) === 60 ? text.indexOf('> ') : -1;
    if (close > 0) return this.#marked(text, close, line);
    if (text.startsWith('Accepted a new client connection')) {
      this.end();
      this.#accepted++;
      return 'event';
    }
    if (text.startsWith('ERROR: <') || text.startsWith('Client connection ') || text.startsWith('Passive data ')) {
      this.end();
      return 'noise';
    }
    return this.#continued(text, line);
  }

  end(): void {
    const at = this.#at;
    if (this.#after === 'command' && at !== undefined) this.#emit(commandEvent(at, withoutTelnet(this.#held)));
    this.#after = '';
    this.#held = '';
  }

  #marked(text: string, close: number, line: number): Understanding {
    this.end();
    const peer = text.slice(1, close);
    const at: Origin = { line, time: Number.NaN, session: peer, peer, user: '' };
    this.#at = at;
    const from = close + 2;
    if (text.startsWith('<< ', from) || text.length === from + 2) {
      this.#held = text.slice(from + 3);
      this.#after = 'command';
      this.#further = 0;
      return 'event';
    }
    if (text.startsWith('>> ', from)) return this.#reply(text.slice(from + 3), at);
    if (text.startsWith('Client connection ended', from)) {
      this.#emit(closeEvent(at));
      return 'event';
    }
    return notes.begin(text, from) ? 'noise' : 'unparsed';
  }

  #reply(said: string, at: Origin): Understanding {
    const code = codeAt(said);
    // Rows of a listing are shown like a reply.
    this.#after = 'rows';
    if (code < 0) return 'noise';
    if (isGreeting(code) && this.#accepted > 0) {
      this.#accepted--;
      this.#emit(openEvent(at));
    }
    this.#emit(replyLine(at, said));
    this.#code = said.charCodeAt(3) === 45 ? code : 0;
    this.#after = this.#code > 0 ? 'reply' : 'rows';
    return 'event';
  }

  #continued(text: string, line: number): Understanding {
    const at = this.#at;
    if (this.#after === 'command') {
      if (this.#held.length < heldChars) this.#held += `\n${text}`;
      this.#further++;
      return 'event';
    }
    if (this.#after === 'reply' && at !== undefined) {
      this.#emit(replyLine({ ...at, line }, text));
      if (codeAt(text) === this.#code && text.charCodeAt(3) !== 45) this.#after = '';
      return 'event';
    }
    if (this.#further > 0) {
      this.#further--;
      return 'noise';
    }
    return this.#after === 'rows' && isRow(text) ? 'noise' : 'unparsed';
  }
}

/** `-rw-r--r-- 1 owner group …` */
function isRow(text: string): boolean {
  const second = text.charCodeAt(1);
  return (second === 114 || second === 45) && '-dlbcps'.includes(text.charAt(0)) && text.charCodeAt(10) <= 46;
}

const marked = /^(ERROR: )?<[0-9A-Fa-f.:%]+> /;

function detect(sample: Sample): number {
  if (count(sample, (text) => /^<[0-9A-Fa-f.:%]+> (<<|>>|FTP command:) /.test(text)) < 2) return 0;
  return share(
    sample,
    (text) =>
      marked.test(text) ||
      text.startsWith('Accepted a new client connection') ||
      text.startsWith(' ') ||
      replyCode(text) > 0,
  );
}

export const npmFtpd: Dialect = {
  id: 'npm-ftpd',
  title: 'npm ftpd (nodeftpd)',
  evidence: 'recorded',
  side: 'server',
  identity: 'key',
  example: '<::ffff:192.0.2.7> << CWD pub',
  marks: ['> << ', '> >> ', '> FTP command: '],
  detect,
  open: (_options: DecoderOptions, emit) => new NpmFtpd(emit),
};
