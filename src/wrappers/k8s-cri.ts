/** Kubernetes' files (CRI): `2026-11-22T09:59:43.013Z stderr F text`; F is a whole line or its end, P a piece before. */
import type { DecoderOptions, Envelope } from '../model.ts';
import { afterFraction, afterOffset, Clock } from '../timestamp.ts';
import { Pieces } from './pieces.ts';
import { once, type Peel, type Peeled, type Wrapper, within } from './wrapper.ts';

function open(options: DecoderOptions): Peel {
  const clock = new Clock(options);
  const pieces = new Pieces();
  return (text: string, outer: Envelope): Peeled | 'part' | undefined => {
    if (text.charCodeAt(10) !== 84) return undefined;
    const at = afterOffset(text, afterFraction(text, 19));
    const stream = text.startsWith(' stdout ', at) ? 'stdout' : text.startsWith(' stderr ', at) ? 'stderr' : '';
    if (stream === '') return undefined;
    // Tags may be more than one letter: `P:full`.
    const tag = text.charCodeAt(at + 8);
    const blank = text.indexOf(' ', at + 8);
    if (tag !== 70 && tag !== 80) return undefined;
    const content = blank < 0 ? '' : text.slice(blank + 1);
    if (tag === 80) {
      pieces.add(stream, content);
      return 'part';
    }
    const time = clock.iso(text);
    return clock.end < 0 ? undefined : once(pieces.whole(stream, content), within(outer, time));
  };
}

export const k8sCri: Wrapper = {
  id: 'k8s-cri',
  title: 'Kubernetes container logs (CRI)',
  evidence: 'documented',
  example: '2026-11-22T09:59:43.013000000Z stderr F 220 ready',
  open,
};
