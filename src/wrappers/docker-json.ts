/** Docker's json-file driver: `{"log":"…\n","stream":"stderr","time":"…"}`; a line without `\n` goes on in the next. */
import type { DecoderOptions, Envelope } from '../model.ts';
import { Clock } from '../timestamp.ts';
import { jsonObject } from './json-line.ts';
import { Pieces } from './pieces.ts';
import { once, type Peel, type Peeled, type Wrapper, within } from './wrapper.ts';

function open(options: DecoderOptions): Peel {
  const clock = new Clock(options);
  const pieces = new Pieces();
  return (text: string, outer: Envelope): Peeled | 'part' | undefined => {
    const entry = jsonObject(text);
    if (entry === undefined) return undefined;
    const { log, stream, time } = entry as { log?: unknown; stream?: unknown; time?: unknown };
    if (typeof log !== 'string' || typeof time !== 'string') return undefined;
    const name = stream === 'stdout' ? 'stdout' : 'stderr';
    if (!log.endsWith('\n')) {
      pieces.add(name, log);
      return 'part';
    }
    const line = pieces.whole(name, log.slice(0, log.endsWith('\r\n') ? -2 : -1));
    return once(line, within(outer, clock.iso(time)));
  };
}

export const dockerJson: Wrapper = {
  id: 'docker-json',
  title: "docker's json-file driver",
  evidence: 'documented',
  example: '{"log":"220 ready\\n","stream":"stdout","time":"2026-11-22T09:59:43.013000000Z"}',
  open,
};
