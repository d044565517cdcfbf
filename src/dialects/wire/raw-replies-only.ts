/**
 * Only the server's side: nc or `openssl s_client` with commands piped in, expect logs, banner grabs. The commands are
 * concluded from the replies, and marked so.
 */

import { count, understoodShare } from '../../decoding/detect.ts';
import { closeEvent, type Origin, openEvent, replyLine } from '../../decoding/event.ts';
import { Inference } from '../../decoding/inference.ts';
import { beginsTlsReport, isToolNote } from '../../decoding/tool-notes.ts';
import { turnsOf } from '../../decoding/turns.ts';
import { isListingLine, longestRun } from '../../decoding/wire-line.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { replyCode } from '../../protocol/reply-line.ts';
import { isBlank } from '../../text.ts';

class RepliesOnly implements Decoder {
  readonly #emit: EventSink;
  readonly #inference: Inference;
  #openCode = 0;
  #tlsReport = false;
  #alive = false;
  #run = 0;

  constructor(emit: EventSink) {
    this.#emit = emit;
    this.#inference = new Inference(emit);
  }

  line(text: string, line: number): Understanding {
    const code = replyCode(text);
    const at: Origin = { line, time: Number.NaN, session: '', peer: '', user: '' };
    if (this.#openCode > 0) {
      if ((code === this.#openCode && text.charCodeAt(3) !== 45) || ++this.#run > longestRun) this.#openCode = 0;
      this.#emit(replyLine(at, text));
      return 'event';
    }
    if (code > 0) {
      this.#tlsReport = false;
      this.#run = 0;
      this.#alive = true;
      this.#inference.before(at, code, text);
      if (text.charCodeAt(3) === 45) this.#openCode = code;
      this.#emit(replyLine(at, text));
      return 'event';
    }
    return this.#note(text, at);
  }

  #note(text: string, at: Origin): Understanding {
    if (isBlank(text)) return 'noise';
    if (text.startsWith('Connected to ')) {
      this.#emit(openEvent(at, 0, text.slice(13)));
      return 'event';
    }
    if (text.startsWith('Connection closed')) {
      if (this.#alive) this.#emit(closeEvent(at, text));
      this.#alive = false;
      return 'event';
    }
    if (isToolNote(text) || isListingLine(text)) return 'noise';
    if (beginsTlsReport(text)) this.#tlsReport = true;
    return this.#tlsReport ? 'noise' : 'unparsed';
  }
}

function open(_options: DecoderOptions, emit: EventSink): Decoder {
  return new RepliesOnly(emit);
}

const otherProtocol =
  /^(?:2(?:20|00|01)[ -].*\b(?:E?SMTP|NNTP|NNRP|InterNetNews|INN|Postfix)\b|250-(?:PIPELINING|SIZE|8BITMIME|STARTTLS)|354 )/i;

/** Replies that only FTP has, or a greeting alone; no command, no mark, no prompt. */
function detect(sample: Sample): number {
  if (turnsOf(sample).commands > 0) return 0;
  const greets = count(sample, (text) => /^220[ -]/.test(text)) > 0;
  const ours = count(sample, (text) => /^(?:331|230|227|229|257|226|215|150|125|234|350|530|425|426)[ -]/.test(text));
  if (ours === 0 && !(greets && sample.texts.length <= 12 && count(sample, (text) => /^220[ -].*ftp/i.test(text)) > 0))
    return 0;
  if (!greets && ours < 2) return 0;
  if (count(sample, (text) => otherProtocol.test(text)) > 0) return 0;
  // A table of numbers: `250 235 215  antique white`. The text of 213 is a number.
  if (count(sample, (text) => /^(?!213)\d{3}[ -] *\d/.test(text)) * 2 > count(sample, (text) => replyCode(text) > 0))
    return 0;
  if (count(sample, isMarked) > 0) return 0;
  return understoodShare(sample, open) * 0.7;
}

/** A client's terminal shows commands or a prompt as well. */
function isMarked(text: string): boolean {
  return text.startsWith('---> ') || text.startsWith('--> ') || text.startsWith('ftp>') || text.startsWith('User (');
}

export const rawRepliesOnly: Dialect = {
  id: 'raw-replies-only',
  title: 'The server side of a control connection alone',
  evidence: 'recorded',
  side: 'wire',
  identity: 'order',
  example: '331 Please specify the password.',
  detect,
  open,
};
