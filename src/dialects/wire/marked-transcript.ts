/**
 * A transcript of a program that is not known here, whose lines carry some mark for the direction: `>>> ` and `<<< `, `-> `
 * and `<- `, `[out] ` and `[in] `, a time in front. The marks are learned while reading.
 */

import { share } from '../../decoding/detect.ts';
import type { Origin } from '../../decoding/event.ts';
import { LearnedMarks, timeAt, wearsFrame } from '../../decoding/learned-marks.ts';
import { MarkedWire } from '../../decoding/marked.ts';
import { isCapitalVerb, startsWithVerb } from '../../decoding/wire-line.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { replyCode } from '../../protocol/reply-line.ts';
import { isBlank } from '../../text.ts';
import { Clock } from '../../timestamp.ts';

/** What the report says of a proxy's log. */
const bothLegs = 'a log shows both legs of a proxy: one of them was read';

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const marks = new LearnedMarks();
  const wire = new MarkedWire(emit);
  const clock = new Clock(options);
  return {
    line(text: string, line: number): Understanding {
      const found = marks.of(text);
      if (found === undefined) return wire.bare({ line, time: Number.NaN, session: '', peer: '', user: '' }, text);
      if (found.echo) {
        options.assume(bothLegs);
        return 'noise';
      }
      const at = timeAt(text, found.start);
      const time =
        at < 0 ? Number.NaN : text.charCodeAt(at + 2) === 58 ? clock.timeOfDay(text, at) : clock.iso(text, at);
      const origin: Origin = { line, time, session: '', peer: '', user: '' };
      const said = text.slice(found.start);
      const client = found.shared ? wire.isCommand(said, found.client) : found.client;
      return client ? wire.command(origin, said) : wire.reply(origin, said);
    },
    end(): void {
      wire.flush();
    },
  };
}

/** A syslog header with a process number: many connections, mixed. */
const serverLog =
  /^(?:<\d+>\d? ?)?(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT\S+) \S+ \S+(?:\[\d+\]:| \d+ )/;

/** Both parties must show, each more than once or in a short sample, and be found on most lines. */
function detect(sample: Sample): number {
  if (share(sample, (text) => serverLog.test(text)) > 0.5) return 0;
  const marks = new LearnedMarks();
  let replies = 0;
  let commands = 0;
  let others = 0;
  let mine = 0;
  /** Lines that wear what all marks have in common, and whose side is not known. */
  let unknown = 0;
  let openCode = 0;
  for (const text of sample.texts) {
    const found = marks.of(text);
    const said = found === undefined ? '' : text.slice(found.start);
    const code = found === undefined ? 0 : replyCode(said);
    if (found === undefined) {
      if (openCode > 0 || isBlank(text)) mine++;
      else if (marks.frame.length > 3 && wearsFrame(text, marks.frame)) unknown++;
      continue;
    }
    mine++;
    if (found.echo) continue;
    const turned = found.shared && openCode === 0 && (found.client ? replyCode(said) > 0 : isCapitalVerb(said));
    if (found.client !== turned) {
      openCode = 0;
      if (startsWithVerb(said)) commands++;
      else others++;
    } else if (code === 0) others += openCode > 0 ? 0 : 1;
    else {
      replies++;
      openCode = said.charCodeAt(3) === 45 ? code : code === openCode ? 0 : openCode;
    }
  }
  const spoken = replies + commands;
  // Marks that cover one direction only were not learned: what one party says is then taken for something else.
  const both = replies * 4 >= commands && commands * 12 >= replies && unknown * 2 <= spoken;
  const enough = replies > 0 && commands > 0 && spoken >= 4 && others * 4 <= spoken && both;
  return enough ? (mine / sample.texts.length) * 0.6 : 0;
}

export const markedTranscript: Dialect = {
  id: 'marked-transcript',
  title: 'Transcript with marks of its own for the direction',
  evidence: 'unverified',
  side: 'wire',
  identity: 'order',
  duplex: true,
  example: '>>> USER alice',
  detect,
  open,
};
