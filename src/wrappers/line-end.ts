/**
 * The end of each line written out: `cat -A`, an editor that shows what does not print.
 *   220 ready^M$
 *   220 ready¶
 */
import type { Envelope } from '../model.ts';
import { once, type Peel, type Peeled, type Wrapper } from './wrapper.ts';

const fewestLines = 4;
const ends: readonly string[] = ['^M$', '\\r$', '$', '\u00b6', '\u240d\u240a', '\u240a', '\u21b5'];

function endOf(text: string): string {
  for (const end of ends) if (text.endsWith(end)) return end;
  return '';
}

/** Every line: a name may end in `$`. */
function wears(lines: readonly string[]): boolean {
  return lines.length >= fewestLines && lines.every((line) => endOf(line) !== '');
}

function peel(text: string, outer: Envelope): Peeled {
  const end = endOf(text);
  if (end === '') return once(text, outer);
  const inner = text.slice(0, -end.length);
  // The same tools write a TAB so.
  return once(end.endsWith('$') && inner.includes('^I') ? inner.replaceAll('^I', '\t') : inner, outer);
}

export const lineEnd: Wrapper = {
  id: 'line-end',
  title: 'the end of each line written out: cat -A, an editor',
  evidence: 'documented',
  example: '220 ready^M$',
  wears,
  open: (): Peel => peel,
};
