/** One log line by itself: which format it is in and what it says. */
import { dialects } from '../dialects/index.ts';
import { emptyTally } from '../limits.ts';
import type { Event } from '../model.ts';
import { replyCode } from '../protocol/reply-line.ts';
import { midnight } from '../timestamp.ts';
import { wrappers } from '../wrappers/index.ts';
import { SourceReader } from './source-reader.ts';

export interface SingleLine {
  readonly dialect: string;
  readonly title: string;
  readonly event: Event;
}

/** Reads one line; undefined if no format recognises it. A reply line is given its code. */
export function readSingleLine(line: string): SingleLine | undefined {
  const events: { readonly dialect: string; readonly title: string; readonly event: Event }[] = [];
  const options = {
    offsetAt: (): number => 0,
    year: 0,
    reference: midnight(2000, 0, 1),
    layout: '',
    assume: (): void => undefined,
  };
  const reader = new SourceReader(
    { dialects, wrappers, forced: undefined, options },
    emptyTally(),
    ({ id, title }) => ({
      emit: (event: Event): void => void events.push({ dialect: id, title, event }),
      end: (): void => undefined,
    }),
  );
  reader.line(line, 1);
  reader.end();
  const found = events.find(({ event }) => !event.inferred) ?? events[0];
  if (found === undefined || found.event.kind !== 'reply-line') return found;
  const code = replyCode(found.event.text);
  return { ...found, event: { ...found.event, code, text: code > 0 ? found.event.text.slice(4) : found.event.text } };
}
