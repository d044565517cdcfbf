/**
 * A transcript with the parties named: `C: USER alice`, `S: 331 Password?`, as RFCs, tutorials and bug reports write it.
 * Also `Client:`, `Server:`, `C>`, `S>`, `[C]`, `CLIENT ->`; a reply's further lines may lack the mark.
 */

import { count, share } from '../../decoding/detect.ts';
import type { Origin } from '../../decoding/event.ts';
import { MarkedWire } from '../../decoding/marked.ts';
import { looksLikeCommand, startsWithVerb } from '../../decoding/wire-line.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { replyCode } from '../../protocol/reply-line.ts';
import { skipBlanks } from '../../text.ts';

const parties: readonly string[] = ['CLIENT', 'SERVER', 'C', 'S'];

/** Index behind the mark of either party and its blank; negative for the client's, 0 if there is none. */
function markEnd(text: string): number {
  let at = skipBlanks(text, 0);
  const bracket = text.charCodeAt(at) === 91 || text.charCodeAt(at) === 60;
  if (bracket) at++;
  const first = text.charCodeAt(at) & ~32;
  if (first !== 67 && first !== 83) return 0;
  let end = at;
  while (end < at + 8 && isLetter(text.charCodeAt(end))) end++;
  if (end - at !== 1 && end - at !== 6) return 0;
  const word = text.slice(at, end).toUpperCase();
  if (!parties.includes(word)) return 0;
  end = bracket ? end + 1 : afterMark(text, end);
  if (end === 0 || (bracket && text.charCodeAt(end - 1) !== 93 && text.charCodeAt(end - 1) !== 62)) return 0;
  if (text.charCodeAt(end) === 32 || text.charCodeAt(end) === 9) end++;
  return first === 67 ? -end : end;
}

/** Index behind `:`, `>`, `->`, `>>`, ` ->` at `at`; 0 if none of them stands there. */
function afterMark(text: string, at: number): number {
  let i = text.charCodeAt(at) === 32 ? at + 1 : at;
  const start = i;
  for (; i < at + 5; i++) {
    const c = text.charCodeAt(i);
    if (c !== 58 && c !== 62 && c !== 45 && c !== 61 && c !== 60) break;
  }
  return i > start && text.charCodeAt(i - 1) !== 45 ? i : 0;
}

function isLetter(c: number): boolean {
  return (c >= 65 && c <= 90) || (c >= 97 && c <= 122);
}

function open(_options: DecoderOptions, emit: EventSink): Decoder {
  const wire = new MarkedWire(emit);
  return {
    line(text: string, line: number): Understanding {
      const at: Origin = { line, time: Number.NaN, session: '', peer: '', user: '' };
      const end = markEnd(text);
      if (end === 0) return wire.bare(at, text);
      return end < 0 ? wire.command(at, text.slice(-end)) : wire.reply(at, text.slice(end));
    },
    end(): void {
      wire.flush();
    },
  };
}

function detect(sample: Sample): number {
  const replies = count(sample, (text) => markEnd(text) > 0 && replyCode(text.slice(markEnd(text)).trimStart()) > 0);
  const commands = count(sample, (text) => markEnd(text) < 0 && isCommand(text.slice(-markEnd(text)).trimStart()));
  if (replies === 0 || replies + commands < 2) return 0;
  return share(sample, (text) => markEnd(text) !== 0);
}

function isCommand(text: string): boolean {
  return startsWithVerb(text) || looksLikeCommand(text);
}

export const csTranscript: Dialect = {
  id: 'cs-transcript',
  title: 'Transcript with the parties named, C: and S:',
  evidence: 'recorded',
  side: 'wire',
  identity: 'order',
  duplex: true,
  example: 'C: USER alice',
  detect,
  open,
};
