/**
 * A transcript that was pasted as a table, of a pane of a client or in Markdown.
 *   |Response:|220 ready|
 *   | Response: | 220 ready |
 */
import type { Envelope } from '../model.ts';
import { once, type Peel, type Peeled, type Wrapper } from './wrapper.ts';

/** Share of lines that must be rows: a table may stand in a listing, too. */
const mostRows = 0.9;

function isRow(text: string): boolean {
  return text.length > 2 && text.charCodeAt(0) === 124 && text.trimEnd().endsWith('|');
}

function open(): Peel {
  return (text: string, outer: Envelope): Peeled | 'noise' | undefined => {
    if (!isRow(text)) return undefined;
    if (/^[|:\s-]+$/.test(text)) return 'noise';
    const cells = text
      .trimEnd()
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim());
    return once(cells.filter((cell) => cell !== '').join(' '), outer);
  };
}

export const bars: Wrapper = {
  id: 'bars',
  title: 'a transcript pasted as a table with bars',
  evidence: 'pasted',
  example: '|Response:|220 ready|',
  wears: (lines) => lines.filter(isRow).length >= lines.length * mostRows,
  open,
};
