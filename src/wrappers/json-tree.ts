/**
 * JSON objects that were spread over lines to be read: by jq, in documentation, by a pretty-printing logger.
 *   {
 *     "event_type": "ftp",
 *   }
 */
import type { Envelope } from '../model.ts';
import { once, type Peel, type Peeled, type Wrapper } from './wrapper.ts';

/** An object that is longer is given up. */
const mostLines = 2000;

function opens(text: string): boolean {
  const said = text.trim();
  return said === '{' || said === '[{';
}

function wears(lines: readonly string[]): boolean {
  const first = (lines[0] ?? '').trim();
  return first === '{' || first === '[{' || (first === '[' && (lines[1] ?? '').trim() === '{');
}

function open(): Peel {
  let held: string[] = [];
  /** Blanks in front of the brace that opened the object. */
  let indent = '';
  return (text: string, outer: Envelope): Peeled | 'noise' | 'part' | undefined => {
    if (held.length === 0) {
      const said = text.trim();
      if (said === '[' || said === ']' || said === '') return 'noise';
      if (!opens(text)) return undefined;
      indent = text.slice(0, text.search(/\S/));
      held.push('{');
      return 'part';
    }
    held.push(text.trim());
    if (!text.startsWith(`${indent}}`)) {
      if (held.length > mostLines) held = [];
      return 'part';
    }
    held[held.length - 1] = '}';
    const whole = held.join(' ');
    held = text.trimEnd().endsWith('{') ? ['{'] : [];
    return once(whole, outer);
  };
}

export const jsonTree: Wrapper = {
  id: 'json-tree',
  title: 'JSON objects over several lines',
  evidence: 'pasted',
  example: '{',
  timid: true,
  wears,
  open,
};
