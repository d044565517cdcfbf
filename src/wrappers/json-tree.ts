/**
 * JSON objects that were spread over lines to be read: by jq, in documentation, by a pretty-printing logger.
 *   {
 *     "event_type": "ftp",
 *   }
 */
import type { Envelope } from '../model.ts';
import { skipBlanks } from '../text.ts';
import { once, type Peel, type Peeled, type Wrapper } from './wrapper.ts';

/** A longer object is passed over. */
const mostLines = 2000;
const mostChars = 65_536;

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
  let heldChars = 0;
  /** The object is too long: nothing more of it is held. */
  let passing = false;
  /** Blanks in front of the brace that opened the object. */
  let indent = '';
  const begin = (): 'part' => {
    held = ['{'];
    heldChars = 1;
    passing = false;
    return 'part';
  };
  return (text: string, outer: Envelope): Peeled | 'noise' | 'part' | undefined => {
    const blanks = text.slice(0, skipBlanks(text, 0));
    // Where one is open already at this depth, it was cut off.
    if (opens(text) && (held.length === 0 || blanks === indent)) {
      indent = blanks;
      return begin();
    }
    if (held.length === 0) {
      const said = text.trim();
      return said === '[' || said === ']' || said === '' ? 'noise' : undefined;
    }
    if (!text.startsWith(`${indent}}`)) {
      if (passing) return 'noise';
      held.push(text.trim());
      heldChars += text.length;
      passing = held.length > mostLines || heldChars > mostChars;
      if (passing) held = ['{'];
      return 'part';
    }
    const whole = passing ? '' : `${held.join(' ')} }`;
    if (text.trimEnd().endsWith('{')) begin();
    else held = [];
    return whole === '' ? 'noise' : once(whole, outer);
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
