/** How much of a sample a dialect recognises. */
import type { DecoderOptions, Dialect, Envelope, Sample } from '../model.ts';

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

/** Options of a decoder that is only tried. */
export const trial: DecoderOptions = { offsetAt: () => 0, year: 0, reference: 0, layout: '', assume: () => undefined };
const bareLine: Envelope = { time: Number.NaN, host: '', program: '', pid: '' };

/** Share (0 … 1) of the lines that the dialect's own decoder understands, noise among them. */
export function understoodShare(sample: Sample, open: Dialect['open']): number {
  const { texts } = sample;
  if (texts.length === 0) return 0;
  const decoder = open(trial, () => undefined);
  let n = 0;
  for (let i = 0; i < texts.length; i++) if (decoder.line(texts[i] ?? '', i + 1, bareLine) !== 'unparsed') n++;
  return n / texts.length;
}
