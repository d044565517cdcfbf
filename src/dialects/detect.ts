/** How much of a sample a dialect recognises. */
import type { Sample } from '../model.ts';

/** Share (0 … 1) of the lines for which `mine` is true. */
export function share(sample: Sample, mine: (text: string, program: string) => boolean): number {
  const { texts, programs } = sample;
  if (texts.length === 0) return 0;
  let n = 0;
  for (let i = 0; i < texts.length; i++) if (mine(texts[i] ?? '', programs[i] ?? '')) n++;
  return n / texts.length;
}

/** Number of lines for which `mine` is true. */
export function count(sample: Sample, mine: (text: string, program: string) => boolean): number {
  return Math.round(share(sample, mine) * sample.texts.length);
}
