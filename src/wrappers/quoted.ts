/**
 * A log that was pasted into a text: quoted as in mail and Markdown, or indented as a block of code.
 *   > 220 ready
 *       220 ready
 *   - 220 ready
 *   1. 220 ready
 */
import type { Envelope } from '../model.ts';
import { skipBlanks, skipDigits } from '../text.ts';
import { once, type Peel, type Peeled, type Wrapper } from './wrapper.ts';

/** Blanks that begin a line of many formats by themselves. */
const leastIndent = 2;
/** Share of lines that must be indented: help texts and listings within a log are, too. */
const mostIndented = 0.75;
const mostQuoted = 0.6;

function isIndented(text: string): boolean {
  return text.charCodeAt(0) === 9 || (text.charCodeAt(0) === 32 && skipBlanks(text, 0) >= leastIndent);
}

function isQuoted(text: string): boolean {
  return text.charCodeAt(0) === 62 && (text.length === 1 || text.charCodeAt(1) === 32);
}

/** Index behind the mark of an item of a list, `- `, `* `, `+ ` or `1. `; 0 if the line is none. */
function itemAt(text: string): number {
  const c = text.charCodeAt(0);
  if ((c === 45 || c === 42 || c === 43) && text.charCodeAt(1) === 32) return 2;
  const end = skipDigits(text, 0);
  return end > 0 && end < 5 && text.startsWith('. ', end) ? end + 2 : 0;
}

/** JSON and XML are indented for reasons of their own. */
function isTree(text: string): boolean {
  return text === '{' || text === '[' || text === '[{' || text.startsWith('<?xml') || text.startsWith('<pdml');
}

function wears(lines: readonly string[]): boolean {
  if (isTree(lines[0] ?? '')) return false;
  let quoted = 0;
  let indented = 0;
  let items = 0;
  for (const line of lines) {
    if (isQuoted(line)) quoted++;
    else if (isIndented(line)) indented++;
    else if (itemAt(line) > 0) items++;
  }
  if (items >= lines.length * mostIndented) return true;
  return quoted >= lines.length * mostQuoted || indented >= lines.length * mostIndented;
}

function open(): Peel {
  let indent = '';
  return (text: string, outer: Envelope): Peeled | 'noise' | undefined => {
    if (isQuoted(text)) return once(text.slice(2), outer);
    const item = itemAt(text);
    if (item > 0) return once(text.slice(item), outer);
    if (indent === '' && isIndented(text)) indent = text.slice(0, skipBlanks(text, 0));
    return indent !== '' && text.startsWith(indent) ? once(text.slice(indent.length), outer) : undefined;
  };
}

export const quoted: Wrapper = {
  id: 'quoted',
  title: 'a log quoted or indented in a text',
  evidence: 'pasted',
  example: '> 220 ready',
  timid: true,
  wears,
  open,
};
